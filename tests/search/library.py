"""A few documents, as mappers would make them, and shorthands to index and to ask."""

from itertools import count
from typing import Any

from django.db import connection

from portal.topics.models import Topic
from search.domain import find
from search.domain.vocabulary import read_vocabulary
from search.engines import engine
from search.engines.base import Entry, Query, Results
from search.models import Unmirrored
from search.registry import DocumentData

_numbers = count(1)


def document(title: str = "", text: str = "", **facts: Any) -> DocumentData:
    """A German guide, unless `facts` say otherwise; an object of its own without `object_key`."""
    number = next(_numbers)
    language = facts.pop("language", "de")
    locale = facts.pop("locale", language)
    return DocumentData(
        **{
            "kind": "guide",
            "object_key": f"object-{number}",
            "locale": locale,
            "language": language,
            "url": f"/{locale}/{number}/",
            "title": title,
            "text": text,
            **facts,
        }
    )


#: What stands in every portal beside what one looks for.
SHELF = [
    document("Rechnungen elektronisch empfangen", "Seit 2025 müssen Betriebe E-Rechnungen annehmen können."),
    document("Passwörter, die halten", "Ein Passwortmanager kostet wenig und hilft sofort."),
    document("Ein Warenlager im Blick", "Bestände zählen, Inventur und Etiketten."),
    document("Messebesuch planen", "Stand, Termine und Nachbereitung."),
    document("Heslo do účetnictví", "Jak nastavit přístup a zálohu.", language="cs"),
    document("Sklad bez papíru", "Čtečky kódů a inventura.", language="cs"),
]


def source_of(data: DocumentData) -> str:
    return f"test.page:{data.object_key}-{data.kind}-{data.locale}"


def index(*documents: DocumentData) -> None:
    """Writes documents as the worker would, also to where a mirror stands."""
    vocabulary = read_vocabulary()
    engine().index(
        Entry(source_of(data), data, vocabulary.words_for(data.topics, data.language)) for data in documents
    )
    catch_up()


def forget(*documents: DocumentData) -> None:
    engine().delete(source_of(data) for data in documents)
    catch_up()


def forget_topics() -> None:
    """Empties the vocabulary. It goes unheard: each of a thousand rows would ask for something to be read again."""
    relations = Topic._meta.get_fields(include_hidden=True)
    links = {relation.related_model for relation in relations if relation.one_to_many} - {Topic}
    with connection.cursor() as cursor:
        for table in (*links, Topic):
            cursor.execute(f"DELETE FROM {table._meta.db_table}")


def catch_up() -> None:
    while engine().catch_up():
        pass
    assert not Unmirrored.objects.exists()


def ask(text: str, language: str = "de", **filters: Any) -> Results:
    """What the engine answers that is under test; no other may stand in for it."""
    results = find(Query(text=text, language=language, **filters))
    assert not results.is_fallback
    return results


def titles(text: str, language: str = "de", **filters: Any) -> list[str]:
    """The titles of the hits, best first."""
    return [hit.title for hit in ask(text, language, **filters).hits]
