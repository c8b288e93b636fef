"""Where an event stands in time, as its page shows it. In: its end, the last day for answers, now. Out: a phase."""

from datetime import date, datetime
from enum import StrEnum

from outreach.events.event import OSLO


class Phase(StrEnum):
    """Before the last day for answers has gone, after it, and after the event."""

    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"


def phase_of(*, ends_at_utc: datetime, answer_by: date, now: datetime) -> Phase:
    """Return the phase at `now`. `answer_by` is inclusive, in Europe/Oslo."""
    if now >= ends_at_utc:
        return Phase.OVER
    return Phase.OPEN if now.astimezone(OSLO).date() <= answer_by else Phase.CLOSED
