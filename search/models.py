"""What can be found, how rare its terms are, and what has to be read again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    terms = models.TextField(editable=False)
    indexed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("findable page")
        verbose_name_plural = _("findable pages")
        constraints = [
            models.UniqueConstraint(fields=["object_key", "kind", "locale"], name="document_once_per_tree")
        ]

    def __str__(self) -> str:
        return self.title


class TermCount(models.Model):
    """How many documents of a language hold a lexeme: the rarity that the ranking needs; "" counts the documents."""

    pk = models.CompositePrimaryKey("language", "lexeme")
    language = models.CharField(max_length=10)
    lexeme = models.CharField(max_length=120)
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("term count")
        verbose_name_plural = _("term counts")

    def __str__(self) -> str:
        return f"{self.language} {self.lexeme}: {self.documents}"


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
