"""Templates reach the reader without their authors' indentation, and with every word."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from portal.ui.loaders import is_ours, without_indentation


def test_indentation_and_white_space_at_the_end_of_lines_go():
    assert without_indentation("<ul>\n    <li>a b</li>  \n</ul>\n") == "<ul>\n<li>a b</li>\n</ul>\n"


def test_the_lines_stay_so_that_error_messages_name_the_right_one():
    source = "<p>\n\n    {% if a %}\n        b\n    {% endif %}\n</p>"
    assert without_indentation(source).count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>\n    a\n</pre>",
        "<textarea>\n    a\n</textarea>",
        "<script>\n    a\n</script>",
        "{% blocktranslate %}\n    a\n{% endblocktranslate %}",
    ],
)
def test_white_space_that_means_something_stays(kept):
    assert without_indentation(f"<div>\n    {kept}\n</div>") == f"<div>\n{kept}\n</div>"


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("portal/ui/templates/ui/base.html", True),
        ("portal/accounts/templates/accounts/mail.txt", False),
        (".venv/lib/python3.11/site-packages/wagtail/admin/templates/wagtailadmin/base.html", False),
    ],
)
def test_only_html_of_the_portal_is_touched(path, ours):
    assert is_ours(settings.ROOT / path) == ours
    assert not is_ours(Path("/srv") / path)


def test_a_page_has_no_line_that_ends_in_white_space():
    page = render_to_string("500.html", {"offline": True, "page_languages": []})
    assert [line for line in page.splitlines() if line != line.strip()] == []
