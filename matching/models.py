"""Companies as readers see them."""

from typing import Any, Self

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from portal.contributions.models import ContributedPage, ContributedQuerySet
from portal.core.models import IndexPage
from portal.members.models import Company


class CompanyIndexPage(IndexPage):
    """All verified companies, with filters."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["matching.CompanyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of companies")


class CompanyQuerySet(ContributedQuerySet):
    """The words for pages of companies."""

    def for_cards(self) -> Self:
        """With what a card shows of the company, and without the long texts."""
        return self.select_related("company__place", "company__sector").defer("about", "offers", "seeks")


class CompanyPage(ContributedPage):
    """What a company says about itself, in one language; the facts stand in the Company row."""

    kind = "company"
    kind_label = _("Company")
    facts_field = "company"

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="company_pages", verbose_name=_("company")
    )
    tagline = models.CharField(_("in one line"), max_length=120, blank=True)
    about = models.TextField(_("about"), blank=True)
    offers = models.TextField(_("offers"), blank=True, help_text=_("One per line."))
    seeks = models.TextField(_("seeks"), blank=True, help_text=_("One per line."))

    objects = PageManager.from_queryset(CompanyQuerySet)()

    content_panels = [
        *ContributedPage.content_panels,
        FieldPanel("company"),
        FieldPanel("tagline"),
        FieldPanel("about"),
        FieldPanel("offers"),
        FieldPanel("seeks"),
    ]
    override_translatable_fields = [
        SynchronizedField("company", overridable=False),
        SynchronizedField("title", overridable=False),
        SynchronizedField("slug", overridable=False),
    ]
    parent_page_types = ["matching.CompanyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facts = Company.objects.select_related("place__region", "sector", "home_partner")
        self.company = facts.get(pk=self.company_id)
        return super().serve(request, *args, **kwargs)
