"""Whatever is asked, whoever is there: whom the asker bars, and who bars the asker's company, is never on the list."""

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.needs import NeedFacts
from matching.domain.people import who_can_help_with
from portal.members.models import Person
from search.domain.indexing import rebuild
from tests.factories.mentoring import mentor
from tests.factories.people import CompanyFactory, known_topics

pytestmark = pytest.mark.django_db

TOPICS = ["nis2-directive", "sme-cybersecurity", "crm"]
MENTORS = 6


class Someone(NamedTuple):
    """A mentor as far as it matters here; companies are 0 (the one that asks), 1 and None."""

    topics: frozenset[str]
    works_at: int | None
    takes_nothing_from: frozenset[int]
    is_barred: bool
    is_chosen: bool


companies = st.sampled_from([0, 1])
crowds = st.lists(
    st.builds(
        Someone,
        topics=st.frozensets(st.sampled_from(TOPICS), min_size=1),
        works_at=st.none() | companies,
        takes_nothing_from=st.frozensets(companies, max_size=1),
        is_barred=st.booleans(),
        is_chosen=st.booleans(),
    ),
    min_size=MENTORS,
    max_size=MENTORS,
)


@pytest.fixture
def mentors() -> list[Person]:
    found = [mentor(f"mentor {number}") for number in range(MENTORS)]
    rebuild()
    return found


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(crowds, st.sampled_from(TOPICS), st.sampled_from(["", "Ich helfe bei Schulung und Firewall."]))
def test_only_people_who_may_be_shown_are_shown(mentors, crowd, topic, text):
    firms = [CompanyFactory(), CompanyFactory()]
    for person, someone in zip(mentors, crowd, strict=True):
        person.topics.set(known_topics(sorted(someone.topics)))
        person.company = None if someone.works_at is None else firms[someone.works_at]
        person.save()
        person.excluded_companies.set([firms[number] for number in someone.takes_nothing_from])
    both = list(zip(mentors, crowd, strict=True))
    need = NeedFacts(
        topics=[known.pk for known in known_topics([topic])],
        text=text,
        language="de",
        company=firms[0].pk,
        excluded=[person.pk for person, someone in both if someone.is_barred],
    )
    chosen = [person.pk for person, someone in both if someone.is_chosen]
    shown = [helper.profile.person.pk for helper in who_can_help_with(need, "de", 20, chosen=chosen)[0]]
    barred = {
        person.pk
        for person, someone in both
        if someone.is_barred or someone.works_at == 0 or 0 in someone.takes_nothing_from
    }
    carriers = {person.pk for person, someone in both if topic in someone.topics}
    assert not barred & set(shown)
    assert {*chosen, *carriers} - barred <= set(shown)
    assert len(shown) == len(set(shown))
