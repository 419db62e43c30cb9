from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")


class AdministrationUsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for users, with our forms: users have no user names here."""

    user_viewset = "portal.accounts.views.administration.UserViewSet"
