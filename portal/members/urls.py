"""Addresses for members and their companies, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.members.views import companies

app_name = "members"

urlpatterns = [
    path(_("my-company/"), companies.company, name="company"),
    path(_("my-company/confirm/<int:pk>/"), companies.confirm_member, name="confirm"),
    path(_("my-company/decline/<int:pk>/"), companies.decline_member, name="decline"),
]
