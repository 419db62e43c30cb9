"""The coordinator's desk in Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from mentoring.domain.desk import waiting_for
from mentoring.models import MentoringRequest, Round
from mentoring.views.desk import ActView, DeskPolicy, RequestDetailView, RequestFilterSet, RequestIndexView
from mentoring.views.round_members import AddRoundView, EditRoundView
from mentoring.views.rounds import ChangeView, ChooseView, ConfirmView, RoundIndexView, RoundPolicy, RoundView
from mentoring.views.weights import TryWeightsView


class DeskViewSet(ModelViewSet):
    """Rows that only the domain writes, each on pages of its own."""

    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # the columns of the view stand for themselves
        return {**super().get_index_view_kwargs(**kwargs), "list_display": self.UNDEFINED}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: who coordinates is a rule, not a box to tick for a group."""
        return Permission.objects.none()

    def register_admin_url_finder(self) -> None:
        """Not at all: there is no page that edits a row as Wagtail does."""

    def _one(self, view_class: type[Any]) -> Any:
        return self.construct_view(
            view_class,
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("index"),
        )


class RequestViewSet(DeskViewSet):
    """Requests to read and to decide about; rows are neither added nor edited nor deleted here."""

    name = "mentoring_requests"
    model = MentoringRequest
    icon = "clipboard-list"
    menu_label = gettext_lazy("Mentoring requests")
    menu_order = 450
    index_view_class = RequestIndexView
    filterset_class = RequestFilterSet

    @property
    def permission_policy(self) -> DeskPolicy:
        return DeskPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<uuid:key>/", self._one(RequestDetailView), name="detail"),
            path("<uuid:key>/<slug:event>/", self._one(ActView), name="act"),
        ]


@hooks.register("register_admin_viewset")
def requests() -> RequestViewSet:
    return RequestViewSet()


@hooks.register("register_admin_urls")
def try_weights() -> list[URLPattern]:
    """Beside the setting of matching, whose requests it does not know."""
    return [path("matching/weights/", TryWeightsView.as_view(), name="matching_weights")]


class RoundViewSet(DeskViewSet):
    """Programme rounds: many requests and mentors at once."""

    name = "mentoring_rounds"
    model = Round
    icon = "group"
    menu_label = gettext_lazy("Matching rounds")
    menu_order = 451
    index_view_class = RoundIndexView

    @property
    def permission_policy(self) -> RoundPolicy:
        return RoundPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self._one(AddRoundView), name="add"),
            path("<uuid:key>/", self._one(RoundView), name="detail"),
            path("<uuid:key>/members/", self._one(EditRoundView), name="edit"),
            path("<uuid:key>/change/", self._one(ChangeView), name="change"),
            path("<uuid:key>/choose/<uuid:need>/", self._one(ChooseView), name="choose"),
            path("<uuid:key>/confirm/", self._one(ConfirmView), name="confirm"),
        ]


@hooks.register("register_admin_viewset")
def rounds() -> RoundViewSet:
    return RoundViewSet()


class WaitingPanel(Component):
    """What waits for the coordinator, on the first page of the admin."""

    name = "waiting"
    template_name = "mentoring/admin/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = waiting_for(parent_context["request"].user)
        lines = [
            (
                ngettext("%(n)s mentoring request", "%(n)s mentoring requests", found.requests),
                found.requests,
                "mentoring_requests:index",
            ),
            (ngettext("%(n)s company", "%(n)s companies", found.companies), found.companies, "company:index"),
            (
                ngettext("%(n)s membership", "%(n)s memberships", found.memberships),
                found.memberships,
                "membership:index",
            ),
        ]
        return {
            "lines": [
                {"text": text % {"n": number}, "number": number, "url": reverse(url)}
                for text, number, url in lines
            ],
            "title": _("Waiting for you"),
        }


@hooks.register("construct_homepage_panels")
def waiting(request: HttpRequest, panels: list[Component]) -> None:
    """For those who have a desk."""
    if DeskPolicy(MentoringRequest).user_has_permission(request.user, "view"):
        panels.append(WaitingPanel())
