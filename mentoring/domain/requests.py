"""What a company and its coordinators do with a request."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.domain.gate import PASSED, TransitionNotAllowed, advance, involved, move
from mentoring.domain.places import Mentors, holding
from mentoring.domain.workflow import DEADLINES
from mentoring.enums import Event, RequestState
from mentoring.models import MentoringRequest
from portal.accounts.models import User
from portal.members.models import Company, Membership, Person

#: of one company at the same time
OPEN_AT_ONCE = 2
#: of one company in a calendar day
SENT_A_DAY = 10


def begin(language: str, asker: User | None = None) -> MentoringRequest:
    """A new draft, kept for 90 days; of nobody until `claim`, when whoever writes has not signed in."""
    return begin_once(uuid4(), language, asker)[0]


def begin_once(key: UUID, language: str, asker: User | None = None) -> tuple[MentoringRequest, bool]:
    """The draft `key` and whether it is new; however often a form is sent, there is one."""
    facts = {"language": language, "asker": asker, "deadline": DEADLINES[RequestState.DRAFT].ends()}
    return MentoringRequest.objects.get_or_create(key=key, defaults=facts)


def claim(key: str, user: User) -> bool:
    """Makes the draft `key`, which was begun by nobody, the user's own; False if it is somebody's or was sent."""
    drafts = MentoringRequest.objects.filter(key=key, state=RequestState.DRAFT, asker=None)
    return bool(drafts.update(asker=user))


@transaction.atomic
def discard(request: MentoringRequest) -> None:
    """Deletes a draft. Raises TransitionNotAllowed for what was sent: that is withdrawn, and stays."""
    row = MentoringRequest.objects.select_for_update().get(pk=request.pk)
    if not row.is_draft:
        raise TransitionNotAllowed(PASSED[row.state])
    row.delete()


@transaction.atomic
def submit(request: MentoringRequest, by: User, company: Company) -> MentoringRequest:
    """Sends a draft in the name of `company`.

    The company is locked, so that it is not verified meanwhile, and that two requests at once do not pass its limit.
    Raises TransitionNotAllowed, also for a draft that was sent before: whoever clicks twice has one request.
    """
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if not may_ask_for(by, company):
        raise TransitionNotAllowed(_("You do not belong to this company."))

    def act(mentors: Mentors) -> MentoringRequest:
        draft = MentoringRequest.objects.select_for_update().get(pk=request.pk)
        if draft.is_draft:
            _refuse_too_many(company, by)
            draft.company = company
            draft.contact_name = draft.contact_name or by.name
            draft.save(update_fields=["company", "contact_name"])
        return move(request.pk, Event.SUBMIT, by, mentors)

    return holding(lambda: involved(request.pk), act)


def may_ask_for(user: User, company: Company) -> bool:
    """Whether `user` may send requests for `company`: as a member, if need be still to be confirmed, or as its coordinator."""
    is_member = Membership.objects.filter(user=user, company=company).exists()
    return is_member or user.has_perm("members.change_company", company)


def _refuse_too_many(company: Company, by: User) -> None:
    """A company has two requests open at once, and sends ten a day; who is not confirmed yet cannot use that up."""
    sent = MentoringRequest.objects.filter(company=company)
    if Membership.objects.filter(user=by, company=company, confirmed_on=None).exists():
        sent = sent.filter(asker=by)
    if sent.open().count() >= OPEN_AT_ONCE:
        raise TransitionNotAllowed(
            _(
                "Your company has two open requests already. Please wait for an answer, or withdraw one of them; "
                "this one stays here as a draft."
            )
        )
    if sent.filter(sent_at__gte=_midnight()).count() >= SENT_A_DAY:
        raise TransitionNotAllowed(
            _(
                "Your company has sent ten requests today. Please send this one tomorrow; it stays here as a draft."
            )
        )


def _midnight() -> object:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def withdraw(request: MentoringRequest, by: User) -> MentoringRequest:
    """Takes an open request back; a mentor who was asked is told, and has the place free again."""
    return advance(request.pk, Event.WITHDRAW, by)


def name_another(request: MentoringRequest, by: User, mentor: Person) -> MentoringRequest:
    """The company itself chooses whom to ask next."""
    return advance(request.pk, Event.NAME, by, named=mentor.pk)


def approve(request: MentoringRequest, by: User) -> MentoringRequest:
    """A coordinator lets a checked request go on to the mentors it names."""
    return advance(request.pk, Event.APPROVE, by)


def reject(request: MentoringRequest, by: User, words: str) -> MentoringRequest:
    """A coordinator does not take a request on; `words` tell the company why."""
    if not words.strip():
        raise TransitionNotAllowed(_("Please tell the company why."))
    return advance(request.pk, Event.REJECT, by, words=words.strip())


def propose(request: MentoringRequest, by: User, mentor: Person) -> MentoringRequest:
    """A coordinator asks `mentor` in the name of the company."""
    return advance(request.pk, Event.PROPOSE, by, named=mentor.pk)


def go_on_with(company: Company, by: User) -> list[MentoringRequest]:
    """Now that somebody vouches for company or asker: lets the requests go on that waited for it and name a mentor."""
    rows = MentoringRequest.objects.filter(
        company=company, state=RequestState.SCREENING, ranked__isnull=False
    )
    waiting = list(rows.order_by("sent_at").values_list("pk", flat=True).distinct())
    # a member who confirms a colleague approves of nothing: the request goes on by itself
    actor = by if by.has_perm("members.verify_company", company) else None

    def act(mentors: Mentors) -> list[MentoringRequest]:
        found = []
        for pk in waiting:
            try:
                found.append(move(pk, Event.APPROVE, actor, mentors))
            except TransitionNotAllowed:
                continue
        return found

    return holding(lambda: set().union(*(involved(pk) for pk in waiting)), act)
