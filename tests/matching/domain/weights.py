"""Weights as coordinators may set them."""

from hypothesis import strategies as st

from matching.rules import Weights

percent = st.integers(0, 9).map(lambda number: number / 100)


@st.composite
def _sound(draw) -> Weights:
    interpreted, understands, works_in = sorted(draw(st.tuples(percent, percent, percent)))
    rest = {name: draw(percent) for name in ("free", "reach", "format", "border", "habit")}
    text = draw(st.integers(0, 100)) / 100
    found = Weights(text, works_in, understands, interpreted, **rest)
    return found if found.are_sound else Weights()


sound_weights = _sound()
