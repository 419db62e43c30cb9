"""Mails on their way out: what goes wrong at a mail server, and what becomes of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.domain.audit import record
from portal.notifications.domain.outbox import KEPT, WAITS, claim, deliver, forget
from portal.notifications.domain.refusals import REFUSED, refused_address
from portal.notifications.domain.telling import tell
from portal.notifications.enums import MailState
from portal.notifications.models import Mail, Notification
from tests.factories.people import CoordinatorFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def due_now() -> None:
    Mail.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_notification_goes_out_once_in_the_language_of_its_receiver(postbox, tell_somebody):
    tell_somebody("cs", email="jana@firma.example")
    deliver()
    deliver()
    [letter] = postbox.letters
    assert (letter["To"], letter["Subject"]) == ("jana@firma.example", "E-maily nedocházejí: Jens")
    assert letter.get_body(("plain",)).get_content().startswith("Dobrý den,")
    assert "Spolufinancováno Evropskou unií" in letter.get_body(("html",)).get_content()


def test_the_message_id_is_that_of_event_and_receiver(postbox, tell_somebody):
    notification = tell_somebody()
    deliver()
    expected = f"<{notification.event.key}.{notification.receiver_id}@net4digi.example>"
    assert postbox.ids == [expected]


def test_replies_go_to_the_desk_of_the_home_partner(postbox):
    desk = OrganisationFactory(slug="desk", short_name="Desk", email="desk@partner.example")
    tell(
        record("test.event", "test:1"),
        REFUSED,
        [UserFactory()],
        reply_to=desk,
        name="",
        address="",
        answer="",
    )
    deliver()
    assert postbox.letters[0]["Reply-To"] == "desk@partner.example"


def test_whoever_was_told_of_an_event_is_not_told_again():
    entry, user = record("test.event", "test:1"), UserFactory()
    for _ in range(2):
        tell(entry, REFUSED, [user, user], name="", address="", answer="")
    assert (Notification.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_kind_without_words_is_refused():
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        tell(record("test.event", "test:1"), "nobody.knows", [])


def test_a_server_that_is_busy_is_asked_again_later(postbox, tell_somebody):
    notification = tell_somebody(email="busy@firma.example")
    postbox.answers["busy@firma.example"] = "451 try later"
    deliver()
    mail = notification.mail
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MailState.QUEUED, 1, "451 try later")
    assert mail.due_at > timezone.now() + WAITS[0] - timedelta(seconds=5)
    postbox.answers.clear()
    due_now()
    deliver()
    assert postbox.ids == [mail.message_id]


def test_a_server_that_is_away_loses_nothing(settings, tell_somebody):
    settings.PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notification = tell_somebody()
    deliver()
    notification.mail.refresh_from_db()
    assert notification.mail.state == MailState.QUEUED


@pytest.mark.parametrize(
    ("says", "words", "state"),
    [
        ({"to_words": "554 no such content"}, "554 no such content", MailState.REFUSED),
        ({"to_words": "451 greylisted"}, "451 greylisted", MailState.QUEUED),
        # what the server thinks of the portal is not the receiver's fault, and no mail is lost by it
        ({"to_sender": "553 not your address"}, "553 not your address", MailState.QUEUED),
        ({"to_sender": "530 sign in first"}, "530 sign in first", MailState.QUEUED),
    ],
)
def test_only_a_last_word_about_the_mail_itself_ends_it(postbox, tell_somebody, says, words, state):
    notification = tell_somebody()
    vars(postbox).update(says)
    deliver()
    notification.mail.refresh_from_db()
    assert (notification.mail.state, notification.mail.error) == (state, words)


def test_a_server_that_does_not_let_the_portal_sign_in_loses_no_mail(settings, postbox, tell_somebody):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    tell_somebody(), tell_somebody()
    deliver()
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.QUEUED}


def test_one_connection_carries_many_mails_also_after_a_refusal(postbox, tell_somebody):
    for name in ("one", "gone", "two", "three"):
        tell_somebody(email=f"{name}@firma.example")
    postbox.answers["gone@firma.example"] = "421 too much"
    deliver()
    assert [letter["To"].split("@")[0] for letter in postbox.letters] == ["one", "two", "three"]
    assert postbox.connections == 2


def test_an_address_that_refuses_for_good_becomes_a_message_to_the_desk(postbox, tell_somebody):
    desk = OrganisationFactory(slug="desk", short_name="Desk", is_lead=True)
    coordinator = CoordinatorFactory(organisation=desk).user
    user = UserFactory(email="gone@firma.example", name="Jens Weber")
    entry = record("test.event", "test:1")
    tell(entry, "members.membership_confirmed", [user], reply_to=desk, company="Werkstatt")
    postbox.answers["gone@firma.example"] = "550 no such user"
    deliver()
    assert Mail.objects.get(to="gone@firma.example").state == MailState.REFUSED
    told = Notification.objects.get(kind=REFUSED)
    assert (told.receiver, told.params["name"]) == (coordinator, "Jens Weber")
    assert refused_address(user) == "gone@firma.example"
    deliver()
    [letter] = postbox.letters
    assert letter["To"] == coordinator.email


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("de", "E-Mails kommen nicht an: Jens", "E-Mails des Portals an diese Adresse werden abgewiesen: "),
        ("cs", "E-maily nedocházejí: Jens", "e-maily portálu na tuto adresu jsou odmítány: "),
    ],
)
def test_the_desk_reads_whom_to_phone_in_its_language(postbox, tell_somebody, language, subject, sentence):
    tell_somebody(language)
    deliver()
    [letter] = postbox.letters
    assert letter["Subject"] == subject
    assert f"{sentence}jens@x.example" in letter.get_body(("plain",)).get_content()


def test_a_name_with_an_address_on_its_second_line_becomes_no_button(postbox):
    entry = record("test.event", "test:1")
    tell(entry, "members.membership_confirmed", [UserFactory()], company="Werkstatt\nhttps://evil.example/")
    deliver()
    html = postbox.letters[0].get_body(("html",)).get_content()
    assert re.findall('href="https?://([^/]*)', html) == ["localhost:8000"]


def test_what_a_server_answers_becomes_no_link_in_a_mail(postbox, tell_somebody):
    notification = tell_somebody(email="gone@firma.example")
    postbox.answers["gone@firma.example"] = "550-no such user\r\n550 https://help.example/550"
    deliver()
    notification.mail.refresh_from_db()
    assert notification.mail.error == "550 no such user https://help.example/550"


def test_a_refused_message_about_a_refusal_tells_nobody(postbox, tell_somebody):
    tell_somebody(email="gone@firma.example")
    postbox.answers["gone@firma.example"] = "550 no such user"
    deliver()
    assert Notification.objects.count() == 1


def test_an_address_works_again_once_a_mail_arrives(postbox, tell_somebody):
    user = tell_somebody(email="back@firma.example").receiver
    postbox.answers["back@firma.example"] = "550 full"
    deliver()
    postbox.answers.clear()
    tell(record("test.event", "test:2"), REFUSED, [user], name="", address="", answer="")
    deliver()
    assert refused_address(user) == ""


def test_a_mail_that_nobody_takes_is_given_up_after_some_days(postbox, tell_somebody):
    notification = tell_somebody(email="busy@firma.example")
    postbox.answers["busy@firma.example"] = "451 try later"
    for _ in range(len(WAITS) + 1):
        due_now()
        deliver()
    notification.mail.refresh_from_db()
    assert notification.mail.state == MailState.GIVEN_UP


def test_one_text_that_cannot_be_written_does_not_stop_the_others(postbox, tell_somebody):
    broken = tell_somebody()
    Notification.objects.filter(pk=broken.pk).update(kind="nobody.knows")
    tell_somebody(email="fine@firma.example")
    deliver()
    assert [letter["To"] for letter in postbox.letters] == ["fine@firma.example"]


def test_what_is_being_sent_is_not_claimed_again_until_its_sender_is_taken_for_dead(settings, tell_somebody):
    tell_somebody()
    mail = claim()
    assert claim() is None
    assert claim(timezone.now() + timedelta(seconds=settings.PORTAL_MAIL_LEASE + 1)) == mail


def test_words_are_forgotten_after_a_month_and_what_became_of_the_mail_is_not(postbox, tell_somebody):
    mail = tell_somebody().mail
    deliver()
    waiting = tell_somebody().mail
    Mail.objects.filter(pk=waiting.pk).update(text="Ein Text")
    later = timezone.now() + KEPT + timedelta(seconds=1)
    assert (forget(), forget(later), forget(later)) == (0, 1, 0)
    mail.refresh_from_db()
    waiting.refresh_from_db()
    assert (mail.text, mail.html, mail.state) == ("", "", MailState.SENT)
    assert waiting.text == "Ein Text"
