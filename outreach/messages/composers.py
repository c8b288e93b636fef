"""Who writes which message: a later capability registers a composer for a kind, and the worker asks it at hand-over.

In: the application's `extensions`. A composer gets the outbox row and reads what is true now, so what was cancelled,
erased or protected after queueing is never written: it answers `Withheld` instead. What takes long, such as asking a
register, is prepared for a batch at a time, with no transaction open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from outreach.errors import N_
from outreach.messages.email import ComposedEmail
from outreach.messages.posted_letter import PostedLetter
from outreach.messages.sms import ComposedSms
from outreach.outbox.states import Channel, Reason

_EXTENSION = "treffpunkt.composers"


class Extensible(Protocol):
    """An application, as far as this module needs to know one."""

    extensions: dict[str, Any]


class MessageRow(Protocol):
    """An outbox row, as far as a composer needs to know one."""

    id: int
    purpose: str
    recipient: str
    channel: str
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


@dataclass(frozen=True)
class Redirected:
    """The message goes by another channel, or waits there."""

    channel: Channel


@dataclass(frozen=True)
class Postponed:
    """The message cannot be written now: it is tried again later, as one that a server refused for a while."""


Composed = ComposedEmail | ComposedSms | PostedLetter | Withheld | Redirected | Postponed
Compose = Callable[[Any], Composed]


@dataclass(frozen=True)
class Preparation:
    """What messages need before they can be written, for a batch of rows.

    `gather` reads, in a transaction, what `work` needs for those rows that need it; `work` takes its time, with none
    open; `compose` then writes one message from its row and what `work` gave for it.
    """

    gather: Callable[[Sequence[MessageRow]], Mapping[int, Any]]
    work: Callable[[Mapping[int, Any]], Mapping[int, Any]]
    compose: Callable[[Any, Any], Composed]


@dataclass(frozen=True)
class Composer:
    """How a kind of message is written, and what staff call it. `after_event`: it makes sense after the event too."""

    compose: Compose
    after_event: bool = False
    words: str = ""
    preparation: Preparation | None = None


def register_composer(
    app: Extensible,
    kind: str,
    compose: Compose,
    *,
    after_event: bool = False,
    words: str = "",
    preparation: Preparation | None = None,
) -> None:
    """Have `compose` write the messages of `kind`, which staff know as `words` (a source text, see `N_`).

    Those rows that `preparation` gathers anything for are written by its `compose` instead.

    Raises ValueError when another does already.
    """
    known = app.extensions.setdefault(_EXTENSION, {})
    if kind in known:
        raise ValueError(f"{kind} has a composer")
    known[kind] = Composer(compose, after_event, words, preparation)


def composer_of(app: Extensible, kind: str) -> Composer | None:
    """Return who writes the messages of `kind`, or None."""
    found: Composer | None = app.extensions.get(_EXTENSION, {}).get(kind)
    return found


def words_of_kind(app: Extensible, kind: str) -> str:
    """Return what staff call messages of `kind`, as a source text."""
    composer = composer_of(app, kind)
    return (composer.words if composer else "") or N_("Melding")
