"""What the search adds to the admin: the report of searches without result."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.models import EmptySearch
from search.views.reports import EmptySearchesView, GapsPolicy


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    report = EmptySearchesView
    return [
        path("reports/empty-searches/", report.as_view(), name="empty_searches"),
        path(
            "reports/empty-searches/results/",
            report.as_view(results_only=True),
            name="empty_searches_results",
        ),
    ]


class ReportMenuItem(MenuItem):
    """Shows for those who may read the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return GapsPolicy(EmptySearch).user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def menu_item() -> ReportMenuItem:
    label = gettext_lazy("Searches without result")
    return ReportMenuItem(
        label, reverse("empty_searches"), name="empty-searches", icon_name="search", order=300
    )
