"""Where weights are tried on real requests, before anybody changes the setting."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Site

from matching.models import MatchingWeights
from mentoring.domain.weighing import LOOKED_AT, PARTS, comparisons

#: the parts of a score as columns
COLUMNS = {
    "topics": gettext_lazy("Topics"),
    "text": gettext_lazy("Words"),
    "language": gettext_lazy("Language"),
    "free": gettext_lazy("Place"),
    "reach": gettext_lazy("Meeting"),
    "format": gettext_lazy("Format"),
    "border": gettext_lazy("Border"),
    "habit": gettext_lazy("Answers"),
}


class WeightsForm(forms.ModelForm):
    """The setting, to be tried and not saved: what is entered stands in the address."""

    class Meta:
        model = MatchingWeights
        exclude = ["site"]  # noqa: DJ006 - whatever the setting has


class TryWeightsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """For whoever may change the weights: the latest requests as they are ranked today, and as they would be."""

    template_name = "mentoring/admin/weights.html"
    page_title = gettext_lazy("Try weights")
    header_icon = "sliders"
    permission_policy = MatchingWeights.get_permission_policy()
    permission_required = "change"
    http_method_names = ["get", "head", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailsettings:edit", args=["matching", "matchingweights"])
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": _("Weights of matching")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = Site.objects.get(is_default_site=True)
        current = MatchingWeights.objects.filter(site=site).first() or MatchingWeights(site=site)
        is_tried = "text" in self.request.GET
        form = WeightsForm(self.request.GET if is_tried else None, instance=current)
        language = get_language() or ""
        tree = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        found = []
        if is_tried and form.is_valid():
            found = list(comparisons(self.request.user, form.instance.weights, tree))
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "is_tried": is_tried and form.is_valid(),
            "comparisons": found,
            "columns": [COLUMNS[part] for part in PARTS],
            "beyond": LOOKED_AT,
            "save_url": reverse("wagtailsettings:edit", args=["matching", "matchingweights", site.pk]),
        }
