"""What many stories begin with, and look at on each page."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from wagtail.users.models import UserProfile

from portal.accounts.models import User

#: waits until what appears has appeared; what goes on for longer is decoration (one of Wagtail's takes 25 seconds, some never rest)
FADED_IN = """() => Promise.allSettled(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < 5000).map(each => each.finished))"""


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


def check(page: Page, accessible: Callable[[], None]) -> None:
    """No barrier on the page as it stands, at a desk and in the hand."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        # Wagtail's messages fade in: while they do, their contrast is nobody's
        page.evaluate(FADED_IN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
        accessible()
