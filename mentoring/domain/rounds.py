"""What coordinators do with a programme's round: put together, compute, correct, confirm.

Every change holds the round's row and names the version that it was shown; the worker computes and sends (round_work.py).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.domain.desk import WAITS_FOR_DESK
from mentoring.domain.gate import PASSED, TransitionNotAllowed
from mentoring.domain.places import why_unavailable
from mentoring.domain.round_work import askable, measured_pair, places_in
from mentoring.enums import EDITABLE_ROUNDS, Alone, RoundState
from mentoring.models import Invitation, MentoringRequest, Round, RoundMentor, RoundPair, RoundRequest
from mentoring.rules import why_not
from portal.accounts.models import User
from portal.core.domain.audit import record
from portal.members.models import Coordinator, Membership, Organisation, Person

MEANWHILE = _("Meanwhile somebody else has changed this round. Please look at it as it is now.")
NOT_IN_ROUND = _("This is not part of the round, or no longer.")


def requests_for(partner: Organisation, besides: Round | None = None) -> QuerySet[MentoringRequest]:
    """The requests that can take part in a round of `partner`: those of its own companies that wait for a coordinator, with
    nothing left to settle (`gate.why_not_ready`), and in no other round (`besides` is not another one)."""
    confirmed = Membership.objects.filter(
        user=OuterRef("asker"), company=OuterRef("company"), confirmed_on__isnull=False
    )
    coordinates = Coordinator.objects.filter(user=OuterRef("asker"), organisation=partner)
    elsewhere = RoundRequest.objects.filter(request=OuterRef("pk"), round__in=Round.objects.unfinished())
    if besides:
        elsewhere = elsewhere.exclude(round=besides)
    rows = MentoringRequest.objects.filter(
        Q(asker=None) | Exists(confirmed) | Exists(coordinates),
        state__in=WAITS_FOR_DESK,
        company__home_partner=partner,
        company__verified_on__isnull=False,
    )
    return rows.exclude(Exists(elsewhere)).order_by("sent_at", "pk")


def mentors_for(besides: Round | None = None) -> QuerySet[Person]:
    """The mentors of both sides of the border who can be asked at present, and those who are in the round `besides` already;
    each with `taken`, how many of their places are."""
    here = besides.helping.values("mentor") if besides else []
    taken = Invitation.objects.all().held_by(OuterRef("pk"))
    people = Person.objects.filter(Q(pk__in=askable().values("pk")) | Q(pk__in=here))
    return people.annotate(taken=taken).order_by("name", "pk")


@transaction.atomic
def create(
    name: str, partner: Organisation, by: User, requests: Collection[int], mentors: Mapping[int, int]
) -> Round:
    """A new round of `requests` (keys) and `mentors` ({key: places kept back}). Raises PermissionDenied for a foreign partner."""
    row = Round(name=name, partner=partner, created_by=by)
    if refusal := why_not("mentoring.coordinate_round", by, row):
        raise PermissionDenied(refusal)
    row.save()
    _set_members(row, requests, mentors)
    record("round.create", f"round:{row.key}", by, to_state=row.state)
    return row


def rearrange(
    row: Round,
    by: User,
    version: int,
    *,
    name: str,
    requests: Collection[int],
    mentors: Mapping[int, int],
) -> Round:
    """Changes the name and who takes part; pairs of those who no longer do are gone."""
    with changing(row, by, version, "rearrange") as current:
        current.name = name
        _set_members(current, requests, mentors)
    return current


def _set_members(row: Round, requests: Collection[int], mentors: Mapping[int, int]) -> None:
    """Who can no longer take part is left out."""
    asked = set(requests_for(row.partner, row).filter(pk__in=requests).values_list("pk", flat=True))
    helping = set(mentors_for(row).filter(pk__in=mentors).values_list("pk", flat=True))
    row.pairs.exclude(request__in=asked, mentor__in=helping).delete()
    row.asked.exclude(request__in=asked).delete()
    row.helping.exclude(mentor__in=helping).delete()
    RoundRequest.objects.bulk_create(
        (RoundRequest(round=row, request_id=pk) for pk in sorted(asked)), ignore_conflicts=True
    )
    RoundMentor.objects.bulk_create(
        (RoundMentor(round=row, mentor_id=pk, reserved=mentors[pk]) for pk in sorted(helping)),
        update_conflicts=True,
        unique_fields=["round", "mentor"],
        update_fields=["reserved"],
    )


def compute(row: Round, by: User, version: int) -> Round:
    """Has the worker propose the pairs that are best in total; locked ones stay, and dropped ones stay away."""
    with changing(row, by, version, "compute") as current:
        if not current.asked.exists() or not current.helping.exists():
            raise TransitionNotAllowed(_("A round needs at least one request and one mentor."))
        _go(current, RoundState.COMPUTING)
    return current


def stop(row: Round, by: User, version: int) -> Round:
    """Does without the computation that has not ended; everything stays as it was before."""
    with changing(row, by, version, "stop", states=[RoundState.COMPUTING]) as current:
        _go(current, RoundState.PROPOSED if current.pairs.exists() else RoundState.DRAFT)
    return current


def lock(row: Round, pair: int, by: User, version: int, *, is_locked: bool = True) -> Round:
    """Keeps a pair whatever is computed later, or no longer does."""
    event = "lock" if is_locked else "unlock"
    with changing(row, by, version, event, pair=pair) as current:
        found = _pair(current, pair)
        found.is_locked = is_locked
        found.save(update_fields=["is_locked"])
    return current


def drop(row: Round, pair: int, by: User, version: int) -> Round:
    """Never proposes a pair again in this round."""
    with changing(row, by, version, "drop", pair=pair) as current:
        found = _pair(current, pair)
        found.is_locked, found.is_excluded = False, True
        found.save(update_fields=["is_locked", "is_excluded"])
        current.asked.filter(request=found.request_id).update(alone=Alone.DROPPED)
    return current


def allow(row: Round, pair: int, by: User, version: int) -> Round:
    """Takes back that a pair was dropped; the next computation may propose it."""
    with changing(row, by, version, "allow", pair=pair) as current:
        _pair(current, pair, is_excluded=True).delete()
    return current


def choose(row: Round, request: MentoringRequest, mentor: Person, by: User, version: int) -> Round:
    """Brings two together by hand, and locks the pair. Unlocked pairs make room for it if places run out.

    Raises TransitionNotAllowed with the sentence of the gate if the mentor may not be asked about this request.
    """
    with changing(row, by, version, "choose", request=str(request.key), mentor=mentor.pk) as current:
        asked = current.asked.filter(request=request).first()
        if asked is None or not current.helping.filter(mentor=mentor).exists():
            raise TransitionNotAllowed(NOT_IN_ROUND)
        if request.state not in WAITS_FOR_DESK:
            raise TransitionNotAllowed(PASSED[request.state])
        if obstacle := why_unavailable(mentor, request):
            raise TransitionNotAllowed(obstacle)
        current.pairs.proposed().filter(request=request).delete()
        _make_room(current, request, mentor)
        current.pairs.filter(request=request, mentor=mentor).delete()
        pair = measured_pair(current, request, mentor)
        pair.is_locked = True
        pair.save()
        asked.alone = ""
        asked.save(update_fields=["alone"])
    return current


def _make_room(row: Round, request: MentoringRequest, mentor: Person) -> None:
    """Undoes pairs of `mentor` that stand in the way of one with `request`, the weakest first; locked ones are in the way."""
    pairs = list(row.pairs.proposed().filter(mentor=mentor).select_related("request").order_by("-score"))
    locked = [pair for pair in pairs if pair.is_locked]
    name = {"name": mentor.full_name}
    if any(pair.request.company_id == request.company_id for pair in locked):
        raise TransitionNotAllowed(_("Has another request of this company in a locked pair: %(name)s") % name)
    room = places_in(row)[mentor.pk] - 1 - len(locked)
    if room < 0:
        raise TransitionNotAllowed(_("All places in this round are taken by locked pairs: %(name)s") % name)
    others = [pair for pair in pairs if not pair.is_locked]
    same = [pair for pair in others if pair.request.company_id == request.company_id]
    leaving = same + [pair for pair in others if pair not in same][max(0, room) :]
    row.asked.filter(request__in=[pair.request_id for pair in leaving]).update(alone=Alone.MADE_ROOM)
    row.pairs.filter(pk__in=[pair.pk for pair in leaving]).delete()


def confirm(row: Round, by: User, version: int) -> Round:
    """Has the worker invite the mentor of every pair, in the name of `by`."""
    with changing(row, by, version, "confirm", states=[RoundState.PROPOSED]) as current:
        if not current.pairs.proposed().exists():
            raise TransitionNotAllowed(_("There is no pair to invite anybody for."))
        current.confirmed_by = by
        _go(current, RoundState.SENDING)
    return current


@transaction.atomic
def discard(row: Round, by: User, version: int) -> None:
    """Does without a round of which no invitation has gone out."""
    with changing(row, by, version, "discard") as current:
        pass
    current.delete()


@contextmanager
def changing(
    row: Round,
    by: User,
    version: int,
    event: str,
    states: Collection[RoundState] = EDITABLE_ROUNDS,
    **details: Any,
) -> Iterator[Round]:
    """The round's row in a transaction that holds it; saved with the next version and an audit entry in the end.

    Raises PermissionDenied, and TransitionNotAllowed if `version` is not the one that stands there, or its state none of
    `states`; then, or if the body raises, nothing has changed.
    """
    with transaction.atomic():
        current = Round.objects.select_for_update(of=("self",)).select_related("partner").filter(pk=row.pk)
        if (found := current.first()) is None:
            raise TransitionNotAllowed(_("Meanwhile somebody has discarded this round."))
        if refusal := why_not("mentoring.coordinate_round", by, found):
            raise PermissionDenied(refusal)
        if found.version != version or found.state not in states:
            raise TransitionNotAllowed(MEANWHILE)
        before = found.state
        yield found
        found.version += 1
        found.save()
        record(
            f"round.{event}",
            f"round:{found.key}",
            by,
            from_state=before,
            to_state=found.state,
            **details,
        )


def _go(row: Round, state: RoundState) -> None:
    row.state, row.state_since = state, timezone.now()


def _pair(row: Round, pk: int, *, is_excluded: bool = False) -> RoundPair:
    found = row.pairs.filter(pk=pk, is_excluded=is_excluded).first()
    if found is None:
        raise TransitionNotAllowed(NOT_IN_ROUND)
    return found
