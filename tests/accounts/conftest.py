"""The cast: who signs in, in the stories of this folder."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from portal.accounts.models import User
from tests.factories.people import UserFactory


@pytest.fixture
def anna(db: None) -> User:
    """Runs a joinery in Děčín and reads Czech."""
    return UserFactory(email="anna@truhlarstvi.example", name="Anna Nováková", language="cs")


@pytest.fixture
def jens(db: None) -> User:
    """Makes tools in Zwickau and reads German."""
    return UserFactory(email="jens@werkzeug.example", name="Jens Weber", language="de")


@pytest.fixture
def petra(db: None) -> User:
    """Edits the portal: she may enter the administration, nothing more is needed here."""
    editor = UserFactory(email="petra@partner.example", name="Petra Lorenz", language="de")
    group = Group.objects.create(name="People who may enter the administration")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(group)
    return editor


@pytest.fixture
def root(db: None) -> User:
    """Administers the portal."""
    return UserFactory(
        email="root@partner.example", name="Jana Dvořáková", language="cs", is_staff=True, is_superuser=True
    )


@pytest.fixture
def stranger() -> Client:
    """Somebody at another computer."""
    return Client(REMOTE_ADDR="198.51.100.7")
