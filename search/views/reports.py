"""Searches without result, for those who see to it that there is something next time."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.members.rules import partner_of
from portal.topics.models import Region
from search.domain.vocabulary import read_vocabulary
from search.models import EmptySearch

#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

HEADINGS = {
    "words": gettext_lazy("Words"),
    "language": gettext_lazy("Language"),
    "topic": gettext_lazy("Topic"),
    "region": gettext_lazy("Region"),
    "times": gettext_lazy("How often"),
    "days": gettext_lazy("On how many days"),
    "last": gettext_lazy("Last on"),
}


class GapsPolicy(ModelPermissionPolicy):
    """Coordinators and administrators read; nobody adds, edits or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.is_active and (user.is_superuser or partner_of(user) is not None)


def safe_cell(value: str) -> str:
    """`value` so that no spreadsheet calculates it."""
    return f"'{value}" if value.startswith(FORMULA) else value


class EmptySearchesView(ReportView):
    """What was asked often enough that it cannot say who asked, the most frequent first."""

    model = EmptySearch
    permission_policy = GapsPolicy(EmptySearch)
    any_permission_required = ["view"]
    index_url_name = "empty_searches"
    index_results_url_name = "empty_searches_results"
    page_title = gettext_lazy("Searches without result")
    header_icon = "search"
    is_searchable = False
    default_ordering = None
    columns = [
        DateColumn(name, label=label) if name == "last" else Column(name, label=label)
        for name, label in HEADINGS.items()
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    export_filename = "searches-without-result"
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: safe_cell, ReportView.FORMAT_XLSX: safe_cell},
    }

    def get_queryset(self) -> QuerySet[Any, dict[str, Any]]:
        return EmptySearch.objects.summed_up()

    def get_table(self, object_list: Any) -> Any:
        """See Wagtail; what stands in the table is what a spreadsheet holds."""
        return super().get_table(self.decorate_paginated_queryset(object_list))

    def decorate_paginated_queryset(self, rows: Any) -> list[dict[str, Any]]:
        """Topics and regions by their names."""
        languages = {code: str(name) for code, name in settings.LANGUAGES}
        return [
            {
                **row,
                "language": languages.get(row["language"], row["language"]),
                "topic": self.topics.get(row["topic"], row["topic"]),
                "region": self.regions.get(row["region"], row["region"]),
            }
            for row in rows
        ]

    @cached_property
    def topics(self) -> dict[str, str]:
        """Labels by slug, in the language of whoever reads."""
        language = get_language() or settings.LANGUAGE_CODE
        return {slug: topic.label_in(language) for slug, topic in read_vocabulary().topics.items()}

    @cached_property
    def regions(self) -> dict[str, str]:
        """Names by code."""
        return {region.code: region.label for region in Region.objects.all()}
