"""The pages of an account, below account/ in each language, and the doors that lead nowhere but there."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from portal.accounts.views.account import my_account

urlpatterns = [
    path("", my_account, name="my_account"),
    path("", include("allauth.urls")),
]

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password")

#: Wagtail's own ways in ask for no second factor and count no attempts. Stands before Wagtail's addresses.
closed_doors = [
    path("admin/login/", to_login),
    re_path("^admin/password_reset/", to_password_reset),
]
#: The same below each language.
closed_doors_of_pages = [path("_util/login/", to_login)]
