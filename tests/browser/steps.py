"""What many stories begin with."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from wagtail.users.models import UserProfile

from portal.accounts.models import User


def sign_in(page: Page, user: User, host: str) -> None:
    """Without the form, which has stories of its own."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": host}])


def enter_administration(page: Page, user: User, language: str, host: str) -> None:
    """`sign_in` of somebody who has chosen `language` for the administration."""
    UserProfile.objects.create(user=user, preferred_language=language)
    sign_in(page, user, host)
