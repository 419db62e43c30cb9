"""The admin's views of facts: everybody works on the rows of their own partner."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Case, Model, Q, QuerySet, When
from django.forms import RadioSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core.views.lists import Counted
from portal.members.models import Membership
from portal.members.rules import partner_of


class HomePartnerPolicy(ModelPermissionPolicy):
    """Coordinators may change the rows of their own partner, administrators all; see `portal.members.rules`."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return user.has_perm(self._get_permission_name(action), instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        if user.is_active and user.is_superuser:
            return rows
        path = "company__home_partner" if self.model is Membership else "home_partner"
        return rows.filter(**{path: partner_of(user)})


class OwnRow(PermissionCheckedMixin):
    """A view of one row; a row of another partner answers 404, as if it were not there."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        row = super().get_object(*args, **kwargs)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", row):
            raise Http404
        return row


def decided_on(model: type[Model]) -> str:
    """The field that holds the day on which a coordinator vouched for a row; empty while it waits."""
    return "confirmed_on" if model is Membership else "verified_on"


class StateFilterSet(WagtailFilterSet):
    """Rows that wait for a decision, or those that have one."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("waiting", _("Waits for a decision")), ("decided", _("Decided"))],
        empty_label=_("All"),
        widget=RadioSelect,
        method="in_state",
    )

    def in_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        """`rows` in the state that was chosen."""
        return rows.filter(**{f"{decided_on(rows.model)}__isnull": state == "waiting"})


class OwnRowsIndexView(generic.IndexView):
    paginator_class = Counted
    base_filterset_class = StateFilterSet
    #: without the name of what is added, which many languages would have to inflect
    add_item_label = _("Add")
    #: what the columns show of other tables
    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet:
        rows = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return rows.select_related(*self.related)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """What waits stands first, the longest first, unless the reader wants another order."""
        if self.ordering:
            return super().order_queryset(queryset)
        waits = Q(**{f"{decided_on(self.model)}__isnull": True})
        by_name = self.model._meta.ordering or ["pk"]
        since = Case(When(waits, then="created_at"))
        return queryset.order_by(since.asc(nulls_last=True), *by_name, "pk")


class OwnRowEditView(OwnRow, generic.EditView):
    decide_url_name: str = ""
    #: the name of the decision about a row that is open, given by the viewset
    decision_label: Callable[[Model], str | None] | None = None

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The decision that waits for a coordinator, if one does."""
        label = self.decision_label(self.object) if self.decision_label else None
        url = reverse(self.decide_url_name, args=[self.object.pk])
        return [HeaderButton(label, url=url, icon_name="check")] if label else []


class OwnRowDeleteView(OwnRow, generic.DeleteView):
    pass


class OwnRowHistoryView(OwnRow, history.HistoryView):
    pass


class OwnRowUsageView(OwnRow, UsageView):
    pass


class DecideView(OwnRow, WagtailAdminTemplateMixin, DetailView):
    """Asks once more, then does what the button said."""

    template_name = "members/admin/decide.html"
    permission_required = "change"
    page_title = _("Your decision")
    edit_url_name: str = ""
    #: what is asked, what the button says and what it does; given by the viewset
    question: Callable[[Model], str] = str
    decision_label: Callable[[Model], str | None] = str
    decide: Any = None

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.all()

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list:
        """None: the header names the decision and whom it is about."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": self.question(self.object),
            "label": self.decision_label(self.object),
            "back": reverse(self.edit_url_name, args=[self.object.pk]),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_object()
        messages.success(request, self.decide(row, request.user))
        return redirect(self.edit_url_name, row.pk)
