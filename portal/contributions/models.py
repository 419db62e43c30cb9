"""Pages about a row of facts, written by the one whom they are about."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from portal.contributions.rules import looks_after
from portal.core.models import BasePage, PagePermissions
from portal.core.rules import NotReleasable, missing_passages, take_facts, translation_into, words_of
from portal.members.models import Organisation


class ContributedQuerySet(PageQuerySet):
    """The words for what the public may see of contributed pages."""

    def shown(self) -> Self:
        """Published pages whose facts a coordinator has verified."""
        return self.live().filter(**{f"{self.model.facts_field}__verified_on__isnull": False})

    def in_language(self, language: str) -> Self:
        """Pages in the tree of `language`."""
        return self.filter(locale__language_code=language)


class ContributedPage(BasePage):
    """A page that exists in both languages from the day it is published.

    Public only once a coordinator has verified the facts behind it, whatever the state of the page.
    All or nothing: until its translation is complete, the page in the other language shows the author's whole text.
    `written_in` names the language of the words that the page holds.
    """

    written_in = models.CharField(
        _("written in"), max_length=10, choices=settings.LANGUAGES, blank=True, editable=False
    )

    #: the field that names the row of facts, of which a partner verifies every one
    facts_field: ClassVar[str]

    objects = PageManager.from_queryset(ContributedQuerySet)()

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Whether the public may see the page."""
        return self.live and getattr(self, self.facts_field).verified_on is not None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_shown and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        words = "" if self.words_language == self.language else self.words_language
        return {**super().get_context(request, *args, **kwargs), "words_lang": words}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_shown else []

    @property
    def words_language(self) -> str:
        return self.written_in or self.language

    @property
    def home_partner(self) -> Organisation:
        """The partner whose coordinators review the page."""
        return getattr(self, self.facts_field).home_partner

    def permissions_for_user(self, user: Any) -> "ContributedPagePermissions":
        return ContributedPagePermissions(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        super().full_clean(*args, **kwargs)
        self.written_in = self.written_in or self.language

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live and self.words_language != self.language and self._has_own_words():
            self.written_in = self.language
        super().save(*args, **kwargs)

    def _has_own_words(self) -> bool:
        """Whether somebody has written this page anew after its translation was stopped."""
        if translation_into(self):
            return False
        same = type(self).objects.filter(translation_key=self.translation_key)
        author = same.filter(locale__language_code=self.written_in).first()
        return author is not None and words_of(author) != words_of(self)

    def released(self, translation: Translation) -> BasePage:
        author: ContributedPage = translation.source.get_source_instance()
        if not author.live:
            raise NotReleasable(gettext("First the page must be published in the language of its author."))
        if missing_passages(self):
            return self.with_words_of(author, translation)
        page = super().released(translation)
        page.written_in = page.language
        return page

    def with_words_of(self, author: "ContributedPage", translation: Translation) -> "ContributedPage":
        """This page, unsaved, with the whole text of `author` and the facts of its source."""
        for name in words_of(author):
            setattr(self, name, getattr(author, name))
        self.written_in = author.written_in
        take_facts(self, translation)
        return self


class ContributedPagePermissions(PagePermissions):
    """A coordinator publishes what the own partner looks after, and takes nothing else off line; editors and administrators
    decide about all."""

    def can_publish(self) -> bool:
        return super().can_publish() and looks_after(self.user, self.page)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and looks_after(self.user, self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and looks_after(self.user, self.page)


class ReviewTask(AbstractGroupApprovalTask):
    """Somebody of a group looks at a page before it goes live: at whole texts only, and coordinators at their own."""

    def get_actions(self, obj: BasePage, user: Any) -> list[tuple[str, str, bool]]:
        actions = super().get_actions(obj, user)
        if missing_passages(obj) or not looks_after(user, obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
