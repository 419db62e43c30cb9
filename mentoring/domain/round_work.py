"""What the worker does for rounds: it computes proposals, and hands confirmed pairs to the gate one by one.

Both may die at any moment and begin again: a proposal is written in one transaction, and an invitation in the same
transaction as the note that it was sent.
"""

import logging
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.domain.allocation import LocksDoNotFit, Pair, allocate
from matching.domain.cards import bar, reasons
from matching.domain.people import Helper, how_they_fit
from mentoring.domain.desk import WAITS_FOR_DESK
from mentoring.domain.gate import TransitionNotAllowed, advance
from mentoring.domain.needs import need_of
from mentoring.enums import Alone, Event, Outcome, RoundState
from mentoring.models import Invitation, MentoringRequest, MentorPage, Round, RoundPair
from portal.core.domain.audit import record
from portal.core.failpoints import failpoint
from portal.members.models import Person

logger = logging.getLogger(__name__)

#: the languages in which the administration is used
SPOKEN = [*dict(settings.LANGUAGES), "en"]


def askable() -> QuerySet[Person]:
    """The mentors who can be asked at present, as the gate sees it (`places.takes_requests`), each with `taken`: how many of
    their places are. Whoever has none left is among them."""
    profile = MentorPage.objects.live().filter(person=OuterRef("pk"))
    people = Person.objects.verified().filter(Exists(profile), user__isnull=False)
    is_paused = Q(paused_until__isnull=False, paused_until__gt=timezone.localdate())
    return people.exclude(is_paused).annotate(taken=Invitation.objects.all().held_by(OuterRef("pk")))


def places_in(row: Round) -> dict[int, int]:
    """How many companies each mentor of a round can take now: places that no invitation holds, without those kept back; two
    queries."""
    people: Any = askable().filter(pk__in=row.helping.values("mentor"))
    free = {pk: places - taken for pk, places, taken in people.values_list("pk", "places", "taken")}
    return {
        mentor: max(0, free.get(mentor, 0) - reserved)
        for mentor, reserved in row.helping.values_list("mentor", "reserved")
    }


def measure(row: Round, request: MentoringRequest, mentors: Collection[int]) -> list[Helper]:
    """Those of `mentors` (keys) who know anything of `request` and may be asked about it, with how they fit."""
    dropped = row.pairs.filter(request=request, is_excluded=True).values_list("mentor", flat=True)
    waiting = Invitation.objects.filter(company=request.company_id).open().values_list("mentor", flat=True)
    keys = set(mentors) - set(dropped) - set(waiting)
    helpers = how_they_fit(need_of(request), request.language, keys) if keys else []
    return [helper for helper in helpers if helper.score.topics > 0 or helper.score.text > 0]


def measured_pair(row: Round, request: MentoringRequest, mentor: Person) -> RoundPair:
    """A pair that is not saved yet, with how the two fit; where nothing speaks for it, its score is 0."""
    helpers = how_they_fit(need_of(request), request.language, [mentor.pk])
    if not helpers:
        return RoundPair(round=row, request=request, mentor=mentor)
    return RoundPair(round=row, request=request, mentor=mentor, **explained(helpers[0]))


def explained(helper: Helper) -> dict[str, object]:
    """The fields of a pair that say how two fit, in every language of the administration."""
    words = {}
    for language in SPOKEN:
        with override(language):
            words[language] = [
                {"style": line["style"], "text": str(line["text"])} for line in reasons(helper)
            ]
    return {"score": helper.score.total, "reasons": words, "bar": bar(helper)}


def propose_all() -> None:
    """Computes every round that waits for it; what goes wrong with one does not stop the others."""
    for row in Round.objects.filter(state=RoundState.COMPUTING).order_by("state_since"):
        try:
            propose(row)
        except Exception:  # whatever is wrong with one round
            logger.exception("Round %s cannot be computed", row.pk)


def propose(row: Round) -> None:
    """Computes the pairs that are best in total, and proposes them. If locks do not fit, everything stays as it was."""
    asked: Any = row.asked.select_related("request__company__place")
    asked = asked.prefetch_related("request__topics")
    waiting = {each.request_id: each.request for each in asked if each.request.state in WAITS_FOR_DESK}
    places = places_in(row)
    kept = row.pairs.filter(is_locked=True, request__in=waiting).values_list("request", "mentor")
    locked = set(kept)
    helpers: dict[Pair, Helper] = {}
    for pk, request in waiting.items():
        helpers |= {(pk, helper.profile.person.pk): helper for helper in measure(row, request, places)}
    scores = {pair: helper.score.total for pair, helper in helpers.items()}
    companies = {pk: request.company_id for pk, request in waiting.items()}
    try:
        made = allocate(scores, places, companies, locked)
    except LocksDoNotFit:
        made = None
    _write(row, made, locked, helpers, waiting)


@transaction.atomic
def _write(
    row: Round,
    made: dict[int, int] | None,
    locked: Collection[Pair],
    helpers: dict[Pair, Helper],
    waiting: Collection[int],
) -> None:
    """The proposal `made`, unless the round is no longer the one that was computed."""
    current = Round.objects.select_for_update().get(pk=row.pk)
    if (current.state, current.version) != (RoundState.COMPUTING, row.version):
        return
    if made is not None:
        current.pairs.filter(is_excluded=False).exclude(is_locked=True, request__in=waiting).delete()
        for pair in current.pairs.filter(is_locked=True):
            if helper := helpers.get((pair.request_id, pair.mentor_id)):
                RoundPair.objects.filter(pk=pair.pk).update(**explained(helper))
        RoundPair.objects.bulk_create(
            RoundPair(round=current, request_id=pair[0], mentor_id=pair[1], **explained(helpers[pair]))
            for pair in made.items()
            if pair not in locked
        )
        _say_who_is_alone(current, made, {request for request, _mentor in helpers}, waiting)
        best: dict[int, float] = {}
        for (request, _mentor), helper in helpers.items():
            best[request] = max(best.get(request, 0.0), helper.score.total)
        current.first_choices = sum(best.values())
    current.state, current.state_since = RoundState.PROPOSED, timezone.now()
    current.version += 1
    current.save()
    record(
        "round.propose",
        f"round:{current.key}",
        from_state=RoundState.COMPUTING,
        to_state=current.state,
        pairs=len(made or {}),
        fits=made is not None,
    )


def _say_who_is_alone(
    row: Round, made: dict[int, int], known: Collection[int], waiting: Collection[int]
) -> None:
    for asked in row.asked.all():
        if asked.request_id not in waiting:
            asked.alone = Alone.GONE
        elif asked.request_id in made:
            asked.alone = ""
        else:
            asked.alone = Alone.TAKEN if asked.request_id in known else Alone.NOBODY
        asked.save(update_fields=["alone"])


def send_all() -> None:
    """Invites for every confirmed pair that waits for it, each in a transaction of its own."""
    while send_one():
        failpoint("pair noted")
    for row in Round.objects.filter(state=RoundState.SENDING):
        finish(row)


@transaction.atomic
def send_one() -> bool:
    """Hands the best pair that waits to the gate, and notes what came of it; False if there is none.

    The note is part of the gate's transaction: whoever dies in between has done neither, and whoever comes second finds it.
    """
    pairs = RoundPair.objects.proposed().filter(round__state=RoundState.SENDING, outcome=Outcome.WAITING)
    if connection.features.has_select_for_update_skip_locked:
        pairs = pairs.select_for_update(skip_locked=True, of=("self",))
    pair = pairs.select_related("round__confirmed_by").order_by("round", "-score", "pk").first()
    if pair is None:
        return False
    by = pair.round.confirmed_by
    with override(by.language if by else settings.LANGUAGE_CODE):
        try:
            if by is None:
                raise PermissionDenied(_("The account that confirmed this round no longer exists."))
            request = advance(pair.request_id, Event.PROPOSE, by, named=pair.mentor_id)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            pair.refuse(str(refusal.args[0]))
        else:
            pair.outcome, pair.invitation = Outcome.INVITED, request.invitations.open().get()
    failpoint("pair invited")
    pair.save(update_fields=["outcome", "invitation", "refusal"])
    return True


@transaction.atomic
def finish(row: Round) -> None:
    """Closes a round of which every pair was sent or refused."""
    current = Round.objects.select_for_update().get(pk=row.pk)
    pairs = current.pairs.filter(is_excluded=False)
    if current.state != RoundState.SENDING or pairs.filter(outcome=Outcome.WAITING).exists():
        return
    current.state, current.state_since = RoundState.CONFIRMED, timezone.now()
    current.version += 1
    current.save()
    record(
        "round.finish",
        f"round:{current.key}",
        from_state=RoundState.SENDING,
        to_state=current.state,
        invited=pairs.filter(outcome=Outcome.INVITED).count(),
        refused=pairs.filter(outcome=Outcome.REFUSED).count(),
    )
