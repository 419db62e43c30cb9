"""Pages of every type, published below the index page of their language.

`GuidePageFactory(language="cs", translation_of=guide, topics=["opc-ua"])`
"""

import datetime as dt

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale

from home.models import HomePage, StandardPage
from knowledge.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    NewsIndexPage,
    NewsPage,
)
from matching.models import CompanyIndexPage, CompanyPage
from mentoring.models import DirectoryPage, ExpertPage, MentorPage
from portal.core.enums import SpokenLanguage
from tests.factories.people import CompanyFactory, PersonFactory, known_topics

#: what a body is made of when a test does not care
BODY = [{"type": "text", "value": "<p>Ein Absatz, den niemand sucht.</p>"}]


class BelowIndexFactory(wagtail_factories.PageFactory):
    """A published page in the tree of `language`; `index` names the type of its parent."""

    class Meta:
        abstract = True
        exclude = ["index", "language"]

    index = HomePage
    language = "de"
    translation_of = None

    title = factory.Sequence(lambda n: f"Seite {n}")
    parent = factory.LazyAttribute(lambda o: o.index.objects.get(locale__language_code=o.language))
    locale = factory.LazyAttribute(lambda o: Locale.objects.get(language_code=o.language))
    live = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        translation_of = kwargs.pop("translation_of")
        if translation_of is not None:
            kwargs["translation_key"] = translation_of.translation_key
        return kwargs


class TopicalPageFactory(BelowIndexFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        if create and extracted:
            self.topics.set(known_topics(extracted))
            self.save()


class ArticlePageFactory(TopicalPageFactory):
    class Meta:
        abstract = True

    summary = "Worum es geht, in einem Satz."
    body = BODY


class GuidePageFactory(ArticlePageFactory):
    class Meta:
        model = GuidePage

    index = GuideIndexPage
    title = factory.Sequence(lambda n: f"Anleitung {n}")


class CaseStudyPageFactory(ArticlePageFactory):
    class Meta:
        model = CaseStudyPage

    index = CaseStudyIndexPage
    country = "DE"


class NewsPageFactory(ArticlePageFactory):
    class Meta:
        model = NewsPage

    index = NewsIndexPage


class EventPageFactory(TopicalPageFactory):
    """An online workshop of two hours, in a week."""

    class Meta:
        model = EventPage

    index = EventIndexPage
    summary = "Worum es geht, in einem Satz."
    body = BODY
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=2))
    online = True
    spoken_languages = [SpokenLanguage.GERMAN, SpokenLanguage.CZECH]


class StandardPageFactory(BelowIndexFactory):
    class Meta:
        model = StandardPage

    body = BODY


class ProfilePageFactory(BelowIndexFactory):
    class Meta:
        abstract = True

    index = DirectoryPage
    person = factory.SubFactory(PersonFactory)
    title = factory.LazyAttribute(lambda o: o.person.full_name)
    headline = "Leiterin Instandhaltung"
    written_in = factory.LazyAttribute(lambda o: o.language)


class MentorPageFactory(ProfilePageFactory):
    class Meta:
        model = MentorPage


class ExpertPageFactory(ProfilePageFactory):
    class Meta:
        model = ExpertPage


class CompanyPageFactory(BelowIndexFactory):
    class Meta:
        model = CompanyPage

    index = CompanyIndexPage
    company = factory.SubFactory(CompanyFactory)
    title = factory.LazyAttribute(lambda o: o.company.name)
    written_in = factory.LazyAttribute(lambda o: o.language)
