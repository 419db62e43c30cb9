"""The pages of an account, below account/ in each language, and the doors that lead nowhere but there."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from portal.accounts.views.account import my_account
from portal.accounts.views.administration import StaffAccountView

urlpatterns = [
    path("", my_account, name="my_account"),
    path("", include("allauth.urls")),
]

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password")

#: Stands before Wagtail's addresses of the administration, whose own ways in ask for no second factor and count nothing.
before_administration = [
    path("admin/login/", to_login),
    re_path("^admin/password_reset/", to_password_reset),
    path("admin/account/", require_admin_access(StaffAccountView.as_view())),
]
#: Stands before Wagtail's addresses of pages, below each language.
before_pages = [path("_util/login/", to_login)]
