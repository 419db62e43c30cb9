"""Whatever keeps a translation off line can be translated: no passage is hidden from the side-by-side editor."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import StringSegment

from home.models import HomePage
from knowledge.models import GuideIndexPage
from portal.core.domain.markdown import body_from_markdown
from portal.core.models import BasePage
from portal.core.rules import missing_passages
from tests.editorial import begin_translation, publish
from tests.factories import pages
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

BODY = """
## Überschrift

Ein Absatz mit **fett** und [Verweis](https://example.org).

::: note Merke
Ein Hinweis.
:::
::: steps
### Erster Schritt
Anfangen.
:::
::: checklist Prüfen
- Strom
:::
::: faq
### Warum?
Darum.
:::
::: cta Los
page:events
Ein Satz.
:::

| Spalte |
|---|
| Zelle |

> Ein Zitat
> — Jemand
"""


def standing(page_class: type[BasePage]) -> BasePage:
    """A copy of a page of the site's frame, to be translated anew."""
    page = page_class.objects.get(locale__language_code="de")
    page.get_translations().delete()
    return page


def new(factory: type[pages.BelowIndexFactory]) -> BasePage:
    return factory(live=False)


PAGES = {
    factory._meta.model.__name__: (new, factory)
    for factory in [
        pages.GuidePageFactory,
        pages.CaseStudyPageFactory,
        pages.NewsPageFactory,
        pages.EventPageFactory,
        pages.StandardPageFactory,
        pages.MentorPageFactory,
        pages.ExpertPageFactory,
        pages.CompanyPageFactory,
    ]
} | {"HomePage": (standing, HomePage), "GuideIndexPage": (standing, GuideIndexPage)}


def filled(page: BasePage) -> BasePage:
    """`page` with words in every field that holds words."""
    for translatable in get_translatable_fields(type(page)):
        field = page._meta.get_field(translatable.field_name)
        if not isinstance(translatable, TranslatableField) or field.name == "slug":
            continue
        match field.get_internal_type():
            case "CharField" | "TextField":
                setattr(page, field.name, f"Wort für {field.name}")
            case "JSONField" if field.name == "body":
                page.body = body_from_markdown(BODY)
    return publish(page)


def shown(client: Client, page: Page) -> set[int]:
    """The passages that the side-by-side editor offers."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return {row["id"] for row in json.loads(response.context["props"])["segments"] if row["type"] == "string"}


@pytest.mark.parametrize("kind", PAGES)
def test_every_passage_of_every_kind_of_page_can_be_translated(kind: str, settings) -> None:
    settings.PORTAL_DEMO = True
    make, what = PAGES[kind]
    source = filled(make(what))
    page = source.get_translations().first() or begin_translation(source)
    client = Client()
    client.force_login(UserFactory(is_superuser=True))

    passages = StringSegment.objects.filter(source__object_id=source.translation_key)

    assert len(missing_passages(page.specific)) > 1
    assert shown(client, page) == set(passages.values_list("pk", flat=True))
