"""Facts in the admin: people, companies and memberships for coordinators, partners and coordinators for administrators."""

from typing import Any

from django.conf import settings
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.models import User
from portal.members.domain.verification import confirm, verify, withdraw
from portal.members.forms import (
    MembershipForm,
    OwnPartnerForm,
    PersonForm,
    PlaceWidget,
    organisation_form,
)
from portal.members.models import Company, Coordinator, Membership, Organisation, Person
from portal.members.views.admin import (
    DecideView,
    HomePartnerPolicy,
    OwnRowDeleteView,
    OwnRowEditView,
    OwnRowHistoryView,
    OwnRowsIndexView,
    OwnRowUsageView,
    decided_on,
)
from portal.members.views.places import ChoosePlaceView, PlaceChosenView, PlaceResultsView
from portal.topics.models import Place


def waiting_since(row: Any) -> Any:
    """Since when the row waits for a decision; None once there is one."""
    return None if getattr(row, decided_on(type(row))) else row.created_at


BEHIND_THE_NAME = gettext_lazy("What stands behind the name comes after a comma, as in: Ing., Ph.D.")
WAITING_SINCE = DateColumn("waiting_since", label=gettext_lazy("Waiting since"), accessor=waiting_since)


class OwnRowsViewSet(ModelViewSet):
    """Rows that belong to a partner, with the decision about them on a page of its own."""

    index_view_class = OwnRowsIndexView
    edit_view_class = OwnRowEditView
    delete_view_class = OwnRowDeleteView
    history_view_class = OwnRowHistoryView
    usage_view_class = OwnRowUsageView
    copy_view_enabled = False
    related: tuple[str, ...] = ()

    @property
    def permission_policy(self) -> HomePartnerPolicy:
        return HomePartnerPolicy(self.model)

    @staticmethod
    def question(row: Any) -> str:
        """What the coordinator vouches for."""
        raise NotImplementedError

    @staticmethod
    def decision_label(row: Any) -> str | None:
        """The name of the decision that is open; None if there is none."""
        raise NotImplementedError

    @staticmethod
    def decide(row: Any, user: User) -> str:
        """Does what `decision_label` says, and tells so."""
        raise NotImplementedError

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(related=self.related, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(
            decide_url_name=self.get_url_name("decide"), decision_label=self.decision_label, **kwargs
        )

    @property
    def decide_view(self) -> Any:
        return self.construct_view(
            DecideView,
            model=self.model,
            permission_policy=self.permission_policy,
            edit_url_name=self.get_url_name("edit"),
            question=self.question,
            decision_label=self.decision_label,
            decide=self.decide,
        )

    def get_urlpatterns(self) -> list:
        return [*super().get_urlpatterns(), path("decide/<int:pk>/", self.decide_view, name="decide")]


class VerifiedViewSet(OwnRowsViewSet):
    """Rows that show in public once a coordinator has verified them."""

    @staticmethod
    def question(row: Company | Person) -> str:
        if row.verified_on:
            return _("“%(name)s” shows in public. Shall it be hidden again?") % {"name": row}
        text = _(
            "Do you vouch for it that “%(name)s” is real and the facts are right? It will show in public."
        )
        return text % {"name": row}

    @staticmethod
    def decision_label(row: Company | Person) -> str:
        return _("Withdraw the verification") if row.verified_on else _("Verify")

    @staticmethod
    def decide(row: Company | Person, user: User) -> str:
        if row.verified_on:
            withdraw(row, user)
            return _("“%(name)s” no longer shows in public.") % {"name": row}
        verify(row, user)
        return _("“%(name)s” is verified.") % {"name": row}


class PersonViewSet(VerifiedViewSet):
    model = Person
    icon = "user"
    menu_label = gettext_lazy("People")
    menu_order = 100
    search_fields = ["name", "employer"]
    list_display = [
        "name",
        "employer",
        "place",
        "home_partner",
        "places",
        "paused_until",
        WAITING_SINCE,
        "verified_on",
    ]
    list_filter = ["home_partner", "place__country"]
    related = ("place", "home_partner")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("title", help_text=BEHIND_THE_NAME), FieldPanel("name")]),
                    FieldRowPanel([FieldPanel("user"), FieldPanel("phone")]),
                    FieldPanel("photo"),
                    FieldPanel("employer"),
                    FieldPanel("company"),
                    FieldPanel("place"),
                    FieldPanel("home_partner"),
                ],
                heading=gettext_lazy("Person"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("topics"),
                    FieldPanel("sectors", widget=CheckboxSelectMultiple),
                    FieldPanel("company_sizes"),
                ],
                heading=gettext_lazy("Knows about"),
            ),
            MultiFieldPanel(
                [FieldPanel("works_in"), FieldPanel("understands")], heading=gettext_lazy("Languages")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("formats"),
                    FieldRowPanel([FieldPanel("online"), FieldPanel("on_site_radius")]),
                    FieldRowPanel([FieldPanel("places"), FieldPanel("paused_until")]),
                    FieldPanel("excluded_companies"),
                    FieldPanel("last_confirmed_on"),
                ],
                heading=gettext_lazy("Mentoring"),
            ),
        ],
        base_form_class=PersonForm,
    )


class CompanyViewSet(VerifiedViewSet):
    model = Company
    icon = "group"
    menu_label = gettext_lazy("Companies")
    menu_order = 200
    search_fields = ["name", "register_number"]
    list_display = ["name", "place", "sector", "size", "home_partner", WAITING_SINCE, "verified_on"]
    list_filter = ["home_partner", "sector", "size"]
    related = ("place", "home_partner", "sector")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("register_number"), FieldPanel("website")]),
            FieldPanel("place"),
            FieldPanel("home_partner"),
            FieldPanel("sector"),
            FieldRowPanel([FieldPanel("size"), FieldPanel("founded")]),
            FieldPanel("topics"),
            FieldRowPanel([FieldPanel("languages"), FieldPanel("markets")]),
        ],
        base_form_class=OwnPartnerForm,
    )


class MembershipViewSet(OwnRowsViewSet):
    model = Membership
    icon = "link"
    menu_label = gettext_lazy("Memberships")
    menu_order = 300
    list_display = ["user", "company", WAITING_SINCE, "confirmed_on"]
    list_filter = ["company__home_partner"]
    related = ("user", "company")
    edit_handler = ObjectList([FieldPanel("user"), FieldPanel("company")], base_form_class=MembershipForm)

    @staticmethod
    def question(row: Membership) -> str:
        names = {"user": row.user, "company": row.company}
        return _("Does this account belong to the company? %(user)s – %(company)s") % names

    @staticmethod
    def decision_label(row: Membership) -> str | None:
        return None if row.confirmed_on else _("Confirm the membership")

    @staticmethod
    def decide(row: Membership, user: User) -> str:
        confirm(row, user)
        return _("The membership is confirmed.")


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "home"
    menu_label = gettext_lazy("Partners")
    menu_order = 400
    copy_view_enabled = False
    list_display = ["short_name", "place", "is_lead"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
            MultiFieldPanel(
                [FieldPanel(f"name_{code}", heading=name) for code, name in settings.LANGUAGES],
                heading=gettext_lazy("Name"),
            ),
            MultiFieldPanel(
                [FieldPanel(f"description_{code}", heading=name) for code, name in settings.LANGUAGES],
                heading=gettext_lazy("What the partner does"),
            ),
            FieldRowPanel([FieldPanel("place"), FieldPanel("website")]),
            FieldPanel("email"),
            FieldPanel("is_lead"),
        ],
        base_form_class=organisation_form(),
    )


class CoordinatorViewSet(ModelViewSet):
    model = Coordinator
    icon = "user"
    menu_label = gettext_lazy("Coordinators")
    menu_order = 500
    copy_view_enabled = False
    list_display = ["user", Column("organisation", label=gettext_lazy("Partner"))]
    edit_handler = ObjectList([FieldPanel("user"), FieldPanel("organisation")])


class PlaceChooserViewSet(ChooserViewSet):
    """Places in every form that has one, events among them: nobody scrolls through hundreds of options."""

    model = Place
    icon = "globe"
    choose_one_text = gettext_lazy("Choose a place")
    choose_another_text = gettext_lazy("Choose another place")
    permission_policy = ModelPermissionPolicy(Place)
    base_widget_class = PlaceWidget
    choose_view_class = ChoosePlaceView
    choose_results_view_class = PlaceResultsView
    chosen_view_class = PlaceChosenView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without adding places and without choosing several."""
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<int:pk>/", self.chosen_view, name="chosen"),
        ]


class MembersGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Members")
    menu_icon = "group"
    menu_order = 500
    items = (PersonViewSet, CompanyViewSet, MembershipViewSet, OrganisationViewSet, CoordinatorViewSet)


@hooks.register("register_admin_viewset")
def places() -> PlaceChooserViewSet:
    return PlaceChooserViewSet("place_chooser")


@hooks.register("register_admin_viewset")
def members() -> MembersGroup:
    return MembersGroup()


@hooks.register("register_log_actions")
def decisions(actions: LogActionRegistry) -> None:
    """The decisions of coordinators in the history of a row."""
    actions.register_action("members.verify", gettext_lazy("Verify"), gettext_lazy("Verified"))
    actions.register_action(
        "members.withdraw", gettext_lazy("Withdraw the verification"), gettext_lazy("Verification withdrawn")
    )
    actions.register_action("members.confirm", gettext_lazy("Confirm"), gettext_lazy("Confirmed"))
