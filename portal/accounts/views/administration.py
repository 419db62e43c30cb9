"""Wagtail's own pages about users, for users without user names and passwords that only allauth changes."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.views.users import IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from portal.accounts.forms import UserCreationForm, UserEditForm
from portal.accounts.models import User


class UserIndexView(IndexView):
    """The list, which finds people by name too."""

    search_fields = {"email", "name"}

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's columns; what it calls a user name is an address here."""
        columns = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = _("Email address")
        return columns


class UserViewSet(WagtailUserViewSet):
    """Adds and changes users."""

    index_view_class = UserIndexView
    create_template_name = "accounts/administration/create.html"
    edit_template_name = "accounts/administration/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm] | type[UserEditForm]:
        """The form for a new or an existing user."""
        return UserEditForm if for_update else UserCreationForm


class StaffAccountView(AccountView):
    """What staff set for themselves in the administration; name and address stand in "My account"."""

    def get_panels(self) -> list[Any]:
        """Without the panel that asks for first and last name, and without uploads that nobody re-encodes."""
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]
