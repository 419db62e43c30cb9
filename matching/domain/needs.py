"""What somebody needs, in terms that people can be measured against."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.core.enums import Country
from portal.members.enums import Meeting

#: on which side of the border readers of a language are at home, as long as nothing better is known about them
SIDES = {"de": Country.GERMANY, "cs": Country.CZECHIA}


@dataclass(frozen=True)
class NeedFacts:
    """A need, whoever wrote it down: what is left out counts neither for nor against anybody.

    `language` is the one of `text`, and names the tree whose profiles the text is compared with.
    """

    #: keys of topics
    topics: Collection[int] = ()
    text: str = ""
    language: str = ""
    #: languages that the asker can work in, and whether an interpreter would do as well
    spoken: Collection[str] = ()
    interpreting: bool = False
    #: the asker's side of the border (ISO code), and whether help from the other one is welcome for its own sake
    country: str = ""
    across_the_border: bool = True
    #: where the asker is, in degrees
    latitude: float | None = None
    longitude: float | None = None
    meeting: str = Meeting.EITHER
    #: one of MentoringFormat
    format: str = ""
    #: keys of people who are not to be shown, and of the company that asks: its own people are not shown either
    excluded: Collection[int] = ()
    company: int | None = None
    #: where ties fall; a word that stays the same for the same need
    seed: str = ""
