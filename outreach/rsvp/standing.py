"""Where a household stands with an event right now, and whether it can still answer. Values in, one word out.

The deadline is a date in Europe/Oslo and inclusive: an answer at 23.59 that day counts.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.seats.seat_kinds import NO_LIMITS, Limits, SeatKind, Seats
from outreach.rsvp.waitlist.queue_order import PlaceState


class Standing(StrEnum):
    """What the invitation page tells first."""

    OPEN = "open"
    FULL = "full"
    COMING = "coming"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    OFFERED = "offered"
    OFFER_EXPIRED = "offer_expired"
    CLOSED = "closed"
    EVENT_CANCELLED = "event_cancelled"
    NOT_OPEN = "not_open"


class AnswersClosedError(OutreachError):
    """The last day for answering has passed, or the event is not open for answers."""

    message = N_("Fristen for å svare på nett har gått ut. Ring oss, så hjelper vi deg.")
    http_status = 410


class OfferGoneError(OutreachError):
    """The household has no open offer: it ended, was answered already, or the event has begun."""

    message = N_("Tilbudet gjelder ikke lenger.")
    http_status = 410


class EventFullError(OutreachError):
    """The party does not fit. `left` is the number of places that are left, of `kind`."""

    message = N_("Det er dessverre ikke plass til alle.")

    def __init__(self, left: int, kind: SeatKind = SeatKind.ANY) -> None:
        super().__init__()
        self.left, self.kind = left, kind


@dataclass(frozen=True)
class Terms:
    """The event's side: state, last day to answer, capacity (None: no limit), seats held, parties that wait.

    `starts_on`: its day in Europe/Oslo. `split`: limits of kinds, and of the seats held, how many are of which.
    """

    event_state: str
    answer_by: date
    capacity: int | None
    held: int
    waiting: int = 0
    starts_on: date = date.max
    split: Limits = NO_LIMITS
    held_children: int = 0
    held_wheelchairs: int = 0

    @property
    def free(self) -> Limits:
        """Return what is left of each limit, whoever waits."""
        limits = replace(self.split, persons=self.capacity)
        return limits.less(Seats(self.held, self.held_children, self.held_wheelchairs))

    @property
    def left(self) -> int | None:
        """Return how many places are left, None when there is no limit; 0 when overbooked, and while others wait."""
        if self.waiting:
            return 0
        return None if self.capacity is None else max(0, self.capacity - self.held)


_WAITING_STANDINGS = {PlaceState.OFFERED: Standing.OFFERED, PlaceState.EXPIRED: Standing.OFFER_EXPIRED}


def is_open(event_state: str, answer_by: date, today: date) -> bool:
    """Say whether guests can answer, change and cancel online on `today` (Europe/Oslo)."""
    return event_state == "published" and today <= answer_by


def standing(terms: Terms, rsvp_state: str | None, today: date, place: PlaceState = PlaceState.WAITING) -> Standing:
    """Return what the invitation page tells first. `place`: of a household that is on the waiting list.

    Offers are made and taken until the event begins, also when the last day for other answers has passed.
    """
    if terms.event_state == "cancelled":
        return Standing.EVENT_CANCELLED
    if terms.event_state != "published":
        return Standing.NOT_OPEN
    if rsvp_state == RsvpState.ATTENDING:
        return Standing.COMING
    if rsvp_state == RsvpState.WAITLISTED and today <= terms.starts_on:
        return _WAITING_STANDINGS.get(place, Standing.WAITING)
    if not is_open(terms.event_state, terms.answer_by, today):
        return Standing.CLOSED
    if rsvp_state in (RsvpState.DECLINED, RsvpState.CANCELLED):
        return Standing(str(rsvp_state))
    return Standing.FULL if terms.left == 0 else Standing.OPEN
