"""The one vocabulary: topics with labels in each language (SKOS), sectors (NACE), regions (NUTS) and places."""

import unicodedata
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel

from portal.core.enums import Country
from portal.core.fields import PageTopicsManager
from portal.core.models import BasePage, NamedInLanguages


def fold(text: str) -> str:
    """`text` as people type it in a hurry: lower case, without diacritics, ß as ss."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


#: how German writes its letters in addresses; folding alone gives “kunstliche-intelligenz”
IN_ADDRESSES = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def address_of(label: str, language: str) -> str:
    """The slug of a topic page whose preferred label in `language` is `label`."""
    return slugify(fold(label.lower().translate(IN_ADDRESSES) if language == "de" else label))


class Topic(TagBase, ClusterableModel):
    """What content, people, companies and needs are about. `name` is an English label that the public never sees."""

    free_tagging = False
    broader = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
        verbose_name=_("broader topic"),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The preferred label in the language of the reader."""
        return self.label_in(get_language() or settings.LANGUAGE_CODE)

    def label_in(self, language: str) -> str:
        """The preferred label in `language`; reads the prefetched labels."""
        labels = {
            row.language: row.label for row in self.labels.all() if row.kind == TopicLabel.Kind.PREFERRED
        }
        return labels.get(language) or self.name

    def address_in(self, language: str) -> str:
        """The slug of the topic page in `language`; reads the prefetched labels."""
        slugs = {row.language: row.slug for row in self.labels.all() if row.kind == TopicLabel.Kind.PREFERRED}
        return slugs.get(language) or self.slug


class TopicLabel(models.Model):
    """A word for a topic in one language: the preferred one, or another that people use."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        ALTERNATIVE = "alternative", _("alternative")

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    label = models.CharField(_("label"), max_length=100)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices, default=Kind.PREFERRED)
    folded = models.CharField(max_length=100, db_index=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, blank=True, editable=False)

    class Meta:
        ordering = ["language", "-kind", "label"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "language"], condition=models.Q(kind="preferred"), name="one_preferred_label"
            ),
            models.UniqueConstraint(fields=["language", "folded"], name="label_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.label

    def derive(self) -> None:
        """Fills the columns that follow from the label; whoever writes in bulk calls it."""
        self.folded = fold(self.label)
        self.slug = address_of(self.label, self.language)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)


class TopicAddress(models.Model):
    """A former address of a topic page; it redirects to the one that the label gives today."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_addresses")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    slug = models.SlugField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="former_address_once_per_language")
        ]

    def __str__(self) -> str:
        return self.slug


class PageTopic(ItemBase):
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="page_items")
    content_object = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="page_topic_once")]


class TopicalPage(BasePage):
    """A page that carries topics of its own. It stands here because the foundation may not know the vocabulary."""

    topics = PageTopicsManager(through=PageTopic, blank=True, verbose_name=_("topics"))

    content_panels = [*BasePage.content_panels, FieldPanel("topics")]

    class Meta:
        abstract = True


class Sector(NamedInLanguages):
    """A section of the NACE Rev. 2 classification of economic activities."""

    code = models.CharField(_("NACE section"), max_length=1, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Region(NamedInLanguages):
    """A NUTS-3 region."""

    code = models.CharField(_("NUTS 3 code"), max_length=5, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    is_core = models.BooleanField(_("in the programme area"), default=False)

    class Meta:
        ordering = ["country", "code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Place(NamedInLanguages):
    """A town or village: `name` is what its inhabitants call it, `names` what each language writes today, `other_names` what
    people may still type (Aussig)."""

    name = models.CharField(_("name"), max_length=100, db_index=True)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    folded = models.CharField(max_length=100, db_index=True, editable=False)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="places", verbose_name=_("region")
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("inhabitants"), default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["name", "region", "latitude", "longitude"], name="place_once")
        ]

    @property
    def label_with_region(self) -> str:
        """The name as it tells two places apart that are called alike."""
        return f"{self.label}, {self.region.label}"

    def derive(self) -> None:
        """Fills `folded`, where “aussig” finds Ústí nad Labem too; whoever writes in bulk calls it."""
        self.folded = fold(" ".join(dict.fromkeys([self.name, *self.names.values(), *self.other_names])))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)
