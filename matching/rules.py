"""How much the parts of a match may count."""

from dataclasses import dataclass, fields

from portal.members.enums import LanguageLevel

#: All that is said of a match besides what somebody knows stays below this: half of what knowing every topic counts.
HALF = 0.5
#: sums of hundredths are compared without what binary fractions leave behind
DIGITS = 6


@dataclass(frozen=True)
class Weights:
    """What each part counts at most, where covering all topics counts 1; set by coordinators, who see what they move."""

    #: a profile that is as alike to the need's words as the most similar one
    text: float = 1.0
    works_in: float = 0.12
    understands: float = 0.07
    #: no common language, but the asker is content with an interpreter
    interpreted: float = 0.04
    free: float = 0.1
    reach: float = 0.08
    format: float = 0.05
    border: float = 0.1
    habit: float = 0.04

    @property
    def others(self) -> float:
        """The most that everything beside topics and text can add."""
        return self.works_in + self.free + self.reach + self.format + self.border + self.habit

    @property
    def are_sound(self) -> bool:
        """Whether knowledge comes first, and knowing a language better never counts less.

        Then nobody who covers half of the topics less than somebody else comes before them for anything but words.
        """
        return (
            all(0 <= getattr(self, part.name) <= 1 for part in fields(self))
            and self.interpreted <= self.understands <= self.works_in
            and round(self.others, DIGITS) < HALF
        )

    def language(self, level: int, interpreting: bool) -> float:
        """What the best common language counts, known at `level` (0: there is none)."""
        if level:
            return self.works_in if level == LanguageLevel.WORKS_IN else self.understands
        return self.interpreted if interpreting else 0.0
