"""Many companies at once, written in few queries."""

from dataclasses import dataclass

from django.utils import timezone

from mentoring.domain.workflow import DEADLINES
from mentoring.enums import RequestState
from mentoring.models import MentoringRequest, RankedMentor
from portal.accounts.models import User
from portal.core.enums import SizeClass
from portal.members.models import Company, Membership, Person
from tests.factories.people import OrganisationFactory, place


@dataclass
class Crowd:
    """Companies, each with a member and a draft."""

    companies: list[Company]
    members: list[User]
    drafts: list[MentoringRequest]

    def submits(self) -> list[tuple[str, tuple]]:
        """The jobs that send every draft."""
        rows = zip(self.drafts, self.members, self.companies, strict=True)
        return [("submit", (draft.pk, user.pk, company.pk)) for draft, user, company in rows]


def crowd(ranked: list[list[Person]], *, verified: bool = True) -> Crowd:
    """One company for each list of mentors, who stand by rank in its draft."""
    first = User.objects.count()
    today, home, where = timezone.localdate(), OrganisationFactory(), place("Zwickau")
    users = User.objects.bulk_create(
        User(email=f"crowd{first + n}@example.org", name=f"User {n}", password="!")
        for n in range(len(ranked))
    )
    companies = Company.objects.bulk_create(
        Company(
            name=f"Werk {first + n} GmbH",
            place=where,
            size=SizeClass.SMALL,
            home_partner=home,
            verified_on=today if verified else None,
        )
        for n in range(len(ranked))
    )
    Membership.objects.bulk_create(
        Membership(user=user, company=company, confirmed_on=today)
        for user, company in zip(users, companies, strict=True)
    )
    return Crowd(companies, users, drafts_of(users, ranked))


def drafts_of(askers: list[User], ranked: list[list[Person]]) -> list[MentoringRequest]:
    """One draft for each asker and list of mentors."""
    deadline = DEADLINES[RequestState.DRAFT].ends()
    drafts = MentoringRequest.objects.bulk_create(
        MentoringRequest(
            asker=asker, language="de", problem="Die Fräse steht.", goal="Sie läuft.", deadline=deadline
        )
        for asker in askers
    )
    RankedMentor.objects.bulk_create(
        RankedMentor(request=draft, mentor=mentor, rank=rank)
        for draft, mentors in zip(drafts, ranked, strict=True)
        for rank, mentor in enumerate(mentors, start=1)
    )
    return drafts
