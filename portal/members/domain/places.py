"""Places as people type them: without diacritics, with a postal code, under the name in the other language."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from portal.topics.models import IN_ADDRESSES, Place, fold

#: how many are offered when none, or more than one, is called like that
OFFERED = 6
#: a place has a shorter name
LONGEST = 100
#: what is shorter begins like too many
SHORTEST = 3
#: how alike two names are that differ by a slip of the finger (difflib's ratio)
ALIKE = 0.7


@dataclass(frozen=True)
class PlacesFound:
    """The places that a text may mean, the largest first; `is_exact` if they are called just like that."""

    places: list[Place]
    is_exact: bool

    @property
    def one(self) -> Place | None:
        """The place that is meant, if there is no doubt."""
        return self.places[0] if self.is_exact and len(self.places) == 1 else None


def find_places(text: str) -> PlacesFound:
    """The places called `text` in any language; if there are none, those that begin like it or are spelt nearly so."""
    wanted = _plain(text[:LONGEST].split(",", maxsplit=1)[0])
    if not wanted:
        return PlacesFound([], is_exact=False)
    known = [
        (place, _names(place)) for place in Place.objects.select_related("region").order_by("-population")
    ]
    if called := [place for place, names in known if wanted in names]:
        return PlacesFound(called[:OFFERED], is_exact=True)
    near = [place for place, names in known if any(_begins(name, wanted) for name in names)]
    if not near:
        spellings = {name for _, names in known for name in names}
        alike = set(get_close_matches(wanted, spellings, OFFERED, ALIKE))
        near = [place for place, names in known if alike & names]
    return PlacesFound(near[:OFFERED], is_exact=False)


def _begins(name: str, wanted: str) -> bool:
    """Whether `wanted` stands at the beginning of `name`, or of a word of it."""
    return len(wanted) >= SHORTEST and f" {wanted}" in f" {name}"


def _names(place: Place) -> set[str]:
    names = [place.name, *place.names.values(), *place.other_names]
    return {_plain(spelling) for name in names for spelling in (name, name.lower().translate(IN_ADDRESSES))}


def _plain(text: str) -> str:
    """`text` folded, without postal codes and punctuation."""
    return " ".join(re.findall(r"[^\W\d_]+", fold(text)))
