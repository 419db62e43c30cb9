"""The people of the access table, signed in as far as they can be."""

from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from mentoring.models import MentoringRequest
from portal.accounts.models import User
from portal.members.models import Company, Organisation, Person
from tests.accounts.people import set_up_telephone, sign_in, signed_in_user
from tests.architecture.access.forms import untouched
from tests.architecture.access.roles import GROUPS
from tests.editorial import member_of
from tests.factories.mentoring import mentor
from tests.factories.people import (
    CompanyFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)


class Cast:
    """Everybody in ROLES, with their sessions."""

    def __init__(self) -> None:
        self.partner: Organisation = OrganisationFactory()
        self.other_partner: Organisation = OrganisationFactory(slug="icuk", short_name="ICUK")
        self.alfa: Company = CompanyFactory(name="Alfa Werkzeugbau GmbH", home_partner=self.partner)
        self.beta: Company = CompanyFactory(name="Beta Obrábění s.r.o.", home_partner=self.other_partner)
        self.petra: Person = mentor("Petra Nováková", home_partner=self.partner)
        self.jana: Person = mentor("Jana Horká", home_partner=self.other_partner)
        self.users: dict[str, User] = {
            "unverified": UserFactory(email="unverified@example.org", verified=False),
            "joining": MembershipFactory(company=self.alfa, confirmed_on=None).user,
            "member": MembershipFactory(company=self.alfa).user,
            "colleague": MembershipFactory(company=self.alfa).user,
            "other member": MembershipFactory(company=self.beta).user,
            "mentor": self.petra.user,
            "other mentor": self.jana.user,
            "editor": member_of("Editors"),
            "translator": member_of("Translators"),
            "coordinator": CoordinatorFactory(organisation=self.partner).user,
            "other coordinator": CoordinatorFactory(organisation=self.other_partner).user,
            "administrator": UserFactory(is_staff=True, is_superuser=True),
        }
        for role in GROUPS["staff"]:
            set_up_telephone(self.users[role])
            # has been in the administration before: Wagtail notes the first visit
            UserProfile.get_for_user(self.users[role])
        self._sessions = {role: self._sign_in(role) for role in self.users}
        self._sessions["visitor"] = self._begin()
        self.begun = MentoringRequest.objects.get(asker=None)

    def _sign_in(self, role: str) -> str:
        client = Client()
        if role == "unverified":
            sign_in(client, self.users[role].email)
            assert signed_in_user(client) is None
        else:
            client.force_login(self.users[role])
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def _begin(self) -> str:
        client, path = Client(), reverse("mentoring:begin")
        fields = untouched(client.get(path).content.decode(), path)
        client.post(path, {**fields, "problem": "Was ich noch niemandem gesagt habe."})
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def take_seat(self, client: Client, role: str) -> None:
        """From now on `role` sits before the browser `client`, which forgets who sat there before."""
        client.cookies.clear()
        if role in self._sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
