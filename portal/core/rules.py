"""What may stand on a page in public: words of one language, never a mixture of two.

A page that wagtail-localize translates is put together from a source page and the translator's passages; where a passage
is missing, the words of the source stand in. These functions tell whether that is so. They read and change nothing.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import ngettext
from modelcluster.fields import ParentalManyToManyField
from taggit.managers import TaggableManager
from wagtail.coreutils import find_available_slug
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields
from wagtail_localize.models import SegmentOverride, StringSegment, Translation

if TYPE_CHECKING:
    from portal.core.models import BasePage

#: the field of a page's address
ADDRESS = "slug"


class NotReleasable(ValidationError):
    """The words of a page must not go live as they are; the message says why, to an editor."""

    def __init__(self, reason: str) -> None:
        # as a mapping, for wagtail-localize asks every error which field it belongs to
        super().__init__({NON_FIELD_ERRORS: [reason]})
        self.reason = reason


class IncompleteTranslation(NotReleasable):
    """Passages are missing: `paths` names them ("title", "body.<block>")."""

    def __init__(self, page: "BasePage", paths: list[str]) -> None:
        self.paths = paths
        fields = Counter(path.split(".")[0] for path in paths)
        names = [f"{page._meta.get_field(name).verbose_name} ({count})" for name, count in fields.items()]
        super().__init__(
            ngettext(
                "%(count)d passage is not translated yet: %(fields)s. The translation goes live as a whole.",
                "%(count)d passages are not translated yet: %(fields)s. The translation goes live as a whole.",
                len(paths),
            )
            % {"count": len(paths), "fields": ", ".join(names)}
        )


def translation_into(page: "BasePage") -> Translation | None:
    """The translation whose result `page` is; None for a page that was written here, or whose translation was stopped."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .first()
    )


def missing_passages(page: "BasePage") -> list[str]:
    """The passages of `page` that still stand in the language of its source, in reading order.

    As of the last look at the source: a publication of the source looks again (domain/translations.py). A passage whose
    translation was refused, because a field cannot hold it, is missing too. The address is no passage: it follows the
    title unless the translator writes one.
    """
    return [path for path in untranslated(page) if path != ADDRESS]


def untranslated(page: "BasePage") -> list[str]:
    """What wagtail-localize has of the source of `page` and nobody has translated; with the address."""
    segments = StringSegment.objects.filter(
        source__object_id=page.translation_key,
        source__translations__target_locale_id=page.locale_id,
        source__translations__enabled=True,
    )
    gaps = segments.annotate_translation(page.locale_id).filter(translation__isnull=True)
    return list(gaps.order_by("order", "pk").values_list("context__path", flat=True))


def words_of(page: "BasePage") -> dict[str, Any]:
    """The text of `page` by field: everything that a translator writes anew."""
    names = [f.field_name for f in get_translatable_fields(type(page)) if isinstance(f, TranslatableField)]
    fields = [page._meta.get_field(name) for name in names]
    return {
        f.name: f.get_prep_value(f.value_from_object(page)) for f in fields if isinstance(f, models.Field)
    }


def with_passages(translation: Translation) -> "BasePage":
    """The translated page as its passages stand now, with the facts of its source; not saved.

    What is not translated stands in the source's language: ask missing_passages() first.
    """
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    if ADDRESS in untranslated(page):
        stored = type(page)._base_manager.get(pk=page.pk)
        # readers and search engines know the address of a page that is live
        page.slug = stored.slug if stored.live else page.title
    take_facts(page, translation)
    return page


def take_facts(page: "BasePage", translation: Translation) -> None:
    """Copies onto `page`, which is not saved, what its source says in no language: dates, places, topics, sectors.

    A fact that the translator has set otherwise for this language (another picture, another link) stays.
    """
    source = translation.source.as_instance()
    own = set(
        SegmentOverride.objects.filter(
            context__object_id=page.translation_key, locale_id=page.locale_id
        ).values_list("context__path", flat=True)
    )
    for fact in facts(type(page)):
        if fact.field_name not in own:
            copy_fact(source, page, fact.get_field(type(page)))
    page.slug = find_available_slug(page.get_parent(), slugify(page.slug), ignore_page_id=page.pk)


def facts(page_class: type["BasePage"]) -> list[SynchronizedField]:
    """The fields of `page_class` that are the same in every language."""
    fields = [f for f in get_translatable_fields(page_class) if isinstance(f, SynchronizedField)]
    # topics stand in rows of their own, which are among the fields too
    return [f for f in fields if not isinstance(f.get_field(page_class), TaggableManager)]


def copy_fact(source: "BasePage", page: "BasePage", field: Any) -> None:
    """Sets one fact of `page` to that of `source`. wagtail-localize's own copy leaves a list alone once it is empty."""
    if isinstance(field, ParentalManyToManyField):
        getattr(page, field.name).set(getattr(source, field.name).all())
    elif field.one_to_many:
        source.copy_child_relation(field.name, page)
    else:
        setattr(page, field.attname, getattr(source, field.attname))


def facts_of(page: "BasePage") -> dict[str, Any]:
    """The facts of `page` by field, to compare with those of another."""
    content = page.serializable_data()
    found = {}
    for fact in facts(type(page)):
        field = fact.get_field(type(page))
        value = content[field.name]
        if field.one_to_many:
            identity = {field.related_model._meta.pk.name, field.field.name}
            value = sorted(str({k: v for k, v in row.items() if k not in identity}) for row in value)
        elif isinstance(field, ParentalManyToManyField):
            value = sorted(value)
        found[field.name] = value
    return found


def shows_source(page: "BasePage", source: "BasePage") -> bool:
    """Whether `page` says that it holds the words of `source`, and holds them all."""
    return page.words_language == source.words_language and words_of(page) == words_of(source)


def refuse_mixture(page: "BasePage") -> None:
    """Raises IncompleteTranslation where saving `page` would show a mixture of languages in public.

    A page that is live may be moved and may change its facts while passages are missing: its words stay the last
    complete ones.
    """
    translation = translation_into(page) if page.live else None
    if translation is None or not (gaps := missing_passages(page)):
        return
    stored = type(page)._base_manager.filter(pk=page.pk).first()
    if stored and stored.live and words_of(stored) == words_of(page):
        return
    if not shows_source(page, translation.source.get_source_instance()):
        raise IncompleteTranslation(page, gaps)
