"""How a draft is begun, found again, written step by step and made somebody's own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone

from matching.domain.suggesting import suggested_topics
from mentoring.domain.gate import PASSED, TransitionNotAllowed
from mentoring.domain.needs import asking_less, need_of
from mentoring.domain.requests import begin_once, claim
from mentoring.models import MentoringRequest, MentorPage, RankedMentor
from mentoring.models.requests import RequestTopic
from portal.accounts.models import User
from portal.members.models import Company, Membership, Person
from portal.members.rules import partner_of
from portal.topics.models import Topic

#: where a session keeps the keys of the drafts that its browser began
SESSION = "drafts"
#: how many topics a request carries at most, and how many of them are guessed from its words
MOST_TOPICS = 8
GUESSED_TOPICS = 5


class DraftGoneError(Exception):
    """There is no such draft, or not for whoever asks: deleted, out of time, somebody else's."""


@dataclass(frozen=True)
class Reader:
    """Who opens a draft: an account, or a browser that knows the keys of what it began."""

    user: User | None
    keys: Collection[str] = ()


@transaction.atomic
def start(key: UUID, reader: Reader, language: str, problem: str, page: int = 0, mentor: int = 0) -> UUID:
    """Begins the draft `key` with the words `problem`; whoever sends the form again changes that one draft.

    The topics are those of the page (key) where the reader came from, and those that the words name; the mentor (key of a
    person) whose profile the reader came from stands first. Raises DraftGoneError if the draft is somebody else's meanwhile,
    TransitionNotAllowed if it was sent.
    """
    draft, is_new = begin_once(key, language, reader.user)
    # whoever holds the form may have begun it before signing in, or in the same browser a moment ago
    if draft.asker_id is None and reader.user:
        claim(str(key), reader.user)
        draft.refresh_from_db()
    if draft.asker_id and (reader.user is None or draft.asker_id != reader.user.pk):
        raise DraftGoneError
    write(draft, problem=problem)
    if is_new:
        draft.topics.set(first_topics(problem, language, page))
        if person := mentor_asked_for(mentor):
            RankedMentor.objects.create(request=draft, mentor=person, rank=1)
    return key


def find(key: UUID, reader: Reader) -> MentoringRequest:
    """The request `key`, if `reader` wrote it. Raises DraftGoneError."""
    found = MentoringRequest.objects.select_related("company__place__region").filter(key=key).first()
    if found is None:
        raise DraftGoneError
    if reader.user is not None and found.asker_id == reader.user.pk:
        is_own = True
    else:
        is_own = found.is_draft and found.asker_id is None and str(key) in reader.keys
    is_over = found.is_draft and found.deadline is not None and found.deadline < timezone.now()
    if not is_own or is_over:
        raise DraftGoneError
    return found


@transaction.atomic
def write(draft: MentoringRequest, **facts: Any) -> None:
    """Writes `facts` into a draft, and `topics` (slugs) with them.

    Raises TransitionNotAllowed for a request that another tab has sent meanwhile, DraftGoneError for a deleted one.
    """
    row = MentoringRequest.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise DraftGoneError
    if not row.is_draft:
        raise TransitionNotAllowed(PASSED[row.state])
    topics = facts.pop("topics", None)
    for name, value in facts.items():
        setattr(row, name, value)
        setattr(draft, name, value)
    if facts:
        row.save(update_fields=list(facts))
    if topics is not None:
        draft.topics.set(Topic.objects.filter(slug__in=topics))


@transaction.atomic
def wish(draft: MentoringRequest, ranked: Iterable[int], excluded: Iterable[int], **facts: Any) -> None:
    """Writes whom to ask, by rank, and whom not to ask (keys of people), with `facts` as `write` does."""
    write(draft, **facts)
    draft.ranked.all().delete()
    RankedMentor.objects.bulk_create(
        RankedMentor(request=draft, mentor_id=mentor, rank=rank)
        for rank, mentor in enumerate(ranked, start=1)
    )
    draft.excluded.set(excluded)


def ask_for_less(draft: MentoringRequest, code: str) -> None:
    """Lets a draft ask for less in the way that `code` names (`matching.domain.relaxing`); does nothing if it names none."""
    less, is_less = asking_less(need_of(draft, without=()), code)
    if is_less:
        write(draft, languages=list(less.spoken), interpreting=less.interpreting, meeting=less.meeting)


def first_topics(text: str, language: str, page: int = 0) -> list[Topic]:
    """The topics that a new draft begins with: those of a page that the public may see, then those that `text` is about."""
    of_page = Topic.objects.filter(
        page_items__content_object=page, page_items__content_object__live=True
    ).order_by("pk")
    found = [*of_page[:MOST_TOPICS], *suggested_topics(text, language, GUESSED_TOPICS)]
    return list({topic.pk: topic for topic in found}.values())[:MOST_TOPICS]


def mentor_asked_for(person: int) -> Person | None:
    """The mentor `person` (key), if the public may see them."""
    pages = MentorPage.objects.live().filter(person=person, person__verified_on__isnull=False)
    page = pages.select_related("person").first()
    return page.person if page else None


def named_mentors(draft: MentoringRequest) -> list[Person]:
    """Whom the draft names, by rank."""
    return [row.mentor for row in draft.ranked.select_related("mentor")]


def wishes_in(draft: MentoringRequest) -> tuple[list[int], list[int], list[int]]:
    """(whom the draft names, by rank, whom it excludes, and what it asks about), as keys of people and topics; one query."""
    ranked = draft.ranked.order_by().values_list("rank", "mentor")
    excluded = draft.excluded.through.objects.filter(mentoringrequest=draft).values_list(Value(0), "person")
    topics = RequestTopic.objects.filter(content_object=draft).values_list(Value(-1), "tag")
    rows = sorted(ranked.union(excluded, topics, all=True))
    return (
        [key for rank, key in rows if rank > 0],
        [key for rank, key in rows if rank == 0],
        [key for rank, key in rows if rank < 0],
    )


def first_gap(draft: MentoringRequest, topics: Collection[Any]) -> str:
    """The step of the form at which something is missing that a mentor has to know; "" if nothing is."""
    if not draft.problem.strip() or not topics:
        return "topic"
    return "" if draft.goal.strip() and draft.languages else "need"


def memberships_of(user: User | None) -> list[Membership]:
    """To which companies `user` belongs, or says so; one query, or none."""
    return list(user.memberships.select_related("company__place").order_by("pk")) if user else []


def likely_company(memberships: list[Membership]) -> Company | None:
    """The company that a draft will probably be sent for: the only one."""
    return memberships[0].company if len(memberships) == 1 else None


def companies_of(user: User) -> list[Company]:
    """The companies for which `user` may ask: their own, and for a coordinator those that the partner looks after."""
    own = Q(memberships__user=user)
    if partner := partner_of(user):
        own |= Q(home_partner=partner)
    return list(Company.objects.filter(own).select_related("place").distinct().order_by("name", "pk"))
