"""The outbox in the admin: what happened to each mail, for administrators. The words, and the links in them, are not shown."""

from typing import Any, cast

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.models import User
from portal.core.views.lists import Counted
from portal.notifications.domain.outbox import can_send_again, send_again
from portal.notifications.enums import MailState
from portal.notifications.models import Mail


class OutboxPolicy(ModelPermissionPolicy):
    """Administrators look; nobody adds, edits or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.is_active and user.is_superuser


def url_of(mail: Mail) -> str:
    """The page of a mail in the admin."""
    return reverse("mails_sent:detail", args=[mail.pk])


class MailIndexView(generic.IndexView):
    """All mails, the newest first."""

    paginator_class = Counted
    columns = [
        TitleColumn("to", label=gettext_lazy("To"), get_url=url_of, sort_key="to"),
        Column("subject", label=gettext_lazy("Subject")),
        StatusTagColumn(
            "get_state_display",
            label=gettext_lazy("State"),
            sort_key="state",
            primary=lambda mail: mail.state in (MailState.REFUSED, MailState.GIVEN_UP),
        ),
        DateColumn("created_at", label=gettext_lazy("Written on"), sort_key="created_at"),
        DateColumn("sent_at", label=gettext_lazy("Sent on"), sort_key="sent_at"),
    ]


class MailView(PermissionCheckedMixin, WagtailAdminTemplateMixin, DetailView):
    """One mail: what the server said, and another try once the address or the server has been put right."""

    model = Mail
    template_name = "notifications/admin/mail.html"
    any_permission_required = ["view"]
    page_title = gettext_lazy("Mail")
    header_icon = "mail"
    index_url_name = ""

    def get_page_subtitle(self) -> str:
        return self.object.to

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(self.index_url_name), "label": _("Mails")},
            {"url": url_of(self.object), "label": self.object.to},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "mail": self.object,
            "can_send_again": can_send_again(self.object),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Queues the mail once more, if that makes sense."""
        mail = self.get_object()
        if send_again(mail, cast(User, request.user)):
            messages.success(request, _("The mail goes out again."))
        return redirect(url_of(mail))


class MailViewSet(ModelViewSet):
    """Mails to look at."""

    name = "mails_sent"
    model = Mail
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    menu_order = 900
    add_to_settings_menu = True
    index_view_class = MailIndexView
    list_filter = ["state"]
    search_fields = ["to"]
    copy_view_enabled = False
    add_to_reference_index = False

    @property
    def permission_policy(self) -> OutboxPolicy:
        return OutboxPolicy(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # the columns of the view stand for themselves
        return {**super().get_index_view_kwargs(**kwargs), "list_display": self.UNDEFINED}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: only administrators look at mails."""
        return Permission.objects.none()

    def register_admin_url_finder(self) -> None:
        """Not at all: there is no page that edits a mail."""

    def get_urlpatterns(self) -> list[URLPattern]:
        one = self.construct_view(
            MailView, permission_policy=self.permission_policy, index_url_name=self.get_url_name("index")
        )
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", one, name="detail"),
        ]


@hooks.register("register_admin_viewset")
def mails() -> MailViewSet:
    """The outbox."""
    return MailViewSet()
