"""What the people of the access table look at, by the names that the table uses."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail_localize.models import StringSegment

from matching.models import MatchingWeights
from mentoring.domain.invitations import decline, token_for
from mentoring.domain.requests import submit, withdraw
from mentoring.enums import DeclineReason
from mentoring.models import Invitation, MentoringRequest, MentorPage
from portal.core.models import BasePage
from portal.core.rules import translation_into
from portal.members.models import Membership
from portal.notifications.enums import MailState
from portal.notifications.models import Mail, Notification
from portal.topics.models import Region, Sector, Topic
from tests.architecture.access.cast import Cast
from tests.editorial import begin_translation
from tests.factories.mentoring import computed, draft, round_of, sent
from tests.factories.pages import CompanyPageFactory, EventPageFactory, GuidePageFactory, MentorPageFactory
from tests.factories.people import CompanyFactory, PersonFactory


@dataclass(frozen=True)
class Thing:
    """`args`: what its address is made with; `query`: what stands behind the question mark.
    `words`: what everybody reads who sees the thing, and nobody else."""

    args: tuple[Any, ...] | dict[str, Any] = ()
    words: str = ""
    query: dict[str, Any] = field(default_factory=dict)


def things(cast: Cast) -> dict[str, Thing]:
    """Everything that the rows of the table name behind `of`."""
    return {
        **pages(cast),
        **words(cast),
        **rows(cast),
        **requests(cast),
        **rounds(cast),
        **set_up(),
        **nothing(),
    }


def pages(cast: Cast) -> dict[str, Thing]:
    """Pages, in public and not."""
    hidden = {"live": False}
    document = get_document_model().objects.create(title="Liste", file=ContentFile(b"1", name="liste.csv"))
    for_members = GuidePageFactory(slug="intern", title="Nur nach der Anmeldung")
    PageViewRestriction.objects.create(page=for_members, restriction_type=PageViewRestriction.LOGIN)
    nobody = PersonFactory(name="Otto Ungeprüft", verified_on=None, home_partner=cast.partner)
    unknown = CompanyFactory(name="Ungeprüft GmbH", verified_on=None, home_partner=cast.partner)
    event = EventPageFactory(slug="werkstatt", title="Werkstatt im Advent")
    draft_event = EventPageFactory(slug="geplant", title="Noch geheime Werkstatt", **hidden)
    return {
        "a guide": served(GuidePageFactory(slug="vernetzen", title="Maschinen vernetzen")),
        "a guide that is a draft": served(GuidePageFactory(slug="halb", title="Halb fertig", **hidden)),
        "a guide for those who have signed in": served(for_members),
        "a company": served(CompanyPageFactory(company=cast.alfa, slug="alfa")),
        "a company that nobody has verified": served(CompanyPageFactory(company=unknown, slug="unbekannt")),
        "a mentor whom nobody has verified": served(MentorPageFactory(person=nobody, slug="otto")),
        "an event": Thing((event.translation_key,), event.title),
        "an event that is a draft": Thing((draft_event.translation_key,), draft_event.title),
        "a document": Thing((document.pk, document.filename)),
        "the feed of the news": Thing(("news",)),
        "the feed of a topic": Thing(("opc-ua",)),
    }


def served(page: BasePage) -> Thing:
    """A page at its address below the language."""
    return Thing((page.url_path.removeprefix("/de/"),), page.title)


def words(cast: Cast) -> dict[str, Thing]:
    """Pages as the administration knows them, with a translation into Czech that has begun."""
    half = GuidePageFactory(slug="halb-administration", title="Halb geschrieben", live=False)
    guide = GuidePageFactory(slug="uebersetzt", title="Wird gerade übersetzt")
    czech = begin_translation(guide)
    translation = translation_into(czech)
    passage = StringSegment.objects.filter(source=translation.source)[0]
    profile = MentorPage.objects.get(person=cast.petra)
    return {
        "the draft of a guide": Thing((half.pk,), half.title),
        "a guide that is public": Thing((guide.pk,), guide.title),
        "the Czech draft": Thing((czech.pk,)),
        "Petra's profile": Thing((profile.pk,), profile.title),
        "what is translated": Thing((translation.source.pk,)),
        "the translation": Thing((translation.pk,)),
        "a passage": Thing((translation.pk, passage.pk)),
    }


def rows(cast: Cast) -> dict[str, Thing]:
    """Rows of the administration."""
    users = cast.users
    joining = Membership.objects.get(user=users["joining"])
    colleague = Membership.objects.get(user=users["colleague"])
    delta = CompanyFactory(name="Delta Dreherei GmbH", home_partner=cast.partner)
    return {
        "Petra": Thing((cast.petra.pk,), cast.petra.name),
        "Alfa": Thing((cast.alfa.pk,), cast.alfa.name),
        "Beta": Thing((cast.beta.pk,), cast.beta.name),
        "Delta": Thing((delta.pk,), delta.name),
        "the membership of who joins": Thing((joining.pk,), str(joining.user)),
        "the membership of the colleague": Thing((colleague.pk,), str(colleague.user)),
        "a user": Thing((users["member"].pk,), users["member"].email),
        "Zwickau": Thing((cast.partner.pk,)),
        "the seat of Zwickau's coordinator": Thing((users["coordinator"].coordinator.pk,)),
        "Czech": Thing((Locale.objects.get(language_code="cs").pk,)),
        "the place": Thing((cast.partner.place_id,)),
        "a topic": Thing((Topic.objects.get(slug="opc-ua").pk,), "OPC UA"),
        "a sector": Thing((Sector.objects.get(code="C").pk,)),
        "a region": Thing((Region.objects.order_by("pk")[0].pk,)),
    }


def requests(cast: Cast) -> dict[str, Thing]:
    """What Alfa asks, and what people are told of it."""
    over = withdraw(asked(cast, "Was sich erledigt hat."), cast.users["member"])
    looking = asked(cast, "Wofür noch jemand gesucht wird.")
    decline(invitation_to(looking), cast.users["mentor"], DeclineReason.NO_TIME)
    waiting = asked(cast, "Warum unsere Fräsmaschinen stehen.")
    checked = asked_by_gamma(cast)
    half = draft(cast.users["member"], cast.petra, problem="Was noch niemand wissen soll.")
    full = draft(cast.users["other member"], cast.petra, problem="Was gleich alle wissen sollen.")
    invitation = invitation_to(waiting)
    message = Notification.objects.get(receiver=cast.users["member"], event__subject=f"request:{waiting.key}")
    mail = Mail.objects.get(notification=message)
    Mail.objects.filter(pk=mail.pk).update(state=MailState.REFUSED)
    return {
        "Alfa's request": Thing((waiting.key,), waiting.problem),
        "Alfa's request that needs another mentor": Thing((looking.key,), looking.problem),
        "Alfa's request that was withdrawn": Thing((over.key,), over.problem),
        "the member's draft": Thing((half.key,), half.problem),
        "the invitation to the mentor": Thing((invitation.key,), waiting.problem),
        "the link in the mentor's mail": Thing((token_for(invitation.key),), waiting.problem),
        **{f"the member's draft, its {name}": step(half, name) for name in ("topic", "need", "mentors")},
        "the member's draft, about to be sent": step(half, "send"),
        "the other member's draft, about to be sent": step(full, "send"),
        "the visitor's draft": step(cast.begun, "topic"),
        "the visitor's draft, about to be sent": step(cast.begun, "send"),
        "Alfa's request, as if it were a draft": step(waiting, "topic"),
        **{f"Alfa's request, to {event}": at_desk(waiting, event) for event in ("withdraw", "approve")},
        **{f"Gamma's request, to {event}": at_desk(checked, event) for event in ("approve", "reject")},
        "Alfa's request, to propose": at_desk(looking, "propose", mentor=cast.jana.pk),
        "Alfa's request, to do what nobody does": Thing((looking.key, "vanish")),
        "a mail to the member that was refused": Thing((mail.pk,), mail.to),
        "a message to the member": Thing((message.key,), str(message.key)),
        "Jana": Thing((cast.jana.pk,), cast.jana.name),
    }


def rounds(cast: Cast) -> dict[str, Thing]:
    """Rounds of the partner in Zwickau: one that is put together, and one that is proposed."""
    companies = [
        CompanyFactory(name=f"{name} Gerätebau GmbH", home_partner=cast.partner)
        for name in ("Epsilon", "Zeta", "Eta")
    ]
    first, second, third = (sent(company=company) for company in companies)
    begun = round_of(cast.users["coordinator"], [first], [cast.jana], "Runde im Frühling")
    proposed = computed(round_of(cast.users["coordinator"], [second], [cast.jana], "Runde im Herbst"))
    return {
        "the round": Thing((begun.key,), begun.name),
        "the round that is proposed": Thing((proposed.key,), proposed.name),
        "Epsilon's request in the round": Thing((begun.key, first.key), first.company.name),
        "a request for a new round": Thing((third.pk,), third.company.name),
    }


def asked(cast: Cast, problem: str) -> MentoringRequest:
    """A request of Alfa's member to Petra."""
    return submit(draft(cast.users["member"], cast.petra, problem=problem), cast.users["member"], cast.alfa)


def asked_by_gamma(cast: Cast) -> MentoringRequest:
    """A request that names nobody: a coordinator looks at it first."""
    return sent(company=CompanyFactory(name="Gamma Guss GmbH", home_partner=cast.partner))


def step(request: MentoringRequest, name: str) -> Thing:
    """A step of the form in which a request is written; every one names the words or leads back to them."""
    words = request.problem if name in ("topic", "send") else ""
    return Thing({"key": request.key, "step": name}, words)


def at_desk(request: MentoringRequest, event: str, **query: Any) -> Thing:
    """What a coordinator is about to do with a request."""
    return Thing((request.key, event), request.company.name, query)


def invitation_to(request: MentoringRequest) -> Invitation:
    """The open invitation to `request`."""
    return Invitation.objects.open().get(request=request)


def set_up() -> dict[str, Thing]:
    """Settings of the site."""
    weights = MatchingWeights.objects.create(site=Site.objects.get(is_default_site=True))
    return {"the weights of matching": Thing(("matching", "matchingweights", weights.site_id))}


def nothing() -> dict[str, Thing]:
    """What somebody makes up."""
    return {
        "what there is not": Thing(("gibt-es-nicht",)),
        "a key that nobody was sent": Thing(("MQ:1u2a3b:abc",)),
        "a key for a new password that nobody was sent": Thing(("1", "abc-123")),
        "Wagtail's key for a new password": Thing(("MQ", "abc-123")),
        "a password for no page": Thing((1, 1)),
        "a password for no document": Thing((1,)),
        "a link that was not made here": Thing(("abc:def",)),
        "an action that there is not": Thing(("wagtailcore", "page", "vanish")),
        "a setting that there is not": Thing(("home", "nothing")),
    }
