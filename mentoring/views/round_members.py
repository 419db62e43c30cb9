"""Who takes part in a round: the page on which one is put together, and the one on which that is changed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring.domain import rounds
from mentoring.domain.gate import TransitionNotAllowed
from mentoring.domain.rounds import mentors_for, requests_for
from mentoring.forms.rounds import RESERVED, NarrowForm, RoundForm
from mentoring.models import MentoringRequest
from mentoring.views.rounds import Editable, url_of
from portal.members.models import Organisation, Person
from portal.members.rules import partner_of


class MembersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A form that lists who could take part: requests and mentors, each to tick."""

    template_name = "mentoring/rounds/members.html"
    form_class: Any = RoundForm

    @property
    def candidates(self) -> tuple[QuerySet[MentoringRequest], QuerySet[Person]]:
        """Who is listed."""
        raise NotImplementedError

    def act(self, form: RoundForm) -> Any:
        """Writes the round, and returns it."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        requests, mentors = self.candidates
        return {**super().get_form_kwargs(), "requests": requests, "mentors": mentors}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, (requests, mentors) = context["form"], self.candidates
        ticked = {name: set(map(str, form[name].value() or [])) for name in ("requests", "mentors")}
        asking: Any = requests.select_related("company__place")
        helping: Any = mentors.select_related("place", "home_partner")
        return {
            **context,
            "requests": [
                (row, _labels(row), str(row.pk) in ticked["requests"])
                for row in asking.prefetch_related("topics__labels")
            ],
            "mentors": [
                (row, _labels(row), str(row.pk) in ticked["mentors"], form[f"{RESERVED}{row.pk}"])
                for row in helping.prefetch_related("topics__labels")
            ],
        }

    def form_valid(self, form: RoundForm) -> HttpResponse:
        try:
            row = self.act(form)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            messages.error(self.request, str(refusal.args[0]))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return redirect(url_of(row))


class AddRoundView(MembersView):
    """A new round: everybody who could take part is ticked; a form above narrows who is listed."""

    any_permission_required = ["add"]
    header_icon = "group"
    index_url_name = ""
    page_title = gettext_lazy("New round")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(self.index_url_name), "label": _("Matching rounds")},
            {"url": "", "label": str(self.page_title)},
        ]

    @cached_property
    def narrow(self) -> NarrowForm:
        """What the reader has chosen to see."""
        user: Any = self.request.user
        form = NarrowForm(self.request.GET or None, chooses_partner=user.is_superuser)
        form.is_valid()
        return form

    @cached_property
    def partner(self) -> Organisation | None:
        """Whose round it is: the coordinator's own; an administrator chooses."""
        user: Any = self.request.user
        chosen = self._wish("partner")
        return chosen or Organisation.objects.filter(pk=partner_of(user) or 0).first()

    def _wish(self, name: str) -> Any:
        return getattr(self.narrow, "cleaned_data", {}).get(name)

    @property
    def candidates(self) -> tuple[QuerySet[MentoringRequest], QuerySet[Person]]:
        requests = requests_for(self.partner) if self.partner else MentoringRequest.objects.none()
        mentors = mentors_for()
        if topic := self._wish("topic"):
            requests = requests.filter(topics=topic)
        if topic := self._wish("mentor_topic"):
            mentors = mentors.filter(topics=topic)
        if partner := self._wish("mentor_partner"):
            mentors = mentors.filter(home_partner=partner)
        return requests, mentors

    def get_initial(self) -> dict[str, Any]:
        requests, mentors = self.candidates
        with_places = [person.pk for person in mentors if person.places > person.taken]  # type: ignore[attr-defined] # annotated
        return {"requests": list(requests.values_list("pk", flat=True)), "mentors": with_places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"narrow": self.narrow, "partner": self.partner, "back": reverse(self.index_url_name)}
        return {**super().get_context_data(**kwargs), **more}

    def act(self, form: RoundForm) -> Any:
        if self.partner is None:
            raise TransitionNotAllowed(_("Please choose first whose round it is."))
        data, by = form.cleaned_data, self.request.user
        requests = [row.pk for row in data["requests"]]
        row = rounds.create(data["name"], self.partner, by, requests, form.kept_back)  # type: ignore[arg-type] # signed in
        messages.success(self.request, _("The round is put together. Now it can be computed."))
        return row


class EditRoundView(Editable, MembersView):
    """Who takes part in a round; whoever could join is listed too."""

    page_title = gettext_lazy("Change who takes part")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.below(self.page_title)

    @property
    def candidates(self) -> tuple[QuerySet[MentoringRequest], QuerySet[Person]]:
        return requests_for(self.row.partner, self.row), mentors_for(self.row)

    def get_initial(self) -> dict[str, Any]:
        helping = dict(self.row.helping.values_list("mentor", "reserved"))
        return {
            "name": self.row.name,
            "version": self.row.version,
            "requests": list(self.row.asked.values_list("request", flat=True)),
            "mentors": list(helping),
            **{f"{RESERVED}{mentor}": reserved for mentor, reserved in helping.items() if reserved},
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back": url_of(self.row)}

    def act(self, form: RoundForm) -> Any:
        data = form.cleaned_data
        row = rounds.rearrange(
            self.row,
            self.by,
            data["version"] or 0,
            name=data["name"],
            requests=[request.pk for request in data["requests"]],
            mentors=form.kept_back,
        )
        messages.success(self.request, _("Changed. Please compute the proposal again."))
        return row


def _labels(row: Any) -> str:
    return ", ".join(topic.label for topic in row.topics.all())
