"""docs/mentoring-workflow.md, as the tables of workflow.py say it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from mentoring.domain.workflow import DEADLINES, INVITATION, REQUEST, TOLD, Step
from mentoring.enums import (
    FINAL_REQUESTS,
    OPEN_INVITATIONS,
    OPEN_REQUESTS,
    InvitationState,
    MentoringState,
    RequestState,
)

#: the permissions of mentoring/rules.py, as people
WHO = {
    "mentoring.submit_request": "whoever wrote the request",
    "mentoring.act_for_company": "the company",
    "mentoring.coordinate_request": "a coordinator of the home partner",
    "mentoring.answer_invitation": "the invited mentor",
    "": "the portal",
}
NOT_WIRED = " *"

INTRODUCTION = """# The mentoring workflow

<!-- `manage.py workflow > docs/mentoring-workflow.md` writes this page from mentoring/domain/workflow.py. -->

A company writes a request, one mentor at a time is asked (an invitation), and a mentor who accepts begins a mentoring with
the company. Every step goes through one gate (`mentoring/domain/gate.py`); how it is built, and why, is told in
[decision 9](decisions/0009-workflow-gate.md). A step marked with * stands in the tables and is refused until it is wired.
"""


def document() -> str:
    """The page in Markdown."""
    sections = [
        INTRODUCTION,
        "## States of a request\n",
        *_table(
            ("State", "Deutsch", "Česky", "", "Due after", "and then", "Told on arrival"), _request_states()
        ),
        "## Steps of a request\n",
        *_table(("From", "Event", "Who", "To"), _steps()),
        *_diagram(_request_edges(), RequestState.DRAFT, FINAL_REQUESTS),
        "## States of an invitation\n",
        *_table(("State", "Deutsch", "Česky", ""), _invitation_states()),
        *_diagram(_invitation_edges(), InvitationState.PENDING, _ended()),
        "## States of a mentoring\n",
        "Nothing leads from one to the next yet.\n",
        *_table(("State", "Deutsch", "Česky"), ([f"`{s}`", *_labels(s)] for s in MentoringState)),
    ]
    return "\n".join(sections).rstrip() + "\n"


def _request_states() -> Iterator[list[str]]:
    for state in RequestState:
        deadline = DEADLINES.get(state)
        yield [
            f"`{state}`",
            *_labels(state),
            "open" if state in OPEN_REQUESTS else "final" if state in FINAL_REQUESTS else "",
            f"{deadline.days} {deadline.clock}" if deadline else "",
            f"{deadline.then}{NOT_WIRED}" if deadline else "",
            ", ".join(TOLD.get(state, ())),
        ]


def _steps() -> Iterator[list[str]]:
    for (state, event), step in REQUEST.items():
        to = " or ".join(f"`{target}`" for target in step.to)
        yield [f"`{state}`", f"{event}{_mark(step)}", WHO[step.who], to]


def _request_edges() -> Iterator[tuple[str, str, str]]:
    for (state, event), step in REQUEST.items():
        for target in step.to:
            yield state, target, f"{event}{_mark(step)}"


def _invitation_states() -> Iterator[list[str]]:
    for state in InvitationState:
        yield [f"`{state}`", *_labels(state), "open" if state in OPEN_INVITATIONS else "final"]


def _invitation_edges() -> Iterator[tuple[str, str, str]]:
    wired = {event for (_state, event), step in REQUEST.items() if step.is_wired}
    for (state, event), target in INVITATION.items():
        yield state, target, f"{event}{'' if event in wired else NOT_WIRED}"


def _ended() -> list[InvitationState]:
    return [state for state in InvitationState if state not in OPEN_INVITATIONS]


def _mark(step: Step) -> str:
    return "" if step.is_wired else NOT_WIRED


def _labels(state: RequestState | InvitationState | MentoringState) -> list[str]:
    """The label in each language of the portal."""
    found = []
    for language in ("de", "cs"):
        with override(language):
            found.append(str(state.label))
    return found


def _table(head: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    head = list(head)
    yield from (_row(line) for line in (head, ["---"] * len(head), *rows))
    yield ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _diagram(edges: Iterable[tuple[str, str, str]], first: str, final: Iterable[str]) -> Iterator[str]:
    """A Mermaid diagram; several events between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for source, target, event in edges:
        arrows.setdefault((source, target), []).append(event)
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {first}"
    for (source, target), events in arrows.items():
        yield f"    {source} --> {target}: {', '.join(events)}"
    yield from (f"    {state} --> [*]" for state in final)
    yield "```\n"
