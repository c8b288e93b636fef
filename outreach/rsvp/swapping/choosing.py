"""What a household can choose between in a series, and when it may. Pure.

A swap is one act: the seats there are taken and the seats here let go together, or nothing happens. Who has a seat
keeps it when there is no room for the whole party elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outreach.errors import N_, OutreachError
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.standing import AnswersClosedError, is_open


class NoSuchChoiceError(OutreachError):
    """The event is not in the series, or cannot be chosen any more."""

    message = N_("Dette stedet kan ikke velges. Velg et annet.")


class NoRoomThereError(OutreachError):
    """There is no room for the whole party; it keeps what it has."""

    message = N_("Det er ikke plass til alle der. Plassen dere har, gjelder fortsatt.")
    http_status = 409


class AskedThereError(OutreachError):
    """Somebody of the household has an invitation of their own to that event."""

    message = N_("Noen i husstanden er invitert dit med et eget brev. Bruk koden i det brevet, eller ring oss.")
    http_status = 409


@dataclass(frozen=True)
class Choice:
    """An event of the series. `left`: places left, None without a limit, 0 also while others wait for one."""

    event_id: int
    city: str
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    state: str
    answer_by: date
    sequence: int
    left: int | None
    is_own: bool


def choosable(choices: Sequence[Choice], today: date) -> tuple[Choice, ...]:
    """Return what can be chosen on `today` (Europe/Oslo): the household's own event first of all, and those open."""
    return tuple(one for one in choices if one.is_own or is_open(one.state, one.answer_by, today))


def target_of(choices: Sequence[Choice], event_id: int, today: date) -> Choice:
    """Return the choice of `event_id`. Raises NoSuchChoiceError."""
    for one in choosable(choices, today):
        if one.event_id == event_id:
            return one
    raise NoSuchChoiceError


def require_free_to_go(own: Choice, rsvp_state: str | None, today: date) -> None:
    """Raise AnswersClosedError for a household that is counted on where it is: it said yes, and the last day for
    changes has passed. From an event that is called off everybody may go."""
    is_counted_on = rsvp_state == RsvpState.ATTENDING and own.state != "cancelled"
    if is_counted_on and not is_open(own.state, own.answer_by, today):
        raise AnswersClosedError


def next_version(own: Choice, target: Choice) -> int:
    """Return by how much a ticket's version rises, so that the calendar's revision (event's plus ticket's) always
    does (RFC 5545 3.8.7.4)."""
    return 1 + max(0, own.sequence - target.sequence)
