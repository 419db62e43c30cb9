"""Components: what a template may ask for, and what it gets."""

import datetime

import pytest
import time_machine
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from portal.ui.components import registry

LANGUAGES = ["de", "cs"]
#: a longer word than a telephone shows on one line
LONG_WORD = 25


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


class TestWhatATemplateMayAskFor:
    def test_a_component_with_declared_attributes_is_drawn(self):
        assert draw('{% ui "chip" label="NIS2" %}').strip() == '<span class="chip">NIS2</span>'

    def test_an_unknown_component_names_those_that_exist(self):
        with pytest.raises(TemplateSyntaxError, match=r"No component 'chop'; there are: .*card, chip"):
            draw('{% ui "chop" label="NIS2" %}')

    def test_an_unknown_attribute_names_those_that_are_declared(self):
        with pytest.raises(TemplateSyntaxError, match="no attribute text; declared are: label, url, style"):
            draw('{% ui "chip" label="NIS2" text="NIS2" %}')

    def test_a_missing_attribute_is_an_error(self):
        with pytest.raises(TemplateSyntaxError, match="label"):
            draw('{% ui "chip" url="/de/" %}')

    def test_only_named_attributes_are_taken(self):
        with pytest.raises(TemplateSyntaxError, match="attribute=value"):
            draw('{% ui "chip" label %}')

    def test_a_component_sees_nothing_of_the_page_around_it(self):
        assert "Zwickau" not in draw('{% ui "card" title="T" url="/" %}', meta="Zwickau", text="Zwickau")

    def test_what_people_wrote_is_escaped(self):
        drawn = draw('{% ui "card" title=words url="/" text=words %}', words="<script>alert(1)</script>")
        assert "<script>" not in drawn
        assert drawn.count("&lt;script&gt;") == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(registry))
class TestEveryComponent:
    def test_has_samples_that_can_be_drawn(self, key, language):
        with translation.override(language):
            drawn = [sample.render_html() for sample in registry[key].samples(language)]
        assert drawn
        assert all("<" in html for html in drawn)

    def test_says_what_it_is_for(self, key, language):
        assert not registry[key].__doc__.startswith(registry[key].__name__ + "(")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["card", "event_card", "person_card", "section_head", "contents"])
def test_what_carries_titles_is_shown_with_a_long_word(key, language):
    words = " ".join(str(sample) for sample in registry[key].samples(language)).replace("'", " ").split()
    assert max(len(word) for word in words) >= LONG_WORD


class TestPassagesInTheOtherLanguage:
    def test_a_card_names_the_language_of_its_words_and_not_of_its_facts(self):
        drawn = draw(
            '{% ui "card" title="Méně zmetků" url="/cs/" text="Jak na to" lang="cs" meta="Fallstudie" %}'
        )
        assert '<h3 class="name" lang="cs"><a href="/cs/" hreflang="cs">' in drawn
        assert '<p lang="cs">Jak na to</p>' in drawn
        assert '<p class="meta">Fallstudie</p>' in drawn

    def test_a_headline_names_its_language(self):
        drawn = draw(
            '{% ui "person_card" name="Jana" url="/" initials="J" headline="Analytička" headline_lang="cs" %}'
        )
        assert '<p class="meta" lang="cs">Analytička</p>' in drawn


class TestSide:
    @pytest.mark.parametrize(("language", "name"), [("de", "Tschechien"), ("cs", "Česko")])
    def test_the_letters_of_a_country_are_read_as_its_name(self, language, name):
        with translation.override(language):
            drawn = draw('{% ui "side" country="CZ" %}')
        assert '<span aria-hidden="true">CZ</span>' in drawn
        assert f'<span class="visually-hidden">({name})</span>' in drawn


class TestPartnerMap:
    @pytest.mark.parametrize(("language", "town"), [("de", "Dresden"), ("cs", "Drážďany")])
    def test_calls_towns_as_the_reader_does(self, language, town):
        with translation.override(language):
            assert draw('{% ui "partner_map" %}').count(town) == 2


class TestPagination:
    page = Paginator(range(100), 10).page(2)

    def test_keeps_the_filters_from_page_to_page(self):
        drawn = draw(
            '{% ui "pagination" page_obj=page query=query %}',
            page=self.page,
            query=QueryDict("q=nis2&topic=a&topic=b&page=2"),
        )
        assert 'href="?q=nis2&amp;topic=a&amp;topic=b&amp;page=3" rel="next"' in drawn
        assert 'href="?q=nis2&amp;topic=a&amp;topic=b" rel="prev"' in drawn

    def test_marks_the_page_that_is_shown(self):
        drawn = draw('{% ui "pagination" page_obj=page %}', page=self.page)
        assert drawn.count('aria-current="page"') == 1

    def test_is_not_drawn_for_a_single_page(self):
        assert draw('{% ui "pagination" page_obj=page %}', page=Paginator([1], 10).page(1)).strip() == ""


class TestEventCard:
    @pytest.mark.parametrize(("language", "month"), [("de", "Jan."), ("cs", "led")])
    def test_shows_the_local_day(self, language, month):
        late = datetime.datetime(2027, 1, 13, 23, 30, tzinfo=datetime.UTC)
        with translation.override(language), time_machine.travel("2027-01-02"):
            drawn = draw('{% ui "event_card" title="T" url="/" starts_at=at %}', at=late)
        assert f"<b>14.</b> {month}</time>" in drawn

    def test_says_the_year_when_it_is_another(self):
        with time_machine.travel("2026-11-23"):
            drawn = draw(
                '{% ui "event_card" title="T" url="/" starts_at=at %}',
                at=datetime.datetime(2027, 1, 14, 9, tzinfo=datetime.UTC),
            )
        assert '<span class="year">2027</span>' in drawn
