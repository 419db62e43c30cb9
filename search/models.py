"""What can be found, how rare its terms are, what has to be read again, and what nobody found."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.fields import FoldedWordsField


class SearchDocument(models.Model):
    """One page as a reader of one tree finds it. Written by an engine only, from what a mapper made of the page.

    `topics` is a list of slugs in the row itself: facets and filters are counted over the rows of the hits, which are read
    anyway, and a slug never changes. `terms` are the lexemes of `engines.scoring`, each once, separated by blanks; the
    full-text index of the database is made of them (`schema`).
    """

    source = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.CharField(max_length=64)
    locale = models.CharField(_("tree"), max_length=10, choices=settings.LANGUAGES)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    url = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    region = models.CharField(_("region"), max_length=5, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    level = models.CharField(_("level"), max_length=12, blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    title_words = FoldedWordsField("title")
    terms = models.TextField(editable=False)
    indexed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("findable page")
        verbose_name_plural = _("findable pages")
        constraints = [
            models.UniqueConstraint(fields=["object_key", "kind", "locale"], name="document_once_per_tree")
        ]
        # everything that suggestions look at while somebody types: the rows themselves are long
        indexes = [models.Index(fields=["locale", "title_words", "starts_at"], name="document_title_words")]

    def __str__(self) -> str:
        return self.title


class DocumentFrequency(models.Model):
    """How many documents of a language hold a term: the rarity that the ranking needs.

    `key` is the field and the term, a lexeme of `engines.scoring` without its level; each level has a column of its own. One
    row for all levels, because a search asks for hundreds of terms at once.
    """

    pk = models.CompositePrimaryKey("language", "key")
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=120)
    level_0 = models.IntegerField(default=0)
    level_1 = models.IntegerField(default=0)
    level_2 = models.IntegerField(default=0)
    level_3 = models.IntegerField(default=0)
    level_4 = models.IntegerField(default=0)
    level_5 = models.IntegerField(default=0)
    level_6 = models.IntegerField(default=0)
    level_7 = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("document frequency")
        verbose_name_plural = _("document frequencies")

    def __str__(self) -> str:
        return f"{self.language} {self.key}"


#: the columns of DocumentFrequency that count, by level
LEVEL_COLUMNS = [field.name for field in DocumentFrequency._meta.fields if field.name.startswith("level_")]


class IndexVersion(models.Model):
    """One row, renewed in every transaction that changes the index: as long as it is the same, what was read of the index is.

    By chance and not by counting, so that no two databases, nor two times of one that was restored, have the same.
    """

    version = models.UUIDField(default=uuid4)

    class Meta:
        verbose_name = _("version of the index")
        verbose_name_plural = _("version of the index")

    def __str__(self) -> str:
        return str(self.version)

    @staticmethod
    def renew() -> None:
        """Called in the transaction that changes the index; one query."""
        IndexVersion.objects.bulk_create(
            [IndexVersion(pk=1)], update_conflicts=True, unique_fields=["pk"], update_fields=["version"]
        )


class Unmirrored(models.Model):
    """A change that an index outside of the database does not know of yet: a row of SearchDocument that came or went.

    Written in the transaction of the change, by an engine that needs it, and never altered: whoever has told the index deletes
    what it has read, and a change that came meanwhile stays.
    """

    document = models.BigIntegerField()
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("change to mirror")
        verbose_name_plural = _("changes to mirror")

    def __str__(self) -> str:
        return f"{self.language} {self.document}"


class IndexJob(models.Model):
    """A row to read again, written in the transaction that changed it: one per row, however often it changes.

    `source` names it as "app.model:key". A job that fails stays, with its error, and is tried again later.
    """

    source = models.CharField(max_length=100, unique=True)
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")

    def __str__(self) -> str:
        return self.source


class EmptySearchQuerySet(models.QuerySet["EmptySearch"]):
    #: What was asked less often might say who asked.
    LEAST_TIMES = 3
    LEAST_DAYS = 2

    def summed_up(self) -> models.QuerySet[Any, dict[str, Any]]:
        """What may be read of it, most frequent first: {"language", "words", "topic", "region", "times", "days", "last"}.

        Only what was asked at least LEAST_TIMES times in all, on at least LEAST_DAYS days.
        """
        rows = self.values("language", "words", "topic", "region")
        counts = {"times": Sum("number"), "days": Count("day", distinct=True), "last": Max("day")}
        often = {"times__gte": self.LEAST_TIMES, "days__gte": self.LEAST_DAYS}
        return (
            rows.annotate(**counts).filter(**often).order_by("-times", "words", "language", "topic", "region")
        )


class EmptySearch(models.Model):
    """How often on one day nothing was found for the same words: what readers look for and the portal lacks.

    It holds no account, address, session or time of day. `words` are folded and in their order; `topic` (slug) and `region`
    (code) are those that the words named or the reader chose, if there was one.
    """

    day = models.DateField(_("day"), db_index=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.CharField(_("words"), max_length=60)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=5, blank=True)
    number = models.PositiveIntegerField(_("times"), default=0)

    objects = EmptySearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "words", "topic", "region"], name="empty_search_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.words


class WordTranslation(models.Model):
    """A stem, and a stem of another language that means the same; `weight` is its share of the meaning, 0 to 1.

    Learned from the portal's own translations, all anew each time.
    """

    language = models.CharField(max_length=10)
    term = models.CharField(max_length=120)
    other_language = models.CharField(max_length=10)
    other = models.CharField(max_length=120)
    weight = models.FloatField()

    class Meta:
        verbose_name = _("learned translation")
        verbose_name_plural = _("learned translations")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "term", "other_language", "other"], name="translation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.term}: {self.other_language} {self.other}"


class KnownWordQuerySet(models.QuerySet["KnownWord"]):
    def near(self, folded: str, slips: int) -> Self:
        """Words of nearly the same length that begin or end with the same two letters: what a word with `slips` may be meant for."""
        ends = models.Q(beginning=folded[:2]) | models.Q(ending=folded[-2:])
        return self.filter(ends, length__range=(len(folded) - slips, len(folded) + slips))


class KnownWord(models.Model):
    """A word that documents or topics use, as it is usually written, with its stem; collected anew each time."""

    language = models.CharField(max_length=10)
    folded = models.CharField(max_length=64)
    written = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)
    beginning = models.CharField(max_length=2)
    ending = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    documents = models.IntegerField()

    objects = KnownWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language"], name="known_word_once_per_language")
        ]
        indexes = [
            models.Index(fields=["stem"], name="known_word_stem"),
            models.Index(fields=["beginning", "length"], name="known_word_beginning"),
            models.Index(fields=["ending", "length"], name="known_word_ending"),
        ]

    def __str__(self) -> str:
        return self.written
