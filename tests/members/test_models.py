"""Facts about people, as they are written."""

import pytest

from portal.members.models import Person


@pytest.mark.parametrize(
    ("title", "full_name"),
    [
        ("", "Eva Malá"),
        ("Ing.", "Ing. Eva Malá"),
        ("Ing., Ph.D.", "Ing. Eva Malá, Ph.D."),
        (", M. Sc.", "Eva Malá, M. Sc."),
        ("doc. RNDr., CSc., MBA", "doc. RNDr. Eva Malá, CSc., MBA"),
    ],
)
def test_a_name_stands_between_its_academic_titles(title: str, full_name: str):
    assert Person(name="Eva Malá", title=title).full_name == full_name
