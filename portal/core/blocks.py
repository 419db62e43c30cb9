"""The building blocks of editorial pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "italic", "link", "document-link", "superscript", "subscript", "code"]
TEXT = [*INLINE, "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "core/blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    """A heading; the contents list of a page is made of those of level 2."""

    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Sub-section"))], default="2", label=_("Level"), required=True
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "core/blocks/heading.html"


class CalloutBlock(blocks.StructBlock):
    """Something beside the flow of the text."""

    style = blocks.ChoiceBlock(
        choices=[("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))], default="note", label=_("Kind")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "core/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "core/blocks/steps.html"


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off."""

    title = blocks.CharBlock(label=_("Title"), max_length=100, required=False)
    items = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "core/blocks/checklist.html"


class FigureBlock(blocks.StructBlock):
    """A picture that is described for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "core/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), rows=3)
    source = blocks.CharBlock(label=_("Who said it"), max_length=150, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"


class CodeBlock(blocks.StructBlock):
    """Lines that a machine reads; never translated."""

    code = blocks.TextBlock(label=_("Code"), rows=6)

    class Meta:
        icon = "code"
        label = _("Code")
        template = "core/blocks/code.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=150, required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "core/blocks/download.html"


class VideoBlock(blocks.StructBlock):
    """A video on another host: nothing is loaded from there before the reader asks for it."""

    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    transcript = TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "core/blocks/video.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    """Questions and answers."""

    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "core/blocks/questions.html"


class CallToActionBlock(blocks.StructBlock):
    """One thing that the reader can do now."""

    text = blocks.CharBlock(label=_("Text"), max_length=250, required=False)
    label = blocks.CharBlock(label=_("Button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(label=_("Or an address"), max_length=250, required=False)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "core/blocks/call_to_action.html"


class BodyBlock(blocks.StreamBlock):
    """Everything that the text of a page is made of."""

    text = TextBlock()
    heading = HeadingBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TableBlock(label=_("Table"), template="core/blocks/table.html")
    code = CodeBlock()
    download = DownloadBlock()
    video = VideoBlock()
    questions = QuestionsBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
