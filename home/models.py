"""The first page, and pages that stand alone."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from knowledge.models import CaseStudyPage, EventPage, GuidePage
from portal.core.blocks import BodyBlock
from portal.core.models import BasePage
from portal.topics.domain.shown import with_topics
from portal.topics.models import TopicalPage


class HomePage(TopicalPage):
    """Where everybody begins. Its topics are those that the page offers beside the search box."""

    heading = models.CharField(_("heading"), max_length=120)
    intro = models.TextField(_("introduction"), max_length=300)
    knowledge_heading = models.CharField(_("heading"), max_length=80, blank=True)
    knowledge_text = models.TextField(_("text"), max_length=250, blank=True)
    mentoring_heading = models.CharField(_("heading"), max_length=80, blank=True)
    mentoring_text = models.TextField(_("text"), max_length=250, blank=True)
    companies_heading = models.CharField(_("heading"), max_length=80, blank=True)
    companies_text = models.TextField(_("text"), max_length=250, blank=True)

    content_panels = [
        *TopicalPage.content_panels,
        FieldPanel("heading"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("knowledge_heading"), FieldPanel("knowledge_text")], heading=_("Door: knowledge")
        ),
        MultiFieldPanel(
            [FieldPanel("mentoring_heading"), FieldPanel("mentoring_text")], heading=_("Door: mentoring")
        ),
        MultiFieldPanel(
            [FieldPanel("companies_heading"), FieldPanel("companies_text")], heading=_("Door: companies")
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        guides = GuidePage.objects.beside(self).own_words_first().for_cards()
        studies = CaseStudyPage.objects.beside(self).newest().for_cards()
        return {
            **super().get_context(request, *args, **kwargs),
            "articles": with_topics([*guides[:2], *studies[:1]]),
            "events": EventPage.objects.beside(self).coming().for_cards()[:2],
        }


class StandardPage(BasePage):
    """A page that stands alone: about the project, legal notes, how things work."""

    kind = "page"
    kind_label = _("Page")

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"))
    in_footer = models.BooleanField(_("in the footer"), default=False)

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, FieldPanel("in_footer")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
