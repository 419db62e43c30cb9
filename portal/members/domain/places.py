"""Places as people type them: without diacritics, with a postal code, under the name in the other language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

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
    called, near = _keys_for(text, SHORTEST)
    return PlacesFound(_read((called or near)[:OFFERED]), is_exact=bool(called))


def places_like(text: str) -> list[Place]:
    """Every place that somebody may look for who types `text`, even one letter: first the places called so."""
    called, near = _keys_for(text, shortest=1)
    return _read([*called, *near])


def _keys_for(text: str, shortest: int) -> tuple[list[int], list[int]]:
    """The keys of the places called `text`; and of those that begin like it or, if there is none of either, are spelt nearly
    so. The largest places stand first."""
    wanted = _plain(text[:LONGEST].split(",", maxsplit=1)[0])
    if not wanted:
        return [], []
    rows = Place.objects.order_by("-population", "pk").values_list("pk", "name", "names", "other_names")
    known = {pk: _spellings(name, *names.values(), *others) for pk, name, names, others in rows}
    called = [pk for pk, spellings in known.items() if wanted in spellings]
    near = [
        pk
        for pk, spellings in known.items()
        if len(wanted) >= shortest and wanted not in spellings and any(_begins(s, wanted) for s in spellings)
    ]
    if not called and not near:
        # nobody types more than Neustadt for Neustadt in Sachsen
        length = len(wanted.split())
        known = {pk: all_ | {" ".join(s.split()[:length]) for s in all_} for pk, all_ in known.items()}
        alike = set(get_close_matches(wanted, set().union(*known.values()), OFFERED, ALIKE))
        near = [pk for pk, spellings in known.items() if alike & spellings]
    return called, near


def _read(keys: Sequence[int]) -> list[Place]:
    places = Place.objects.select_related("region").in_bulk(keys)
    return [places[key] for key in keys]


def _begins(name: str, wanted: str) -> bool:
    """Whether `wanted` stands at the beginning of `name`, or of a word of it."""
    return f" {wanted}" in f" {name}"


# Every name is compared at every letter that somebody types; taking them apart took most of the time.
@lru_cache(maxsize=5000)
def _spellings(*names: str) -> frozenset[str]:
    return frozenset(
        _plain(spelling) for name in names for spelling in (name, name.lower().translate(IN_ADDRESSES))
    )


def _plain(text: str) -> str:
    """`text` folded, without postal codes and punctuation."""
    return " ".join(re.findall(r"[^\W\d_]+", fold(text)))
