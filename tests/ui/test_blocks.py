"""The building blocks of a page's text, as readers get them."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from home.domain.site import section
from portal.core.blocks import BodyBlock, player_of, sections
from portal.core.models import PortalImage

LANGUAGES = ["de", "cs"]
BLOCKS = sorted(BodyBlock().child_blocks)


def body(*blocks: tuple[str, object]):
    return BodyBlock().to_python([{"type": kind, "value": value} for kind, value in blocks])


def draw(*blocks: tuple[str, object]) -> str:
    return BodyBlock().render(body(*blocks))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BLOCKS)
class TestEveryBlock:
    def test_shows_editors_an_example_in_their_language(self, name, language):
        block = BodyBlock().child_blocks[name]
        with translation.override(language):
            example, html = block.get_preview_value(), block.render(block.get_preview_value())
        assert block.is_previewable
        assert example
        # a picture and a document come from the installation, and this one has none
        assert bool(html.strip()) == (name not in {"figure", "download"})

    def test_is_explained(self, name, language):
        assert BodyBlock().child_blocks[name].get_description()


def test_every_example_differs_between_the_languages():
    def examples(language):
        with translation.override(language):
            return {
                name: BodyBlock().child_blocks[name].example()
                for name in ["text", "heading", "quote", "code"]
            }

    assert all(examples("de")[name] != examples("cs")[name] for name in examples("de"))


class TestHeadings:
    def test_can_be_linked_to_by_their_words(self):
        assert '<h2 id="grosse-und-masse">Größe und Maße</h2>' in draw(
            ("heading", {"text": "Größe und Maße", "level": "2"})
        )

    def test_never_share_an_id_with_another_or_with_the_layout(self):
        same = ("heading", {"text": "Main", "level": "2"})
        assert [section["id"] for section in sections(body(same, same, same))] == [
            "main-2",
            "main-3",
            "main-4",
        ]

    def test_without_a_latin_letter_still_have_an_id(self):
        assert [s["id"] for s in sections(body(("heading", {"text": "???", "level": "2"})))] == ["section"]

    def test_of_the_first_level_make_up_the_contents(self):
        page = body(
            ("heading", {"text": "Vorher", "level": "2"}),
            ("text", "<p>Ein Absatz</p>"),
            ("heading", {"text": "Genauer", "level": "3"}),
            ("heading", {"text": "Nachher", "level": "2"}),
        )
        drawn = Template(
            '{% load ui %}{% body_sections body as items %}{% ui "contents" items=items %}'
        ).render(Context({"body": page}))
        assert '<a href="#vorher">Vorher</a>' in drawn
        assert '<a href="#nachher">Nachher</a>' in drawn
        assert "genauer" not in drawn


class TestVideo:
    value = {"url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "title": "Ein Sensor", "transcript": ""}

    def test_loads_nothing_from_another_host_before_the_reader_asks(self):
        drawn = draw(("video", self.value))
        assert "<iframe" not in drawn
        assert "<img" not in drawn
        assert 'src="http' not in drawn

    def test_is_a_plain_link_without_script(self):
        assert '<a class="video-link" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in draw(
            ("video", self.value)
        )

    @pytest.mark.parametrize(
        ("url", "player"),
        [
            (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1",
            ),
            ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
            (
                "https://m.youtube.com/shorts/dQw4w9WgXcQ/",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1",
            ),
            ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
            ("https://example.org/video/1", ""),
            ("https://www.youtube.com/watch?v=%22%3E%3Cscript%3E", ""),
            ("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ", ""),
        ],
    )
    def test_stands_in_a_frame_only_for_hosts_we_know(self, url, player):
        assert player_of(url) == player


class TestCallToAction:
    block = BodyBlock().child_blocks["call_to_action"]

    def clean(self, url: str):
        return self.block.clean(self.block.to_python({"text": "", "label": "Los", "page": None, "url": url}))

    @pytest.mark.parametrize(
        "url", ["https://example.org", "/de/mentoring/", "mailto:info@example.org", "#unten"]
    )
    def test_leads_where_a_reader_can_go(self, url):
        assert self.clean(url)["url"] == url

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "example.org"]
    )
    def test_refuses_what_could_run_or_leads_nowhere(self, url):
        with pytest.raises(ValidationError):
            self.clean(url)

    @pytest.mark.django_db
    def test_leads_to_a_page_wherever_that_stands_now(self):
        page = section("events")["cs"]
        value = {"text": "", "label": "Akce", "page": page.pk, "url": ""}
        assert f'href="{page.url}"' in draw(("call_to_action", value))

    def test_is_left_out_when_it_leads_nowhere(self):
        assert "button" not in draw(("call_to_action", {"text": "", "label": "Los", "page": None, "url": ""}))


class TestTable:
    value = {
        "data": [["Posten", "Preis"], ["Sensor", "480 €"], ["Gateway", None]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "Was es kostet",
    }

    def test_names_itself_and_its_rows_and_columns(self):
        drawn = draw(("table", self.value))
        assert "<caption>Was es kostet</caption>" in drawn
        assert drawn.count('scope="col"') == 2
        assert drawn.count('scope="row"') == 2
        assert "None" not in drawn

    def test_can_be_scrolled_by_keyboard(self):
        assert '<div class="table" tabindex="0" role="group" aria-label="Was es kostet">' in draw(
            ("table", self.value)
        )


@pytest.mark.django_db
def test_a_picture_is_described_credited_and_small(picture):
    drawn = draw(("figure", {"image": picture.pk, "alternative": "Ein Sensor", "caption": "Am Kabel"}))
    assert 'alt="Ein Sensor"' in drawn
    assert 'loading="lazy"' in drawn
    assert "480w" in drawn
    assert ".webp" in drawn
    assert "Am Kabel" in drawn
    assert "Bild: Jana Nováková, CC BY 4.0" in drawn


@pytest.fixture
def picture(db):
    from wagtail.images.tests.utils import get_test_image_file

    return PortalImage.objects.create(
        title="Sensor",
        file=get_test_image_file(size=(1600, 900)),
        credit="Jana Nováková",
        licence="CC BY 4.0",
    )
