"""Who writes which message: a later capability registers a composer for a kind, and the worker asks it at hand-over.

In: the application's `extensions`. A composer gets the outbox row and reads what is true now, so what was cancelled,
erased or protected after queueing is never written: it answers `Withheld` instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from outreach.messages.email import ComposedEmail
from outreach.messages.sms import ComposedSms
from outreach.outbox.states import Reason

_EXTENSION = "treffpunkt.composers"


class Extensible(Protocol):
    """An application, as far as this module needs to know one."""

    extensions: dict[str, Any]


class MessageRow(Protocol):
    """An outbox row, as far as a composer needs to know one."""

    id: int
    purpose: str
    recipient: str
    kind: str
    language: str
    references_json: str
    event_id: int | None


@dataclass(frozen=True)
class Withheld:
    """The message must not leave, and why."""

    reason: Reason


Compose = Callable[[Any], ComposedEmail | ComposedSms | Withheld]


@dataclass(frozen=True)
class Composer:
    """How a kind of message is written. `after_event`: it makes sense when the event is over."""

    compose: Compose
    after_event: bool = False


def register_composer(app: Extensible, kind: str, compose: Compose, *, after_event: bool = False) -> None:
    """Have `compose` write the messages of `kind`. Raises ValueError when another does already."""
    known = app.extensions.setdefault(_EXTENSION, {})
    if kind in known:
        raise ValueError(f"{kind} has a composer")
    known[kind] = Composer(compose, after_event)


def composer_of(app: Extensible, kind: str) -> Composer | None:
    """Return who writes the messages of `kind`, or None."""
    found: Composer | None = app.extensions.get(_EXTENSION, {}).get(kind)
    return found
