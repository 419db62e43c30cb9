"""Who helps: the pages of mentors and experts, and the directory that lists them."""

from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from matching.models import CompanyPage
from mentoring.models.requests import Invitation
from portal.contributions.models import ContributedPage
from portal.core.models import IndexPage
from portal.members.models import Person


class DirectoryPage(IndexPage):
    """All mentors and experts, with filters."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["mentoring.MentorPage", "mentoring.ExpertPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of mentors and experts")


class ProfilePage(ContributedPage):
    """What a person says about themselves, in one language; the facts stand in the Person row."""

    facts_field = "person"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("person")
    )
    headline = models.CharField(_("headline"), max_length=120, help_text=_("What you are, in one line."))
    about = models.TextField(_("about"), blank=True)
    help_with = models.TextField(_("what I help with"), blank=True, help_text=_("One per line."))
    references = models.TextField(_("references"), blank=True, help_text=_("One per line."))

    content_panels = [
        *ContributedPage.content_panels,
        FieldPanel("person"),
        FieldPanel("headline"),
        FieldPanel("about"),
        FieldPanel("help_with"),
        FieldPanel("references"),
    ]
    override_translatable_fields = [
        SynchronizedField("person", overridable=False),
        SynchronizedField("title", overridable=False),
        SynchronizedField("slug", overridable=False),
    ]
    parent_page_types = ["mentoring.DirectoryPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.person = person_with_facts(self.person_id, self.locale_id)
        return super().serve(request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        self.person = person_with_facts(self.person_id, self.locale_id)
        return super().serve_preview(request, mode_name)


class MentorPage(ProfilePage):
    """The profile of a mentor."""

    kind = "mentor"
    kind_label = pgettext_lazy("badge", "Mentoring")

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")


class ExpertPage(ProfilePage):
    """The profile of an expert."""

    kind = "expert"
    kind_label = pgettext_lazy("badge", "Expertise")

    services = models.TextField(_("services"), blank=True, help_text=_("One per line."))
    equipment = models.TextField(_("equipment and labs"), blank=True, help_text=_("One per line."))

    content_panels = [*ProfilePage.content_panels, FieldPanel("services"), FieldPanel("equipment")]

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")


def person_with_facts(person: int, locale: int) -> Person:
    """A person with everything that their pages in one language tree show, in three queries.

    `mentor_slug`, `expert_slug` and `company_slug` are the addresses of the pages about the person and their company
    that the public may see, None for those that there are not; `taken` is how many of their places are, `answers_within` how many
    days they usually take to answer.
    """
    in_tree = {"locale_id": locale}
    own = {"person": OuterRef("pk"), **in_tree}
    company = CompanyPage.objects.shown().filter(company=OuterRef("company"), **in_tree)
    return (
        Person.objects.select_related("place__region", "home_partner", "company", "photo")
        .prefetch_related("languages", "sectors")
        .annotate(
            mentor_slug=Subquery(MentorPage.objects.live().filter(**own).values("slug")[:1]),
            expert_slug=Subquery(ExpertPage.objects.live().filter(**own).values("slug")[:1]),
            company_slug=Subquery(company.values("slug")[:1]),
            taken=Invitation.objects.all().held_by(OuterRef("pk")),
            answers_within=F("answering_habit__days"),
        )
        .get(pk=person)
    )
