"""Companies as readers see them, and how much the parts of a match count."""

from dataclasses import fields
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from matching.rules import HALF, Weights
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


#: the weights as people enter them: in per cent of what covering all topics counts
WHOLE = 100
MOST_OTHERS = round(WHOLE * HALF)


def _weight(name: str, label: Any, help_text: Any = "") -> models.PositiveSmallIntegerField:
    """A part of `Weights` in per cent, as it is unless somebody changes it."""
    return models.PositiveSmallIntegerField(
        label,
        default=round(WHOLE * getattr(Weights(), name)),
        validators=[MaxValueValidator(WHOLE)],
        help_text=help_text,
    )


@register_setting(icon="sliders")
class MatchingWeights(BaseSiteSetting):
    """How much each part of a match counts, in per cent; pages read it with the vocabulary (`matching.domain.asked`)."""

    text = _weight(
        "text", _("similar words"), _("For the profile that is most similar to the words of the need.")
    )
    works_in = _weight("works_in", _("works in a common language"))
    understands = _weight("understands", _("understands a common language"))
    interpreted = _weight(
        "interpreted", _("no common language"), _("If the company is content with an interpreter.")
    )
    free = _weight("free", _("a free place"))
    reach = _weight("reach", _("can meet as wished"), _("On site the more, the nearer."))
    format = _weight("format", _("offers the format"))
    border = _weight("border", _("other side of the border"), _("Unless the company does not want it."))
    habit = _weight("habit", _("answers soon"), _("For whoever usually answers on the same day."))

    panels = [
        HelpPanel(template="matching/admin/about_weights.html"),
        MultiFieldPanel([FieldPanel("text")], heading=_("What somebody knows")),
        MultiFieldPanel(
            [FieldPanel(part.name) for part in fields(Weights) if part.name != "text"],
            heading=_("Whether the two can work together"),
        ),
    ]

    class Meta:
        verbose_name = _("weights of matching")
        verbose_name_plural = _("weights of matching")
        constraints = [
            models.CheckConstraint(
                condition=Q(interpreted__lte=F("understands"), understands__lte=F("works_in")),
                name="better_known_counts_more",
            ),
            models.CheckConstraint(
                condition=Q(text__lte=WHOLE, works_in__lte=WHOLE)
                & Q(
                    works_in__lt=MOST_OTHERS - F("free") - F("reach") - F("format") - F("border") - F("habit")
                ),
                name="knowledge_counts_most",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def weights(self) -> Weights:
        """What stands here, as the score takes it."""
        return Weights(**{part.name: getattr(self, part.name) / WHOLE for part in fields(Weights)})

    def clean(self) -> None:
        super().clean()
        if any(getattr(self, part.name) is None for part in fields(Weights)):
            return
        if not self.interpreted <= self.understands <= self.works_in:
            order = _("A language that is known better must not count less than one that is known less well.")
            raise ValidationError({"understands": order})
        if not self.weights.are_sound:
            most = _(
                "Together, the weights below “similar words” must stay below %(most)s: knowledge comes first. They are: %(sum)s"
            )
            raise ValidationError(most % {"most": MOST_OTHERS, "sum": round(WHOLE * self.weights.others)})
