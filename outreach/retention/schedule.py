"""What falls due for erasure, and when. In: dates and states. Out: due items. Rules: GDPR art. 5(1)(e), our purposes.

Four clocks. Event data: `event_days` after the event's last day; what guests need (health and belief, GDPR art. 9) goes
sooner, `needs_days` after it, when kitchen and interpreters are done. Register copy: until replaced, at most
`register_days` after the extract's date. Memory that we once wrote (keyed hash): `memory_days` after the event.
Erasure is driven by state ("past its date and not erased"), never by a clock tick, so a missed night is made good.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Rule(StrEnum):
    """Why something falls due; `person`: somebody asked for it, and nothing falls due by it."""

    EVENT_PEOPLE = "event-people"
    NEEDS = "needs"
    REGISTER_COPY = "register-copy"
    NATIONAL_NUMBERS = "national-numbers"
    CONTACT_MEMORY = "contact-memory"
    QUESTIONS = "questions"
    CALENDAR_ANSWERS = "calendar-answers"
    MESSAGES = "messages"
    CONTACT_POINT = "contact-point"
    OPEN_REQUESTS = "open-requests"
    PARTNERS = "partners"
    LETTER_FILES = "letter-files"
    STAGED_EXTRACT = "staged-extract"
    STAFF_TRACES = "staff-traces"
    PERSON = "person"


@dataclass(frozen=True)
class Clocks:
    """The clocks, in days."""

    event_days: int
    register_days: int
    memory_days: int
    needs_days: int = 7


@dataclass(frozen=True)
class EventDates:
    """What the schedule must know of an event. `ended_on` is its last day in Europe/Oslo."""

    event_id: int
    slug: str
    ended_on: date
    is_erased: bool


@dataclass(frozen=True)
class Due:
    """One thing to erase. `event_id` and `slug` are set where the rule is about one event."""

    rule: Rule
    due_on: date
    event_id: int | None = None
    slug: str = ""


def due_events(events: list[EventDates], *, clocks: Clocks, today: date) -> list[Due]:
    """Return the events whose people are due on or before `today` and not erased, oldest first."""
    found = [
        Due(Rule.EVENT_PEOPLE, event.ended_on + timedelta(days=clocks.event_days), event.event_id, event.slug)
        for event in events
        if not event.is_erased
    ]
    return sorted((due for due in found if due.due_on <= today), key=lambda due: (due.due_on, due.slug))


def last_kept_day(today: date, days: int) -> date:
    """Return the oldest date that is still kept today when things are kept for `days`."""
    return today - timedelta(days=days)
