"""Programme rounds in the admin: the list, one round with its proposal, and what is done with it."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from mentoring.domain import rounds
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.round_reading import choices_for, mentors_of, requests_of, summary_of
from mentoring.domain.workflow import DEADLINES
from mentoring.enums import EDITABLE_ROUNDS, WORKER_ROUNDS, RequestState, RoundState
from mentoring.forms.rounds import ChangeForm, ChooseForm, VersionForm
from mentoring.models import Round, RoundRequest
from portal.core.templatetags.portal_dates import day
from portal.core.views.lists import Counted
from portal.members.rules import partner_of

#: after so many seconds a page that waits for the worker is asked for again
REFRESH = 5


class RoundPolicy(ModelPermissionPolicy):
    """Coordinators and administrators make rounds and look at them; what is in one changes through its own pages alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        is_coordinator = user.is_active and (user.is_superuser or partner_of(user) is not None)
        return action in ("view", "add") and is_coordinator

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and (
            user.is_superuser or instance.partner_id == partner_of(user)
        )


def url_of(row: Round) -> str:
    """The page of a round."""
    return reverse("mentoring_rounds:detail", args=[row.key])


class RoundIndexView(generic.IndexView):
    """The rounds of the coordinator's partner, below a sentence about what a round is for."""

    paginator_class = Counted
    template_name = "mentoring/rounds/index.html"
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), get_url=url_of, sort_key="name"),
        Column("requests", label=gettext_lazy("Requests")),
        Column("proposed", label=gettext_lazy("Pairs")),
        StatusTagColumn(
            "get_state_display",
            label=gettext_lazy("State"),
            sort_key="state",
            primary=lambda row: row.state in EDITABLE_ROUNDS,
        ),
        Column(
            "state_since",
            label=gettext_lazy("Since"),
            sort_key="state_since",
            accessor=lambda row: day(row.state_since),
        ),
    ]

    def get_base_queryset(self) -> QuerySet:
        return Round.objects.visible_to(self.request.user).annotate(
            requests=Count("asked", distinct=True),
            proposed=Count("pairs", distinct=True, filter=Q(pairs__is_excluded=False)),
        )


class OneRound(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A view of one round; one of another partner answers 404, as if it were not there."""

    any_permission_required = ["view"]
    header_icon = "group"
    index_url_name = ""

    @cached_property
    def row(self) -> Round:
        """The round (`request` is that of the browser)."""
        rows = Round.objects.visible_to(self.request.user).select_related("partner")
        if found := rows.filter(key=self.kwargs["key"]).first():
            return found
        raise Http404

    @property
    def by(self) -> Any:
        """Who is signed in."""
        return self.request.user

    def get_page_subtitle(self) -> str:
        return self.row.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(self.index_url_name), "label": _("Matching rounds")},
            {"url": url_of(self.row), "label": self.row.name},
        ]

    def below(self, title: Any) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below that of the round."""
        return [*OneRound.get_breadcrumbs_items(self), {"url": "", "label": str(title)}]


class RoundView(OneRound, TemplateView):
    """The round as it stands: who takes part, what is proposed and why, and what became of it."""

    template_name = "mentoring/rounds/round.html"
    page_title = gettext_lazy("Matching round")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if self.row.state not in EDITABLE_ROUNDS:
            return []
        url = reverse("mentoring_rounds:edit", args=[self.row.key])
        return [HeaderButton(_("Change who takes part"), url=url, icon_name="edit")]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.row.state in WORKER_ROUNDS:
            # a header, for it needs no script and stands in nobody's way once the page no longer waits
            response.headers["Refresh"] = str(REFRESH)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        lines = requests_of(row)
        return {
            **super().get_context_data(**kwargs),
            "round": row,
            "lines": lines,
            "mentors": mentors_of(row),
            "summary": summary_of(row, lines),
            "dropped": row.pairs.filter(is_excluded=True).select_related("request__company", "mentor"),
            "is_editable": row.state in EDITABLE_ROUNDS,
            "is_waiting": row.state in WORKER_ROUNDS,
            "states": RoundState,
        }


class ChangeView(OneRound, View):
    """Does what a button of the round's page says, and leads back there; a refusal is told there."""

    DONE = {
        "compute": gettext_lazy("The proposal is being computed."),
        "stop": gettext_lazy("The computation was stopped."),
        "lock": gettext_lazy("The pair is locked: it stays whatever is computed."),
        "unlock": gettext_lazy("The pair is no longer locked."),
        "drop": gettext_lazy("The pair is dropped, and will not be proposed again in this round."),
        "allow": gettext_lazy("The pair may be proposed again."),
        "discard": gettext_lazy("The round is discarded."),
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row, form = self.row, ChangeForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This is not possible here yet."))
            return redirect(url_of(row))
        (action, pair), version = form.cleaned_data["action"], form.cleaned_data["version"]
        try:
            self.act(action, pair, version)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            messages.error(request, str(refusal.args[0]))
            return redirect(url_of(row))
        messages.success(request, self.DONE[action])
        return redirect(reverse(self.index_url_name) if action == "discard" else url_of(row))

    def act(self, action: str, pair: int, version: int) -> None:
        """Makes the change."""
        row, by = self.row, self.by
        match action:
            case "compute" | "stop" | "discard":
                getattr(rounds, action)(row, by, version)
            case "lock" | "unlock":
                rounds.lock(row, pair, by, version, is_locked=action == "lock")
            case _:
                getattr(rounds, action)(row, pair, by, version)


class Editable(OneRound):
    """A page that changes a round: not offered in other states than `states`."""

    states: Collection[RoundState] = EDITABLE_ROUNDS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leads back to the round if it can no longer be changed."""
        if self.row.state in self.states:
            return super().get(request, *args, **kwargs)
        messages.error(request, rounds.MEANWHILE)
        return redirect(url_of(self.row))


class StepView(Editable, FormView):
    """A page of its own about one change; a refusal is shown on it."""

    page_title: Any = ""
    done: Any = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.below(self.page_title)

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.row.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "round": self.row, "back": url_of(self.row)}

    def act(self, data: dict[str, Any]) -> None:
        """Makes the change."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            messages.error(self.request, str(refusal.args[0]))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, self.done)
        return redirect(url_of(self.row))


class ChooseView(StepView):
    """Another mentor for one request, by hand: all mentors of the round, the best first."""

    template_name = "mentoring/rounds/choose.html"
    form_class = ChooseForm
    page_title = gettext_lazy("Choose a mentor")
    done = gettext_lazy("The pair is made and locked.")

    @cached_property
    def asked(self) -> RoundRequest:
        """The request in the round."""
        related = ("request__company__place", "request__asker")
        rows = self.row.asked.select_related(*related).filter(request__key=self.kwargs["need"])
        if found := rows.first():
            return found
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "need": self.asked.request,
            "choices": choices_for(self.row, self.asked.request, tree()),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, rounds.NOT_IN_ROUND)
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def act(self, data: dict[str, Any]) -> None:
        rounds.choose(self.row, self.asked.request, data["mentor"], self.by, data["version"])


class ConfirmView(StepView):
    """Says what will follow, then has the invitations sent."""

    template_name = "mentoring/rounds/confirm.html"
    form_class = VersionForm
    page_title = gettext_lazy("Confirm and invite")
    states = (RoundState.PROPOSED,)
    done = gettext_lazy("The invitations go out now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = requests_of(self.row)
        due = DEADLINES[RequestState.OFFERED].ends()
        return {
            **super().get_context_data(**kwargs),
            "lines": [line for line in lines if line.pair and not line.warning],
            "doubtful": [line for line in lines if line.pair and line.warning],
            "alone": [line for line in lines if not line.pair],
            "due": due,
        }

    def act(self, data: dict[str, Any]) -> None:
        rounds.confirm(self.row, self.by, data["version"])


def tree() -> str:
    """The tree of pages whose profiles the reader meets."""
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
