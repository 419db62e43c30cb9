"""What editors and translators do in the admin, in few words: sign in, open a page, read what they are told."""

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.accounts.models import User


def signed_in(user: User, language: str = "de") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def told(response: HttpResponse) -> list[str]:
    """What the user is told, without Wagtail's frame."""
    return [" ".join(str(message).split()) for message in get_messages(response.wsgi_request)]
