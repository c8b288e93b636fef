"""What a mailing is, how it goes from draft to done, and what a release is of. Pure.

draft → asked → released → sending → done; paused and back; called off for good at any time before it is done. A release
is of this text for this event as it is now (promises.md 1): a changed word or a changed event makes another hash.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_
from outreach.formats.short_code import ALPHABET
from outreach.outbox.states import Channel

_REFERENCE_LENGTH = 6
REFERENCE_PREFIX = "M-"


class Kind(StrEnum):
    """What a mailing is for; the values are part of addresses."""

    REMINDER = "paminnelse"
    INFORMATION = "praktisk"
    CHANGE = "endring"
    THANKS = "takk"
    MESSAGE = "melding"
    NEWSLETTER = "nyhetsbrev"


class State(StrEnum):
    """Where a mailing is."""

    DRAFT = "draft"
    ASKED = "asked"
    RELEASED = "released"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CALLED_OFF = "called_off"


class Note(StrEnum):
    """Why a mailing stands where it stands although nobody of staff put it there."""

    NONE = ""
    EVENT_CHANGED = "event_changed"
    EVENT_CANCELLED = "event_cancelled"
    REGISTER_SWITCHED = "register_switched"
    TOO_LATE = "too_late"
    NOT_NOW = "not_now"
    TOO_MANY = "too_many"


KIND_WORDS = {
    Kind.REMINDER: N_("Påminnelse til dem som ikke har svart"),
    Kind.INFORMATION: N_("Praktisk informasjon til dem som kommer"),
    Kind.CHANGE: N_("Beskjed om endring til dem som kommer"),
    Kind.THANKS: N_("Takk for sist, til dem som kom"),
    Kind.MESSAGE: N_("Fri beskjed til dem som kommer"),
    Kind.NEWSLETTER: N_("Nyhetsbrev til kontaktpunktet"),
}
STATE_WORDS = {
    State.DRAFT: N_("Kladd"),
    State.ASKED: N_("Må godkjennes"),
    State.RELEASED: N_("Godkjent"),
    State.SENDING: N_("Sendes"),
    State.PAUSED: N_("På pause"),
    State.DONE: N_("Sendt"),
    State.CALLED_OFF: N_("Stoppet"),
}
STATE_TONES = {
    State.DRAFT: "neutral",
    State.ASKED: "warning",
    State.RELEASED: "info",
    State.SENDING: "info",
    State.PAUSED: "warning",
    State.DONE: "success",
    State.CALLED_OFF: "neutral",
}
NOTE_WORDS = {
    Note.EVENT_CHANGED: N_("Arrangementet ble endret. Se over teksten før den sendes."),
    Note.EVENT_CANCELLED: N_("Arrangementet ble avlyst."),
    Note.REGISTER_SWITCHED: N_(
        "Oppslag i kontaktregisteret er slått på eller av etter at den ble gjort klar. Se over hvem den går til."
    ),
    Note.TOO_LATE: N_("Utsendingen skulle gått for mer enn tre dager siden. Velg en ny tid."),
    Note.NOT_NOW: N_("Den kunne ikke sendes da tida var inne. Se over den og prøv igjen."),
    Note.TOO_MANY: N_("Den ville gått til så mange at en annen må godkjenne den. Gjør den klar på nytt."),
}
_NEXT = {
    State.DRAFT: {State.ASKED, State.RELEASED, State.CALLED_OFF},
    State.ASKED: {State.RELEASED, State.DRAFT, State.CALLED_OFF},
    State.RELEASED: {State.SENDING, State.DRAFT, State.CALLED_OFF},
    State.SENDING: {State.PAUSED, State.DONE, State.CALLED_OFF},
    State.PAUSED: {State.SENDING, State.CALLED_OFF},
    State.DONE: set(),
    State.CALLED_OFF: set(),
}
# An uncertain message may be sent again by a person after all others are through.
MAY_LEAVE = frozenset({State.SENDING, State.DONE})
# We begin the contact, so whoever asked us not to write is left out (GDPR art. 21); what concerns a seat that somebody
# holds is no such contact.
OUTREACH = frozenset({Kind.REMINDER, Kind.THANKS, Kind.MESSAGE, Kind.NEWSLETTER})
# All others are about an event, to its households; a newsletter is to those who signed up with the contact point.
OF_AN_EVENT = tuple(kind for kind in Kind if kind is not Kind.NEWSLETTER)
# Whoever says no to such a message says no to being asked, as by letter: one wish, whatever the channel.
TOPIC = "invitation"
CHANNELS = (Channel.EMAIL, Channel.SMS)
_REGISTER = "krr"


@dataclass(frozen=True)
class Text:
    """One language version: `body` is Markdown, `sms` plain text; both have placeholders."""

    language: str
    subject: str
    body: str
    sms: str


def may_follow(now: State, then: State) -> bool:
    """Say whether a mailing in state `now` may go to `then`."""
    return then in _NEXT[now]


def ways_text(channels: Sequence[Channel], *, asks_register: bool) -> str:
    """Return how a mailing goes, as it is kept: the channels in the order of fallback, then whether KRR is asked."""
    return ",".join([*(channel.value for channel in channels), *([_REGISTER] if asks_register else [])])


def channels_in(ways: str) -> tuple[Channel, ...]:
    """Return the channels of a `ways_text`, in the order of fallback."""
    return tuple(Channel(name) for name in ways.split(",") if name and name != _REGISTER)


def asks_register_in(ways: str) -> bool:
    """Say whether a `ways_text` has the contact and reservation register asked."""
    return _REGISTER in ways.split(",")


def outbox_kind(kind: Kind) -> str:
    """Return the outbox kind of a mailing's messages, which is also what somebody may be suppressed for."""
    return f"mailing_{kind.name.lower()}"


def purpose(mailing_id: int) -> str:
    """Return the outbox purpose that all messages of one mailing share."""
    return f"mailing:{mailing_id}"


def new_reference() -> str:
    """Return a random reference such as "M-7KX4PT", short enough to read aloud, unlike any code of a guest."""
    return REFERENCE_PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(_REFERENCE_LENGTH))


def content_hash(
    kind: Kind,
    texts: Sequence[Text],
    *,
    channels: Sequence[Channel],
    survey_url: str,
    revision: int | list[str],
    asks_register: bool = False,
) -> str:
    """Return the SHA-256 of all that a release is of; `revision`: that of the event, or whom a newsletter is for."""
    told = sorted([text.language, text.subject, text.body, text.sms] for text in texts)
    ways = [*(channel.value for channel in channels), *([_REGISTER] if asks_register else [])]
    content = [kind.value, ways, survey_url, revision, told]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
