"""Vocabulary files to break, one change at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.topics.domain.vocabulary_files import FOLDER, HEADERS
from tests.factories.people import UserFactory

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Copies of the shipped files, by table."""
    return {table: Path(shutil.copy(FOLDER / f"{table}.csv", tmp_path)) for table in HEADERS}


@pytest.fixture
def edit(files: dict[str, Path]) -> Callable[[str, str, str], Path]:
    """`edit(table, old, new)` changes a passage that the copy of a file holds once."""

    def change(table: str, old: str, new: str) -> Path:
        text = files[table].read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}.csv"
        files[table].write_text(text.replace(old, new), encoding="utf-8")
        return files[table]

    return change


def sign_in(client: Client, user: User) -> Client:
    """Staff, with the second factor that staff need."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client.force_login(user)
    return client


@pytest.fixture
def admin(client: Client) -> Client:
    """An administrator who works in German."""
    user = UserFactory(is_superuser=True)
    UserProfile.objects.create(user=user, preferred_language="de")
    return sign_in(client, user)


@pytest.fixture
def czech_editor(client: Client) -> Client:
    """Somebody who may enter the admin and works in Czech."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="cs")
    return sign_in(client, user)
