"""What the topic picker proposes and understands: every label, in whichever language it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from portal.topics.models import Topic, TopicLabel, fold

#: A label is not longer; whoever types more finds nothing.
LONGEST_TERM = 100


@dataclass(frozen=True)
class Choice:
    """A topic in the list below the field: `value` is what the field then holds, `label` what the person reads."""

    value: str
    label: str


def choices_for(term: str, language: str, limit: int = 10) -> list[Choice]:
    """The topics with a label that contains `term`: first those that begin with it, preferred labels before others.

    English names are for the admin in English alone: there they are the labels.
    """
    return [choice for _topic, choice in _ranked(term, language)[:limit]]


def topics_with(term: str, language: str, limit: int = 10) -> list[str]:
    """The slugs of the topics that `choices_for` finds, in the same order."""
    return [topic.slug for topic, _choice in _ranked(term, language)[:limit]]


def _ranked(term: str, language: str) -> list[tuple[Topic, Choice]]:
    wanted = fold(term.replace("\x00", ""))
    if not wanted or len(wanted) > LONGEST_TERM:
        return []
    holds_it = Q(labels__folded__contains=wanted)
    if language not in dict(settings.LANGUAGES):
        holds_it |= Q(name__icontains=wanted)
    ranked = []
    for topic in Topic.objects.filter(holds_it).distinct().prefetch_related("labels"):
        own = topic.label_in(language)
        others = sorted(topic.labels.all(), key=lambda row: row.kind != TopicLabel.Kind.PREFERRED)
        words = [own, *(row.label for row in others)]
        best = min(words, key=lambda label: _rank(wanted, label))
        is_alternative = best in {row.label for row in others if row.kind == TopicLabel.Kind.ALTERNATIVE}
        order = (_rank(wanted, best), is_alternative, fold(own))
        ranked.append((order, topic, Choice(own, own if best == own else f"{own} ({best})")))
    return [(topic, choice) for _order, topic, choice in sorted(ranked, key=lambda row: row[0])]


def _rank(wanted: str, label: str) -> int:
    """0: the label begins with the term; 1: a word of it does; 2: it stands within; 3: it is not there."""
    folded = fold(label)
    if folded.startswith(wanted):
        return 0
    if f" {wanted}" in folded.replace("-", " ").replace("(", " "):
        return 1
    return 2 if wanted in folded else 3


def topics_named(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """(the names of the topics that `words` mean, the words that mean none), both without repetition."""
    wanted = {fold(word.replace("\x00", "")): word for word in words}
    found = dict(TopicLabel.objects.filter(folded__in=wanted).values_list("folded", "topic__name"))
    if wanted.keys() - found.keys():
        names = Topic.objects.values_list("name", flat=True)
        found |= {fold(name): name for name in names if fold(name) in wanted}
    unknown = [word for folded, word in wanted.items() if folded not in found]
    return sorted(set(found.values())), unknown
