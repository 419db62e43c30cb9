"""Needs of companies, and mentors who can be asked."""

from mentoring.domain.requests import begin, submit
from mentoring.domain.round_work import propose_all
from mentoring.domain.rounds import compute, create
from mentoring.models import MentoringRequest, RankedMentor, Round
from portal.accounts.models import User
from portal.members.models import Company, Person
from tests.factories.pages import MentorPageFactory
from tests.factories.people import MembershipFactory, PersonFactory, known_topics


def mentor(name: str = "Petra Nováková", *, topics: list[str] | None = None, **facts) -> Person:
    """A mentor with a published profile and an account: two free places unless `facts` say otherwise."""
    person = PersonFactory(name=name, topics=topics or ["nis2-directive"], **facts)
    MentorPageFactory(person=person, slug=f"mentor-{person.pk}")
    return person


def draft(asker: User, *mentors: Person, topics: list[str] | None = None, **words) -> MentoringRequest:
    """A need that is written down and not sent; `mentors` by rank."""
    request = begin("de", asker)
    known = {"problem": "Unsere Fräsmaschinen stehen oft.", "goal": "Wir sehen, wann und warum."}
    MentoringRequest.objects.filter(pk=request.pk).update(**{"languages": ["de"], **known, **words})
    request.refresh_from_db()
    request.topics.set(known_topics(topics or ["nis2-directive"]))
    for rank, person in enumerate(mentors, start=1):
        RankedMentor.objects.create(request=request, mentor=person, rank=rank)
    return request


def sent(
    *mentors: Person,
    company: Company | None = None,
    asker: User | None = None,
    topics: list[str] | None = None,
) -> MentoringRequest:
    """A request that a confirmed member of a verified company has sent; `mentors` by rank."""
    if asker is None:
        membership = MembershipFactory(**({"company": company} if company else {}))
        asker, company = membership.user, membership.company
    return submit(draft(asker, *mentors, topics=topics), asker, company)


def about(topic: str, company: Company | None = None) -> MentoringRequest:
    """A request that names nobody, and waits for the coordinator."""
    return sent(company=company, topics=[topic])


def round_of(
    by: User,
    requests: list[MentoringRequest],
    mentors: list[Person],
    name: str = "Winterrunde",
    **kept_back: int,
) -> Round:
    """A round that the coordinator `by` has put together; `kept_back` are places by the first names of mentors."""
    places = {person.pk: kept_back.get(person.name.split()[0].lower(), 0) for person in mentors}
    return create(name, by.coordinator.organisation, by, [row.pk for row in requests], places)


def computed(row: Round) -> Round:
    """The round `row` after its coordinator and the worker have computed it."""
    row.refresh_from_db()
    compute(row, row.created_by, row.version)
    propose_all()
    row.refresh_from_db()
    return row
