"""Who writes which message: a later capability registers a composer for a kind, and the worker asks it at hand-over.

In: the application's `extensions`. A composer gets the outbox row and reads what is true now, so what was cancelled,
erased or protected after queueing is never written: it answers `Withheld` instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from outreach.errors import N_
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
    attempts: int
    due_at_utc: datetime


@dataclass(frozen=True)
class Withheld:
    """The message must not leave, and why."""

    reason: Reason


Compose = Callable[[Any], ComposedEmail | ComposedSms | Withheld]


@dataclass(frozen=True)
class Composer:
    """How a kind of message is written, and what staff call it. `after_event`: it makes sense after the event too."""

    compose: Compose
    after_event: bool = False
    words: str = ""


def register_composer(
    app: Extensible, kind: str, compose: Compose, *, after_event: bool = False, words: str = ""
) -> None:
    """Have `compose` write the messages of `kind`, which staff know as `words` (a source text, see `N_`).

    Raises ValueError when another does already.
    """
    known = app.extensions.setdefault(_EXTENSION, {})
    if kind in known:
        raise ValueError(f"{kind} has a composer")
    known[kind] = Composer(compose, after_event, words)


def composer_of(app: Extensible, kind: str) -> Composer | None:
    """Return who writes the messages of `kind`, or None."""
    found: Composer | None = app.extensions.get(_EXTENSION, {}).get(kind)
    return found


def words_of_kind(app: Extensible, kind: str) -> str:
    """Return what staff call messages of `kind`, as a source text."""
    composer = composer_of(app, kind)
    return (composer.words if composer else "") or N_("Melding")
