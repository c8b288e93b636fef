"""Whom a change of an event reaches, as a later capability counts them. Pure.

In: the application's `extensions`. Out: for an event, how many households hear of it by which way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

_EXTENSION = "treffpunkt.event_told_by"


class Extensible(Protocol):
    """An application, as far as this module needs to know one."""

    extensions: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """How many, households or persons, are told by e-mail, by SMS, or by nobody unless staff call them."""

    email: int = 0
    sms: int = 0
    call: int = 0

    @property
    def all(self) -> int:
        """Return how many they are."""
        return self.email + self.sms + self.call


Counter = Callable[[int], Told]


def count_by(app: Extensible, counter: Counter) -> None:
    """Have `counter(event_id)` count in `app`."""
    app.extensions[_EXTENSION] = counter


def told(app: Extensible, event_id: int) -> Told:
    """Return whom a change of the event reaches now."""
    counter: Counter | None = app.extensions.get(_EXTENSION)
    return counter(event_id) if counter else Told()
