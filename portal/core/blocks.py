"""The building blocks of editorial pages."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.coreutils import string_to_ascii
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from portal.core.addresses import address_of

PREVIEWS = Path(__file__).with_name("previews.yaml")
#: Addresses that a link may lead to; anything else could run a script.
SAFE_ADDRESS = re.compile(r"^(https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
#: Ids that the layout uses itself.
RESERVED_IDS = {"main"}

INLINE = ["bold", "italic", "link", "document-link", "superscript", "subscript", "code"]
TEXT = [*INLINE, "ol", "ul"]


@cache
def previews(language: str) -> dict[str, Any]:
    """Example values by the name of the block, in `language` or else in German."""
    examples = yaml.safe_load(PREVIEWS.read_text(encoding="utf-8"))
    return examples.get(language, examples["de"])


class Previewed:
    """A block that shows an example of itself before it is chosen, in the language of whoever looks."""

    def get_preview_value(self) -> Any:
        return self.normalize(self.example())  # type: ignore[attr-defined] # of the Block it is mixed into

    def example(self) -> Any:
        """The raw value of the example."""
        return previews(get_language() or "")[self.name]  # type: ignore[attr-defined] # of the Block it is mixed into


class TextBlock(Previewed, blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "core/blocks/text.html"
        description = _("Paragraphs and lists.")


class HeadingBlock(Previewed, blocks.StructBlock):
    """A heading; the contents list of a page is made of those of level 2."""

    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Sub-section"))], default="2", label=_("Level"), required=True
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "core/blocks/heading.html"
        description = _("A heading. Those of the first level make up the contents list of the page.")


class CalloutBlock(Previewed, blocks.StructBlock):
    """Something beside the flow of the text."""

    style = blocks.ChoiceBlock(
        choices=[("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))],
        default="note",
        label=_("Kind"),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "core/blocks/callout.html"
        description = _("Something beside the flow of the text: a note, a tip or a warning.")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(Previewed, blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "core/blocks/steps.html"
        description = _("Numbered steps, each with a title.")


class ChecklistBlock(Previewed, blocks.StructBlock):
    """Things to tick off."""

    title = blocks.CharBlock(label=_("Title"), max_length=100, required=False)
    items = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "core/blocks/checklist.html"
        description = _("Things to tick off.")


class FigureBlock(Previewed, blocks.StructBlock):
    """A picture that is described for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)

    def example(self) -> dict[str, Any]:
        """With the newest picture of this installation; it cannot come from a file."""
        return {
            **super().example(),
            "image": get_image_model().objects.order_by("-pk").values_list("pk", flat=True).first(),
        }

    def get_preview_value(self) -> Any:
        return self.to_python(self.example())

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "core/blocks/figure.html"
        description = _("A picture with its description, credit and licence.")


class QuoteBlock(Previewed, blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), rows=3)
    source = blocks.CharBlock(label=_("Who said it"), max_length=150, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"
        description = _("What somebody said.")


class CodeBlock(Previewed, blocks.StructBlock):
    """Lines that a machine reads; never translated."""

    code = blocks.TextBlock(label=_("Code"), rows=6)

    class Meta:
        icon = "code"
        label = _("Code")
        template = "core/blocks/code.html"
        description = _("Lines that a machine reads.")


class DownloadBlock(Previewed, blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=150, required=False)

    def example(self) -> dict[str, Any]:
        """With the newest document of this installation; it cannot come from a file."""
        newest = get_document_model().objects.order_by("-pk").values_list("pk", flat=True).first()
        return {**super().example(), "document": newest}

    def get_preview_value(self) -> Any:
        return self.to_python(self.example())

    class Meta:
        icon = "download"
        label = _("Download")
        template = "core/blocks/download.html"
        description = _("A document with its type and size.")


def player_of(url: str) -> str:
    """The address of the player that can stand in a frame, without cookies where the host offers it; "" if none is known."""
    address = urlsplit(url)
    host = (address.hostname or "").removeprefix("www.").removeprefix("m.")
    last = address.path.rstrip("/").rpartition("/")[2]
    if host in {"youtube.com", "youtube-nocookie.com"}:
        last = parse_qs(address.query).get("v", [last])[0]
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"} and re.fullmatch(r"[\w-]{11}", last):
        return f"https://www.youtube-nocookie.com/embed/{last}?autoplay=1"
    if host in {"vimeo.com", "player.vimeo.com"} and last.isdecimal():
        return f"https://player.vimeo.com/video/{last}?dnt=1&autoplay=1"
    return ""


class VideoBlock(Previewed, blocks.StructBlock):
    """A video on another host: nothing is loaded from there before the reader asks for it."""

    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    transcript = TextBlock(label=_("Transcript"), required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "host": urlsplit(value["url"]).hostname or "", "player": player_of(value["url"])}

    class Meta:
        icon = "media"
        label = _("Video")
        template = "core/blocks/video.html"
        description = _("A video on another host. It is loaded only after a click.")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(Previewed, blocks.StructBlock):
    """Questions and answers."""

    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "core/blocks/questions.html"
        description = _("Questions that open to their answers.")


class CallToActionBlock(Previewed, blocks.StructBlock):
    """One thing that the reader can do now."""

    text = blocks.CharBlock(label=_("Text"), max_length=250, required=False)
    label = blocks.CharBlock(label=_("Button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(label=_("Or an address"), max_length=250, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["url"] and not SAFE_ADDRESS.match(cleaned["url"]):
            problem = ValidationError(_("An address starts with https://, mailto:, tel: or /."))
            raise blocks.StructBlockValidationError(block_errors={"url": problem})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the address that the button leads to; "" if there is none."""
        page = value.get("page")
        address = address_of(page.url_path) if page else value.get("url")
        return super().get_context(value, parent_context=parent_context) | {"address": address or ""}

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "core/blocks/call_to_action.html"
        description = _("One thing that the reader can do now.")


class TableBlock(Previewed, WagtailTableBlock):
    """Rows and columns; the caption names the table for readers who do not see it."""

    class Meta:
        label = _("Table")
        template = "core/blocks/table.html"
        description = _("Rows and columns with a caption.")


def anchors(body: blocks.StreamValue) -> list[str]:
    """The id of each block of `body`: its words for a heading, unique on the page; "" for everything else."""
    taken = set(RESERVED_IDS)
    ids = []
    for child in body:
        words = child.value["text"] if child.block_type == "heading" else ""
        base = slugify(string_to_ascii(words))[:60].strip("-") or ("section" if words else "")
        number, candidate = 1, base
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        if candidate:
            taken.add(candidate)
        ids.append(candidate)
    return ids


def sections(body: blocks.StreamValue) -> list[dict[str, str]]:
    """The headings of the first level as {"id", "text"}: the contents list of the page."""
    return [
        {"id": anchor, "text": child.value["text"]}
        for child, anchor in zip(body, anchors(body), strict=True)
        if anchor and child.value["level"] == "2"
    ]


class BodyBlock(blocks.StreamBlock):
    """Everything that the text of a page is made of."""

    text = TextBlock()
    heading = HeadingBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TableBlock()
    code = CodeBlock()
    download = DownloadBlock()
    video = VideoBlock()
    questions = QuestionsBlock()
    call_to_action = CallToActionBlock()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "children": list(zip(value, anchors(value), strict=True))}

    class Meta:
        template = "core/blocks/body.html"
