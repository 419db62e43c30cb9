"""My account: what somebody sees and changes of himself."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.domain.consents import record_consent
from portal.accounts.enums import ConsentKind
from portal.accounts.models import User
from tests.accounts.people import MY_ACCOUNT, set_up_telephone, sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "heading"), [("de", "Mein Konto"), ("cs", "Můj účet")])
def test_the_page_shows_address_consents_and_second_factor(
    client: Client, language: str, heading: str, jens: User
):
    record_consent(jens, ConsentKind.PRIVACY, "de")
    client.force_login(jens)

    words = text_of(client.get(MY_ACCOUNT[language]))

    for word in (heading, jens.email, "2026-11", str(timezone.localdate().year)):
        assert word in words


def test_name_and_language_change(client: Client, jens: User):
    client.force_login(jens)

    page = client.post(MY_ACCOUNT["de"], {"name": "Jens-Uwe Weber", "language": "cs"}, follow=True)

    jens.refresh_from_db()
    assert (jens.name, jens.language) == ("Jens-Uwe Weber", "cs")
    assert "Ihre Änderungen sind gespeichert." in text_of(page)


def test_a_refused_name_stays_in_the_form_and_nowhere_else(client: Client, jens: User):
    client.force_login(jens)

    page = client.post(MY_ACCOUNT["de"], {"name": "www.spam.example", "language": "cs"})

    jens.refresh_from_db()
    assert (jens.name, jens.language) == ("Jens Weber", "de")
    assert 'value="www.spam.example"' in page.content.decode()
    assert page.context["form"].errors.keys() == {"name"}


def test_strangers_are_asked_to_sign_in_and_come_back(client: Client, anna: User):
    answer = client.get(MY_ACCOUNT["cs"])

    assert answer.url == f"/cs/ucet/login/?next={MY_ACCOUNT['cs']}"
    assert sign_in(client, anna.email, next=MY_ACCOUNT["cs"]).url == MY_ACCOUNT["cs"]


def test_the_way_to_the_administration_is_shown_to_staff_alone(client: Client, jens: User, petra: User):
    client.force_login(jens)
    assert 'href="/admin/"' not in client.get(MY_ACCOUNT["de"]).content.decode()
    set_up_telephone(petra)
    client.force_login(petra)
    assert 'href="/admin/"' in client.get(MY_ACCOUNT["de"]).content.decode()


def test_the_page_is_kept_by_no_cache(client: Client, jens: User):
    client.force_login(jens)

    assert "no-store" in client.get(MY_ACCOUNT["de"])["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "stranger_sees", "member_sees"),
    [("/de/", "Anmelden", "Mein Bereich"), ("/cs/", "Přihlásit se", "Můj přehled")],
)
def test_every_page_offers_to_sign_in_or_leads_to_the_readers_area(
    client: Client, path: str, stranger_sees: str, member_sees: str, jens: User
):
    before = text_of(client.get(path))
    client.force_login(jens)
    after = text_of(client.get(path))

    assert (stranger_sees in before, member_sees in before) == (True, False)
    assert (stranger_sees in after, member_sees in after) == (False, True)


def test_account_pages_run_no_inline_code_for_staff_either(client: Client, petra: User):
    before = client.get("/de/konto/login/")
    set_up_telephone(petra)
    client.force_login(petra)
    after = client.get(MY_ACCOUNT["de"])

    assert after["Content-Security-Policy"] == before["Content-Security-Policy"]
    assert "unsafe-inline" not in after["Content-Security-Policy"]
    assert "wagtail-userbar" not in after.content.decode()
