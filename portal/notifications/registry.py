"""Which texts there are: each app names the kinds of notifications that it sends, and where each leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def nothing(notification: Any) -> dict[str, Any]:
    """No context beyond the parameters."""
    return {}


@dataclass(frozen=True)
class Kind:
    """A text, by convention in <app>/notifications/<name>_subject.txt and <name>_message.txt.

    The templates get what `context` returns, the parameters of the notification, `receiver`, and `link`. `link` is the
    path of the page in the active language that the reader goes to; `mail_link` that of a mail, if it leads elsewhere.
    """

    #: "<app>.<name>"
    name: str
    link: Callable[[Any], str]
    context: Callable[[Any], dict[str, Any]] = nothing
    mail_link: Callable[[Any], str] | None = None

    @property
    def templates(self) -> tuple[str, str]:
        """The templates of subject and message."""
        app, name = self.name.split(".")
        return f"{app}/notifications/{name}_subject.txt", f"{app}/notifications/{name}_message.txt"


#: every kind by its name
kinds: dict[str, Kind] = {}


def register(*new: Kind) -> None:
    """Makes kinds known; the app that sends them calls it when it is ready."""
    kinds.update({kind.name: kind for kind in new})
