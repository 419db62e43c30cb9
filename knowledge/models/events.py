"""Events: what happens, when and where."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from knowledge.enums import EventKind
from knowledge.models.querysets import EventQuerySet
from portal.core.blocks import BodyBlock
from portal.core.enums import SpokenLanguage
from portal.core.fields import ChoiceListField
from portal.members.models import Organisation
from portal.topics.domain.shown import shown_topics
from portal.topics.models import Place, TopicalPage


class EventPage(TopicalPage):
    """A workshop, a training or a network meeting."""

    kind = "event"
    kind_label = _("Event")

    summary = models.TextField(
        _("summary"), max_length=300, help_text=_("One or two sentences for lists and search.")
    )
    format = models.CharField(_("kind"), max_length=16, choices=EventKind.choices, default=EventKind.WORKSHOP)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    venue = models.CharField(
        _("venue"), max_length=200, blank=True, help_text=_("Building, street and number.")
    )
    online = models.BooleanField(_("online"), default=False)
    spoken_languages = ChoiceListField(_("languages"), of=SpokenLanguage)
    interpreting = models.BooleanField(_("with interpreting"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    registration_deadline = models.DateTimeField(_("register until"), null=True, blank=True)
    institution = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("organiser"),
    )
    recording = models.URLField(_("recording"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *TopicalPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place"),
                FieldPanel("venue"),
                FieldPanel("online"),
                FieldPanel("spoken_languages"),
                FieldPanel("interpreting"),
                FieldPanel("seats"),
                FieldPanel("registration_deadline"),
                FieldPanel("institution"),
                FieldPanel("recording"),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
    ]
    override_translatable_fields = [SynchronizedField("spoken_languages")]
    parent_page_types = ["knowledge.EventIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The event must end after it begins.")})
        if not self.place_id and not self.online:
            raise ValidationError({"place": _("Name a place, or tick that the event is online.")})

    @property
    def is_past(self) -> bool:
        """Whether the event is over."""
        return self.ends_at < timezone.now()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        topics = [topic.slug for topic in shown_topics(self)]
        others = EventPage.objects.beside(self).coming().about(topics).exclude(pk=self.pk)
        return {
            **super().get_context(request, *args, **kwargs),
            "events": others.for_cards()[:2],
            "place": Place.objects.select_related("region").filter(pk=self.place_id).first(),
        }
