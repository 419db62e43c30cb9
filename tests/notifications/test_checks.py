"""Every kind of notification has its words."""

from portal.notifications.checks import every_kind_has_its_texts, missing_texts
from portal.notifications.registry import Kind


def test_every_registered_kind_has_subject_and_message():
    assert every_kind_has_its_texts(None) == []


def test_a_kind_without_words_is_found():
    problems = missing_texts(Kind("mentoring.nobody_wrote_this", link=str))
    assert [problem.msg for problem in problems] == [
        "The text mentoring/notifications/nobody_wrote_this_subject.txt is missing.",
        "The text mentoring/notifications/nobody_wrote_this_message.txt is missing.",
    ]
