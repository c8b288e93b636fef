"""Who is a host, how long the host's page stands, what is refused. In: what staff typed, moments. Out: values. Pure.

A host is tied to one event, the city's own where it is one of a series. The link is computed, as partners' are
(ADR 0020): a selector finds the row, the secret comes from it and its generation (about 131 bits).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.formats.short_code import CodeShape
from outreach.outbox.states import Channel

HOST_PAGE = CodeShape(selector_length=9, secret_length=29)
LINK_PURPOSE = "host"
# What the unsubscribe link of an e-mail says no to.
TOPIC = "host"
# Which words stood at the box when staff ticked it for them: raised when their meaning changes (GDPR art. 7(1)).
WORDING = 1
MOST_HOSTS = 20
LONGEST_NAME, LONGEST_NOTES = 120, 2_000
# Time to look at the numbers of the evening, and to say how it went.
OPEN_AFTER_EVENT = timedelta(days=7)


class State(StrEnum):
    """How far it has come with a host, as staff see it."""

    WAITING = "waiting"
    SENT = "sent"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


STATE_WORDS = {
    State.WAITING: N_("Lenken er ikke sendt"),
    State.SENT: N_("Har fått lenken"),
    State.SILENT: N_("Vil ikke ha meldinger"),
    State.WITHDRAWN: N_("Trukket tilbake"),
}


class AlreadyHostError(OutreachError):
    """Somebody with this address is a host of this event."""

    message = N_("En vert med denne adressen står allerede på lista.")
    http_status = 409


class TooManyHostsError(OutreachError):
    """More than any event needs."""

    message = N_("Det er mange nok verter her. Slett en før du legger til en ny.")
    http_status = 409


class MayNotWriteError(OutreachError):
    """The host said no to messages, or is one no longer."""

    message = N_("Verten er trukket tilbake eller vil ikke ha meldinger. Ingenting er sendt.")
    http_status = 409


class HostsNotPublishedError(OutreachError):
    """Guests do not see the event, or it is called off."""

    message = N_("Publiser arrangementet før du sender lenker til verter.")
    http_status = 409


class HostWithdrawnError(OutreachError):
    """We have taken the link back, or given the host another."""

    message = N_("Vi har tatt lenken tilbake, eller sendt deg en ny.")
    http_status = 410


class HostPageClosedError(OutreachError):
    """The event was a while ago."""

    message = N_("Arrangementet er over, og siden til verten er stengt. Takk for hjelpen!")
    http_status = 410


@dataclass(frozen=True, kw_only=True)
class HostDetails:
    """What staff type of a host, who has said yes; `contact` is a normalised e-mail address or a number as E.164."""

    name: str
    channel: Channel
    contact: str
    language: str


def closes_at(ends_at_utc: datetime) -> datetime:
    """Return the moment from which the host's page is closed."""
    return ends_at_utc + OPEN_AFTER_EVENT


def state_of(*, is_withdrawn: bool, said_no: bool, was_sent: bool) -> State:
    """Return how far it has come: what stops us first."""
    if is_withdrawn:
        return State.WITHDRAWN
    if said_no:
        return State.SILENT
    return State.SENT if was_sent else State.WAITING


def host_url(public_url: str, code: str) -> str:
    """Return the address of the page of the host who has `code`."""
    return f"{public_url}/vert/{code.lower()}"


def recipient(host_id: int) -> str:
    """Return the outbox recipient of what is sent to a host."""
    return f"event_host:{host_id}"
