"""A household's own place on the waiting list, as its page tells it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from outreach.rsvp.seats.seat_kinds import Seats
from outreach.rsvp.waitlist.queue_order import PlaceState


@dataclass(frozen=True)
class OwnPlace:
    """A household's place as its page tells it. `ahead`: parties that wait before it. `persons`: what it waits for, or
    was offered; `ends_at_utc`: when its latest offer ends or ended, None before a first one."""

    state: PlaceState
    ahead: int
    persons: int
    passed: int
    ends_at_utc: datetime | None
    children: int = 0
    wheelchairs: int = 0

    @property
    def seats(self) -> Seats:
        """Return what it waits for, or was offered, by kind."""
        return Seats(self.persons, self.children, self.wheelchairs)

    @property
    def number(self) -> int:
        """Return its number in the queue, the first is 1."""
        return self.ahead + 1
