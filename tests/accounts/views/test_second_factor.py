"""A second factor: optional for members, required for whoever may enter the administration."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.people import (
    MY_ACCOUNT,
    SECOND_FACTOR_SETUP,
    SIGN_IN,
    code_on_telephone,
    set_up_telephone,
    sign_in,
    signed_in_user,
    text_of,
)

pytestmark = pytest.mark.django_db

CODE = {"de": "/de/konto/2fa/authenticate/", "cs": "/cs/ucet/2fa/authenticate/"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["de", "cs"])
def test_jens_sets_up_his_telephone_and_keeps_recovery_codes(client: Client, language: str, jens: User):
    sign_in(client, jens.email)
    page = client.get(SECOND_FACTOR_SETUP[language])
    key = page.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert key in text_of(page)

    page = client.post(SECOND_FACTOR_SETUP[language], {"code": code_on_telephone(key)}, follow=True)

    assert set(Authenticator.objects.values_list("user", "type")) == {
        (jens.pk, "totp"),
        (jens.pk, "recovery_codes"),
    }
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(code in text_of(page) for code in codes)
    assert mail.outbox[-1].subject == "Authenticator-App eingerichtet"


def test_with_a_telephone_the_password_alone_opens_nothing(client: Client, jens: User):
    key = set_up_telephone(jens)

    answer = sign_in(client, jens.email)
    assert answer.url == CODE["de"]
    assert signed_in_user(client) is None
    wrong = client.post(CODE["de"], {"code": "000000"})
    assert "Dieser Code stimmt nicht." in text_of(wrong)
    assert signed_in_user(client) is None

    client.post(CODE["de"], {"code": code_on_telephone(key)})
    assert signed_in_user(client) == str(jens.pk)


def test_codes_are_counted_like_passwords(client: Client, jens: User):
    key = set_up_telephone(jens)
    sign_in(client, jens.email)
    for _attempt in range(5):
        client.post(CODE["de"], {"code": "000000"})

    page = client.post(CODE["de"], {"code": code_on_telephone(key)})

    assert "Zu viele Versuche." in text_of(page)
    assert signed_in_user(client) is None


def test_a_recovery_code_opens_once(client: Client, stranger: Client, jens: User):
    sign_in(client, jens.email)
    key = client.get(SECOND_FACTOR_SETUP["de"]).context["form"].secret
    client.post(SECOND_FACTOR_SETUP["de"], {"code": code_on_telephone(key)})
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.logout()

    sign_in(client, jens.email)
    client.post(CODE["de"], {"code": code})
    assert signed_in_user(client) == str(jens.pk)
    sign_in(stranger, jens.email)
    stranger.post(CODE["de"], {"code": code})
    assert signed_in_user(stranger) is None


def test_recovery_codes_are_shown_only_after_asking_once_more(client: Client, jens: User):
    set_up_telephone(jens)
    client.force_login(jens)

    answer = client.get("/de/konto/2fa/recovery-codes/generate/")

    assert answer.url.startswith("/de/konto/2fa/reauthenticate/") or answer.url.startswith(
        "/de/konto/reauthenticate/"
    )


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/account/", "/de/", "/cs/", "/de/konto/"]
)
def test_staff_without_a_second_factor_reach_nothing_but_its_set_up(client: Client, petra: User, path: str):
    sign_in(client, petra.email)

    answer = client.get(path)

    assert answer.url in SECOND_FACTOR_SETUP.values()


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("de", "Bitte richten Sie ihn ein, bevor es weitergeht."),
        ("cs", "Než budete pokračovat, nastavte si ho prosím."),
    ],
)
def test_the_set_up_page_says_why_one_is_there(client: Client, petra: User, language: str, reason: str):
    sign_in(client, petra.email)

    assert reason in text_of(client.get(f"/{language}/", follow=True))


def test_staff_with_a_second_factor_work(client: Client, petra: User):
    key = set_up_telephone(petra)
    sign_in(client, petra.email, next="/admin/")

    answer = client.post(CODE["de"], {"code": code_on_telephone(key)})

    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_in_the_demo_staff_work_without_one_and_a_banner_says_so(client: Client, petra: User, settings):
    settings.PORTAL_DEMO = True
    sign_in(client, petra.email)

    admin, portal = client.get("/admin/"), client.get("/de/")

    assert (admin.status_code, portal.status_code) == (200, 200)
    assert "demo-banner" in admin.content.decode()
    assert "demo-banner" in portal.content.decode()


def test_outside_the_demo_no_page_carries_the_banner(client: Client, petra: User):
    set_up_telephone(petra)
    client.force_login(petra)

    assert "demo-banner" not in client.get("/admin/").content.decode()
    assert "demo-banner" not in client.get("/de/").content.decode()


def test_administrators_need_one_as_well(client: Client, root: User):
    sign_in(client, root.email)

    assert client.get("/admin/").url in SECOND_FACTOR_SETUP.values()


def test_members_need_none(client: Client, jens: User):
    sign_in(client, jens.email)

    assert client.get(MY_ACCOUNT["de"]).status_code == 200
    assert client.get("/de/").status_code == 200


def test_staff_can_sign_out_without_setting_one_up(client: Client, petra: User):
    sign_in(client, petra.email)

    client.post("/de/konto/logout/")

    assert signed_in_user(client) is None


def test_a_telephone_that_is_switched_off_sends_staff_back_to_the_set_up(client: Client, petra: User):
    set_up_telephone(petra)
    client.force_login(petra)
    assert client.get("/admin/").status_code == 200

    Authenticator.objects.all().delete()

    assert client.get("/admin/").url in SECOND_FACTOR_SETUP.values()
    assert client.get(SIGN_IN["de"]).status_code == 302
