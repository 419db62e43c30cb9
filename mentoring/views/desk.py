"""The coordinator's desk in the admin: the list of requests, one request, and the page that asks once more."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from mentoring.domain import desk
from mentoring.domain.contacts import contact_of_asker
from mentoring.domain.gate import PASSED, TransitionNotAllowed, why_not_ready
from mentoring.enums import DeclineReason, Event, RequestState
from mentoring.models import Invitation, MentoringRequest, RankedMentor
from mentoring.rules import why_not
from mentoring.views.desk_actions import ACTIONS, Action
from portal.core.templatetags.portal_dates import day
from portal.core.views.lists import Counted
from portal.members.models import Membership, Organisation
from portal.members.rules import partner_of


class DeskPolicy(ModelPermissionPolicy):
    """Coordinators and administrators read; nobody adds, edits or deletes, for the gate alone writes states."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.is_active and (user.is_superuser or partner_of(user) is not None)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and not why_not(
            "mentoring.coordinate_request", user, instance
        )


class RequestFilterSet(WagtailFilterSet):
    """By state, partner, and what is late."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=[choice for choice in RequestState.choices if choice[0] != RequestState.DRAFT],
        widget=forms.CheckboxSelectMultiple,
    )
    company__home_partner = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Partner"), queryset=Organisation.objects.all()
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"),
        choices=[("yes", gettext_lazy("late"))],
        method="only_overdue",
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = MentoringRequest
        fields = ["state", "company__home_partner", "overdue"]

    def only_overdue(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """The rows whose time is up."""
        return desk.overdue(rows)


class DueColumn(Column):
    """When something is due; red once it is late."""

    cell_template_name = "mentoring/admin/due_cell.html"

    def get_cell_context_data(self, instance: MentoringRequest, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": desk.is_overdue(instance)}


def url_of(request: MentoringRequest) -> str:
    """The page of a request at the desk."""
    return reverse("mentoring_requests:detail", args=[request.key])


def topics_of(request: MentoringRequest) -> str:
    """The topics in the reader's language."""
    return ", ".join(topic.label for topic in request.topics.all())


def mentors_of(request: MentoringRequest) -> str:
    """Who has been asked, and who is named besides."""
    asked = {row.mentor_id: row.mentor.full_name for row in request.invitations.all()}
    named = {row.mentor_id: row.mentor.full_name for row in request.ranked.all()}
    return ", ".join((named | asked).values())


class RequestIndexView(generic.IndexView):
    """The requests of the coordinator's partner; what waits for the desk stands first."""

    paginator_class = Counted
    filterset_class = RequestFilterSet
    columns = [
        TitleColumn("company", label=gettext_lazy("Company"), get_url=url_of, sort_key="company__name"),
        Column("topics", label=gettext_lazy("Topics"), accessor=topics_of),
        StatusTagColumn(
            "get_state_display",
            label=gettext_lazy("State"),
            sort_key="state",
            primary=lambda request: request.state in desk.WAITS_FOR_DESK,
        ),
        Column(
            "state_since",
            label=gettext_lazy("Since"),
            sort_key="state_since",
            accessor=lambda request: day(request.state_since),
        ),
        DueColumn("deadline", label=gettext_lazy("Due"), sort_key="deadline"),
        Column("mentors", label=gettext_lazy("Mentors"), accessor=mentors_of),
    ]

    def get_base_queryset(self) -> QuerySet:
        rows: Any = desk.by_urgency(desk.requests_of(self.request.user)).select_related("company")
        return rows.prefetch_related(
            "topics__labels",
            Prefetch("ranked", RankedMentor.objects.select_related("mentor")),
            Prefetch("invitations", Invitation.objects.select_related("mentor")),
        )


class OneRequest(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A view of one request; one of another partner answers 404, as if it were not there."""

    any_permission_required = ["view"]
    header_icon = "clipboard-list"
    index_url_name = ""

    @cached_property
    def need(self) -> MentoringRequest:
        """The request (`request` is that of the browser)."""
        related = ("asker", "company__home_partner", "company__place__region", "company__sector")
        row = desk.requests_of(self.request.user).select_related(*related).filter(key=self.kwargs["key"])
        if found := row.first():
            return found
        raise Http404

    def get_page_subtitle(self) -> str:
        return str(self.need.company)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(self.index_url_name), "label": _("Mentoring requests")},
            {"url": url_of(self.need), "label": str(self.need.company)},
        ]


class RequestDetailView(OneRequest, DetailView):
    """Everything that a coordinator needs to decide, and the decisions that are open."""

    template_name = "mentoring/admin/request.html"
    page_title = gettext_lazy("Mentoring request")

    def get_object(self, queryset: QuerySet | None = None) -> MentoringRequest:
        return self.need

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                ACTIONS[event].label,
                url=reverse("mentoring_requests:act", args=[self.need.key, event]),
                icon_name=ACTIONS[event].icon,
                priority=place,
            )
            for place, event in enumerate(desk.events_for(self.need))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        need = self.need
        can_propose = desk.allows(need, Event.PROPOSE)
        language = get_language() or ""
        tree = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        less = self.request.GET.get("less", "")
        shortlist = desk.shortlist(need, tree, less) if can_propose else None
        return {
            **super().get_context_data(**kwargs),
            "need": need,
            "topics": topics_of(need),
            "languages": need._meta.get_field("languages").labels(need.languages or [need.language]),
            "contact": contact_of_asker(need),
            "membership": Membership.objects.filter(user=need.asker, company=need.company).first(),
            "is_overdue": desk.is_overdue(need),
            "ranked": need.ranked.select_related("mentor"),
            "invitations": need.invitations.select_related("mentor__user", "proposed_by"),
            "history": [_line(entry) for entry in desk.history_of(need)],
            "obstacle": why_not_ready(need) if can_propose else None,
            "can_propose": can_propose,
            "shortlist": shortlist,
            "suggestions": shortlist.people if shortlist else [],
        }


def _line(entry: Any) -> dict[str, Any]:
    """A step of the history, in words."""
    event, reason = entry.action.partition(".")[2], entry.details.get("reason")
    return {
        "at": entry.at,
        "by": entry.actor,
        "what": Event(event).label,
        "state": RequestState(entry.to_state).label,
        "reason": DeclineReason(reason).label if reason else "",
    }


class ActView(OneRequest, FormView):
    """Says what will follow, then makes the step; a refusal is shown, and what was written stays."""

    template_name = "mentoring/admin/act.html"

    @cached_property
    def event(self) -> Event:
        """What the address names."""
        if self.kwargs["event"] not in ACTIONS:
            raise Http404
        return Event(self.kwargs["event"])

    @property
    def action(self) -> type[Action]:
        """What the event does."""
        return ACTIONS[self.event]

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        last = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), last]

    def get_form_class(self) -> type[forms.Form]:
        return self.action.form

    def get_initial(self) -> dict[str, Any]:
        return {"mentor": self.request.GET.get("mentor")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "consequences": self.action.consequences(self.need, context["form"]),
            "label": self.action.label,
            "back": url_of(self.need),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A step that the request no longer allows is not offered."""
        if desk.allows(self.need, self.event):
            return super().get(request, *args, **kwargs)
        messages.error(request, PASSED[self.need.state])
        return redirect(url_of(self.need))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.action.act(self.need, self.request.user, form.cleaned_data)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            messages.error(self.request, str(refusal.args[0]))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, self.action.done)
        return redirect(url_of(self.need))
