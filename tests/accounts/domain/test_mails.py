"""After a greeting that ends with a comma the sentence goes on, in German as in Czech."""

import pytest
from django.utils.translation import override

from portal.accounts.domain.mails import compose


def first_line(language: str, body: str) -> str:
    """The first line below the greeting."""
    with override(language):
        mail = compose(subject="x", body=body, name="Petra", to=["petra@x.example"])
    text, html = str(mail.body), str(mail.alternatives[0][0])
    line = text.split("\n\n")[1]
    assert f"<p>{line}</p>" in html
    return line


@pytest.mark.parametrize(
    ("language", "body", "line"),
    [
        ("de", "Vielen Dank für Ihre Zusage.", "vielen Dank für Ihre Zusage."),
        ("de", "Ihre Anfrage ist angekommen.", "Ihre Anfrage ist angekommen."),
        ("de", "E-Mails kommen nicht an.", "E-Mails kommen nicht an."),
        ("cs", "Děkujeme za vaši odpověď.", "děkujeme za vaši odpověď."),
        ("cs", "O vaši pomoc má zájem firma: Alfa", "o vaši pomoc má zájem firma: Alfa"),
        ("cs", "NET4DIGI vás vítá.", "NET4DIGI vás vítá."),
        ("en", "Thank you for accepting.", "Thank you for accepting."),
    ],
)
def test_the_first_word_is_small_unless_it_never_is(language: str, body: str, line: str):
    assert first_line(language, body) == line


def test_only_the_first_sentence_goes_on():
    with override("de"):
        mail = compose(subject="x", body="Wir suchen.\n\nWir melden uns.", name="", to=["petra@x.example"])
    assert "wir suchen.\n\nWir melden uns." in str(mail.body)
