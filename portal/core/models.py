"""What every page, picture and bilingual name of the portal has in common, and the log of what people decided."""

from functools import cache
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Locale, Page, PagePermissionTester, PageViewRestriction, Revision, Site
from wagtail_localize.models import Translation

from portal.core.addresses import address_of
from portal.core.rules import (
    IncompleteTranslation,
    NotReleasable,
    missing_passages,
    refuse_mixture,
    translation_into,
    with_passages,
)


@cache
def language_of_locale(locale_id: int) -> str:
    """The language code of a Locale; cached, for locales never change and every page asks."""
    return Locale.objects.values_list("language_code", flat=True).get(pk=locale_id)


class BasePage(Page):
    """The parent of every page type."""

    #: What the page is called in cards, search results and feeds; every type that a reader can find sets it.
    kind: ClassVar[str] = ""
    kind_label: ClassVar[str | Promise] = ""

    #: whether whoever found the page for this request has seen that nothing on the way to it is restricted
    is_known_public = False

    promote_panels = Page.promote_panels

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language of the tree that the page stands in."""
        return language_of_locale(self.locale_id)

    @property
    def words_language(self) -> str:
        """The language that the page's text is written in; not always the language of its tree."""
        return self.language

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str:
        """As Wagtail's, without its questions: see `address_of`; "" if the page has none. The portal is one site."""
        return address_of(self.url_path) or super().get_url(request, current_site) or ""

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """The restrictions of this page and of those above it, as Wagtail's, but in one query, or in none for a page
        that was found on a way without any."""
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        steps = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        here = models.Q(page__path__in=steps, page__alias_of=None) | models.Q(page__aliases__path__in=steps)
        return PageViewRestriction.objects.filter(here).distinct()

    def permissions_for_user(self, user: Any) -> "PagePermissions":
        return PagePermissions(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises IncompleteTranslation rather than show a mixture of languages in public: every way of going live, and
        of changing what is live, ends here."""
        refuse_mixture(self)
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publishes `revision`; of a translated page, the passages as they stand now, for an older revision may hold
        words of the source. Raises NotReleasable, but leaves a scheduled page waiting until it is complete."""
        if translation := translation_into(self):
            try:
                page = self.released(translation)
            except NotReleasable:
                if kwargs.get("log_action") == "wagtail.publish.scheduled":
                    return
                raise
            revision = page.save_revision(user=user, log_action=False)
        super().publish(revision, user=user, **kwargs)

    def released(self, translation: Translation) -> "BasePage":
        """This page, unsaved, as its `translation` may go live now. Raises NotReleasable."""
        if gaps := missing_passages(self):
            raise IncompleteTranslation(self, gaps)
        return with_passages(translation)


class PagePermissions(PagePermissionTester):
    """Who may change pages but not add any, as translators do, deletes none either."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or "add" in self.permissions)


class IndexPage(BasePage):
    """A page that lists its children."""

    intro = models.TextField(_("introduction"), blank=True, max_length=500)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True


class PortalImage(AbstractImage):
    """A picture with the two things that every picture here must name."""

    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made the picture, as it should be printed.")
    )
    licence = models.CharField(
        _("licence"), max_length=100, help_text=_("For example CC BY 4.0, or “used with permission”.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_once_per_filter"
            )
        ]


def every_language(value: dict[str, str]) -> None:
    """Refuses a mapping that lacks a name in one of the portal's languages."""
    missing = [str(label) for code, label in settings.LANGUAGES if not value.get(code)]
    if missing:
        raise ValidationError(
            _("A name is missing in: %(languages)s"), params={"languages": ", ".join(missing)}
        )


class NamedInLanguages(models.Model):
    """A fact whose name differs between the languages: {"de": "Sachsen", "cs": "Sasko"}."""

    names = models.JSONField(_("names"), default=dict, validators=[every_language])

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.name_in(get_language() or settings.LANGUAGE_CODE)

    def name_in(self, language: str) -> str:
        """The name in `language`, or in the portal's first language for any other (the admin knows English)."""
        return self.names.get(language) or self.names.get(settings.LANGUAGE_CODE, "")

    def clean(self) -> None:
        super().clean()
        self.names = {code: str(name).strip() for code, name in self.names.items()}


class AuditEntry(models.Model):
    """One step of a workflow: who did what with which row, when. Written in the transaction of the step, never changed.

    The entry is also the event that people are told of: its key makes the mails about it recognisable.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    #: None: the portal itself
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    #: what happened, as "<kind of row>.<event>"
    action = models.CharField(_("action"), max_length=60)
    #: the row, as "<kind of row>:<key>"
    subject = models.CharField(_("about"), max_length=80, db_index=True)
    from_state = models.CharField(_("from"), max_length=20, blank=True)
    to_state = models.CharField(_("to"), max_length=20, blank=True)
    #: codes and keys, never words that somebody wrote
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"
