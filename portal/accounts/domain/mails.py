"""One look for all mails: greeting, paragraphs, who writes, and the funding line, as text and as HTML."""

import re
from dataclasses import dataclass
from email.mime.image import MIMEImage
from functools import cache
from pathlib import Path
from string import Template

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

EMBLEM = Path(__file__).parents[1] / "static" / "accounts" / "emblem.png"


#: words with which German goes on after the comma of the greeting in small letters; nouns, names and “Sie” stay large
SMALL_IN_GERMAN = frozenset(
    [
        "Ab",
        "Auch",
        "Auf",
        "Aus",
        "Bitte",
        "Das",
        "Dem",
        "Den",
        "Der",
        "Die",
        "Diese",
        "Diesem",
        "Dieser",
        "Dieses",
        "Diesmal",
        "Ein",
        "Eine",
        "Es",
        "Für",
        "Gute",
        "Hier",
        "Im",
        "In",
        "Inzwischen",
        "Jemand",
        "Leider",
        "Neue",
        "Noch",
        "Seit",
        "Vielen",
        "Von",
        "Was",
        "Willkommen",
        "Wir",
        "Zu",
        "Zum",
        "Zur",
        "Zurzeit",
    ]
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a mail; one with an address is a link that stands alone."""

    text: str
    url: str = ""


class PortalMail(EmailMultiAlternatives):
    """Text and HTML, and the picture that belongs to the HTML."""

    mixed_subtype = "related"


def compose(
    *, subject: str, body: str, name: str, to: list[str], headers: dict[str, str] | None = None
) -> PortalMail:
    """A mail in the active language.

    `body` is plain text: paragraphs between blank lines; a paragraph of two lines whose second is an address becomes a
    link with the first line as its words. `name` is the receiver's, for the greeting, and may be empty.
    """
    context = {
        "paragraphs": _paragraphs(_after_greeting(body.strip())),
        "opening": _opening(name),
        "language": get_language(),
        "subject": _one_line(subject),
    }
    mail = PortalMail(
        _one_line(subject),
        render_to_string("accounts/mail.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        to,
        headers=headers,
    )
    mail.attach_alternative(render_to_string("accounts/mail.html", context), "text/html")
    mail.attach(_emblem())
    return mail


def stored(subject: str, text: str, html: str, to: str, headers: dict[str, str]) -> PortalMail:
    """A mail whose words were written before, with the emblem if its HTML shows it."""
    mail = PortalMail(subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    if "cid:emblem" in html:
        mail.attach(_emblem())
    return mail


def _opening(name: str) -> str:
    # "$name" and not "%(name)s": a translation may leave it out, as Czech does, which would need the vocative.
    return Template(gettext("Hello $name,")).safe_substitute(name=name) if name else gettext("Hello,")


def _after_greeting(body: str) -> str:
    """The body as it goes on after “Guten Tag ...,” or “Dobrý den,”: the first word is small, as both languages want it."""
    first = re.match(r"\w+", body)
    if first is None:
        return body
    is_small = {
        "de": first[0] in SMALL_IN_GERMAN,
        "cs": not first[0][1:] or first[0][1:].islower(),  # names come later, in the nominative
    }
    return body[0].lower() + body[1:] if is_small.get(get_language() or "") else body


def _paragraphs(body: str) -> list[Paragraph]:
    return [_paragraph(block.strip()) for block in re.split(r"\n\s*\n", body) if block.strip()]


def _paragraph(block: str) -> Paragraph:
    words, _line, url = block.rpartition("\n")
    if words and re.fullmatch(r"https?://\S+", url.strip()):
        return Paragraph(words.strip(), url.strip())
    return Paragraph(block)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _emblem() -> MIMEImage:
    emblem = MIMEImage(_picture())
    emblem.add_header("Content-ID", "<emblem>")
    emblem.add_header("Content-Disposition", "inline", filename="emblem.png")
    return emblem


@cache
def _picture() -> bytes:
    return EMBLEM.read_bytes()
