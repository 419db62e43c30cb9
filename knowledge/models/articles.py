"""Guides, case studies and news: what editors write."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from knowledge.enums import Level
from knowledge.models.events import EventPage
from knowledge.models.querysets import ArticleQuerySet, CaseStudyQuerySet, GuideQuerySet
from portal.core.blocks import BodyBlock
from portal.core.domain.words import words_of
from portal.core.enums import Country
from portal.members.models import Company, Organisation
from portal.topics.domain.shown import shown_topics
from portal.topics.models import Sector, TopicalPage

#: German prose without dialogue, read with understanding: 179 words (Trauzettel-Klosinski and Dietz 2012, IReST)
WORDS_PER_MINUTE = 180


class ArticlePage(TopicalPage):
    """A text with topics, a date and an institution that answers for it."""

    summary = models.TextField(
        _("summary"), max_length=300, help_text=_("One or two sentences for lists and search.")
    )
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    author = models.CharField(_("author"), max_length=150, blank=True)
    institution = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("institution"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))
    reading_minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1, editable=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    facts_panels = [FieldPanel("published_on"), FieldPanel("author"), FieldPanel("institution")]
    content_panels = [*TopicalPage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("author"), SynchronizedField("published_on")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # a list shows the minutes of many articles without reading their texts
        self.reading_minutes = max(1, round(len(words_of(self.body).split()) / WORDS_PER_MINUTE))
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = [topic.slug for topic in shown_topics(self)]
        related = GuidePage.objects.beside(self).related_to(self).for_cards()[:3]
        return {
            **super().get_context(request, *args, **kwargs),
            "related": related,
            "events": EventPage.objects.beside(self).coming().about(topics).for_cards()[:2],
        }


class GuidePage(ArticlePage):
    """How to do something."""

    kind = "guide"
    kind_label = _("Guide")

    level = models.CharField(
        pgettext_lazy("guide", "level"), max_length=12, choices=Level.choices, default=Level.BEGINNER
    )
    minutes_needed = models.PositiveSmallIntegerField(
        _("minutes to carry it out"), null=True, blank=True, help_text=_("Not the time to read it.")
    )
    sectors = ParentalManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("sectors"))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("Where an imported text comes from.")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    is_machine_translated = models.BooleanField(_("machine translated"), default=False)
    # what an imported page was made from, so that a second run changes only what has changed
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(GuideQuerySet)()

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

    value = blocks.CharBlock(label=pgettext_lazy("number", "Figure"), max_length=20)
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

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        company = Company.objects.select_related("place").filter(pk=self.company_id).first()
        return {**super().get_context(request, *args, **kwargs), "company": company}


class NewsPage(ArticlePage):
    """Something that happened."""

    kind = "news"
    kind_label = _("News")

    content_panels = [
        *ArticlePage.content_panels,
        MultiFieldPanel(ArticlePage.facts_panels, heading=_("Facts")),
    ]
    parent_page_types = ["knowledge.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
