"""Guides, case studies and news: what editors write."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from knowledge.enums import Level
from portal.core.blocks import BodyBlock
from portal.core.enums import Country
from portal.members.models import Company, Organisation
from portal.topics.models import Sector, TopicalPage


class ArticlePage(TopicalPage):
    """A text with topics, a date and an institution that answers for it."""

    summary = models.TextField(_("summary"), max_length=300, help_text=_("One or two sentences for lists and search."))
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    author = models.CharField(_("author"), max_length=150, blank=True)
    institution = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("institution")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    facts_panels = [FieldPanel("published_on"), FieldPanel("author"), FieldPanel("institution")]
    content_panels = [*TopicalPage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("author"), SynchronizedField("published_on")]

    class Meta:
        abstract = True


class GuidePage(ArticlePage):
    """How to do something."""

    kind = "guide"
    kind_label = _("Guide")

    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.BEGINNER)
    minutes_needed = models.PositiveSmallIntegerField(
        _("minutes to carry it out"), null=True, blank=True, help_text=_("Not the time to read it.")
    )
    sectors = ParentalManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("sectors"))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True, help_text=_("Where an imported text comes from."))
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    is_machine_translated = models.BooleanField(_("machine translated"), default=False)
    import_key = models.CharField(max_length=100, blank=True, db_index=True, editable=False)

    content_panels = [
        *ArticlePage.content_panels,
        MultiFieldPanel(
            [
                *ArticlePage.facts_panels,
                FieldPanel("level"),
                FieldPanel("minutes_needed"),
                FieldPanel("sectors"),
                FieldPanel("reviewed_on"),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("licence"), FieldPanel("is_machine_translated")],
            heading=_("Origin"),
            classname="collapsed",
        ),
    ]
    override_translatable_fields = [
        *ArticlePage.override_translatable_fields,
        SynchronizedField("source"),
        SynchronizedField("licence"),
        SynchronizedField("sectors"),
    ]
    parent_page_types = ["knowledge.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")


class ResultBlock(blocks.StructBlock):
    """One figure that changed."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it measures"), max_length=80)

    class Meta:
        icon = "order"
        label = _("Result")


class CaseStudyPage(ArticlePage):
    """What a company did, and what came of it."""

    kind = "case_study"
    kind_label = _("Case study")

    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("company")
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    sectors = ParentalManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("sectors"))
    results = StreamField([("result", ResultBlock())], blank=True, verbose_name=_("results in figures"))

    content_panels = [
        *ArticlePage.content_panels,
        FieldPanel("results"),
        MultiFieldPanel(
            [*ArticlePage.facts_panels, FieldPanel("company"), FieldPanel("country"), FieldPanel("sectors")],
            heading=_("Facts"),
        ),
    ]
    override_translatable_fields = [*ArticlePage.override_translatable_fields, SynchronizedField("sectors")]
    parent_page_types = ["knowledge.CaseStudyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")


class NewsPage(ArticlePage):
    """Something that happened."""

    kind = "news"
    kind_label = _("News")

    content_panels = [*ArticlePage.content_panels, MultiFieldPanel(ArticlePage.facts_panels, heading=_("Facts"))]
    parent_page_types = ["knowledge.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
