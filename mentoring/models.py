"""Who helps: the pages of mentors and experts, and the directory that lists them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

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


class ProfileQuerySet(PageQuerySet):
    """The words for what the public may see of profiles."""

    def shown(self) -> Self:
        """Published pages of people whom a coordinator has verified."""
        return self.live().filter(person__verified_on__isnull=False)

    def in_language(self, language: str) -> Self:
        """Pages in the tree of `language`."""
        return self.filter(locale__language_code=language)


class ProfilePage(ContributedPage):
    """What a person says about themselves, in one language; the facts stand in the Person row.

    Public only once a coordinator has verified the person, whatever the state of the page.
    """

    card_template: ClassVar[str] = "mentoring/cards/profile.html"
    facts_field: ClassVar[str] = "person"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("person")
    )
    headline = models.CharField(_("headline"), max_length=120, help_text=_("What you are, in one line."))
    about = models.TextField(_("about"), blank=True)
    help_with = models.TextField(_("what I help with"), blank=True, help_text=_("One per line."))
    references = models.TextField(_("references"), blank=True, help_text=_("One per line."))

    objects = PageManager.from_queryset(ProfileQuerySet)()

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

    @property
    def is_shown(self) -> bool:
        """Whether the public may see the page."""
        return self.live and self.person.verified_on is not None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_shown:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_shown else []


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
