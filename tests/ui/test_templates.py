"""No template of ours brings code or style of its own: the content security policy would block it."""

import re

import pytest

from tests.architecture.tree import ROOT, project_files

#: what the strict policy refuses, or what an attribute could run
FORBIDDEN = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without address": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "other host": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
    ),
}
#: A mail is read by mail programs, which know no style sheets; no policy of ours reaches it.
MAIL = ROOT / "portal/accounts/templates/accounts/mail.html"
TEMPLATES = [path for path in project_files(suffix=".html") if "templates" in path.parts and path != MAIL]


def broken_rules(source: str) -> list[str]:
    # a component's attribute may be called style: {% ui "chip" style="hit" %} is no HTML
    html = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    return [name for name, rule in FORBIDDEN.items() if rule.search(html)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_to_the_policy(path):
    assert broken_rules(path.read_text(encoding="utf-8")) == []


def test_a_mail_has_style_beside_its_words_and_nothing_else():
    assert broken_rules(MAIL.read_text(encoding="utf-8")) == ["style attribute"]


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ('<p style="color:red">', "style attribute"),
        ("<style>p{}</style>", "style element"),
        ("<script>alert(1)</script>", "script without address"),
        ('<a onclick="go()">', "event handler"),
        ('<a href="javascript:go()">', "script address"),
        ('<img src="https://example.org/a.png">', "other host"),
    ],
)
def test_what_breaks_the_policy_is_found(source, rule):
    assert broken_rules(source) == [rule]


@pytest.mark.parametrize(
    "source",
    [
        '{% ui "chip" label="a" style="hit" %}',
        '<script type="module" src="{% static "ui/video.js" %}"></script>',
        '<script type="application/ld+json">{}</script>',
        '<link rel="canonical" href="{{ canonical }}">',
    ],
)
def test_what_keeps_to_the_policy_is_left_alone(source):
    assert broken_rules(source) == []


def test_there_are_templates_to_look_at():
    assert ROOT / "portal/ui/templates/ui/base.html" in TEMPLATES
