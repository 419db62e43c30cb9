"""The cast and the pages that tests are made with."""

import pytest
from django.contrib.auth import authenticate

from portal.core.models import BasePage
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

FACTORIES = [
    pages.GuidePageFactory,
    pages.CaseStudyPageFactory,
    pages.NewsPageFactory,
    pages.EventPageFactory,
    pages.StandardPageFactory,
    pages.MentorPageFactory,
    pages.ExpertPageFactory,
    pages.CompanyPageFactory,
]


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
def test_a_page_stands_live_in_the_tree_of_its_language_with_its_translation(factory):
    german = factory()
    czech = factory(language="cs", translation_of=german)
    assert (german.live, german.language, czech.language) == (True, "de", "cs")
    assert list(german.get_translations()) == [czech.page_ptr.specific]


def test_every_page_type_that_a_reader_can_find_has_a_factory():
    found = {
        subclass for subclass in every_subclass(BasePage) if subclass.kind and not subclass._meta.abstract
    }
    assert found == {factory._meta.model for factory in FACTORIES}


def test_topics_are_those_of_the_vocabulary():
    guide = pages.GuidePageFactory(topics=["opc-ua"])
    assert [topic.slug for topic in guide.topics.all()] == ["opc-ua"]


def test_a_user_signs_in_with_the_password_of_the_cast():
    user = people.UserFactory()
    assert authenticate(email=user.email, password=people.PASSWORD) == user


def every_subclass(cls: type) -> set[type]:
    return {found for child in cls.__subclasses__() for found in (child, *every_subclass(child))}
