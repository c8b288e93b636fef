"""What of an event those concerned are told when it changes, and how: old and new, in plain words. Pure.

In: the event as it was, kept as JSON, and as it is. Out: a line for each fact that differs; none for what was changed
back. The last day for answers, the seats and the text about the event are no such facts: whoever has said yes comes to
the same evening, and nobody's calendar shows them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from outreach.errors import N_
from outreach.events.getting_there import on_one_line
from outreach.events.programme import plain
from outreach.formats.norwegian_dates import time_span

# Each raises the calendar's revision: calendars show them all.
FACTS = (
    "title",
    "starts_at_utc",
    "ends_at_utc",
    "venue",
    "venue_address",
    "access_information",
    "nearest_stop",
    "parking",
    "programme",
)
_MOMENTS = ("starts_at_utc", "ends_at_utc")


class Facts(Protocol):
    """An event, as far as it is told of when it changes."""

    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    nearest_stop: str
    parking: str
    programme: str


@dataclass(frozen=True)
class Change:
    """One fact that differs. `label` is a bokmål source text; `new` or `old` is empty when there is or was none.

    `is_long`: of several lines, so that what was is left out, and a text message leads to the page instead.
    """

    label: str
    new: str
    old: str = ""
    is_long: bool = False


def kept(event: Facts) -> str:
    """Return the facts of `event` as JSON, to be compared with later."""
    values = {name: getattr(event, name) for name in FACTS}
    return json.dumps({**values, **{name: values[name].isoformat() for name in _MOMENTS}}, ensure_ascii=False)


def changes(before: str, event: Facts, language: str) -> tuple[Change, ...]:
    """Return what of `event` is not as it was `before` (of `kept`), in the order in which people ask."""
    return tuple(_changes(json.loads(before), event, language))


def starts_before(before: str) -> datetime:
    """Return when the event began as it was `before` (of `kept`)."""
    return datetime.fromisoformat(json.loads(before)["starts_at_utc"])


def _changes(was: dict[str, str], event: Facts, language: str) -> Iterator[Change]:
    first, last = (datetime.fromisoformat(was[name]) for name in _MOMENTS)
    if event.title != was["title"]:
        yield Change(N_("Nytt navn"), event.title, was["title"])
    if (event.starts_at_utc, event.ends_at_utc) != (first, last):
        now = time_span(event.starts_at_utc, event.ends_at_utc, language)
        yield Change(N_("Nytt tidspunkt"), now, time_span(first, last, language))
    yield from _place(was, event)
    if event.nearest_stop != was["nearest_stop"]:
        yield Change(N_("Nytt stopp"), event.nearest_stop, was["nearest_stop"])
    if event.parking != was["parking"]:
        yield Change(N_("Ny parkering"), event.parking, was["parking"])
    if event.access_information != was["access_information"]:
        yield Change(N_("Nytt om å komme inn"), event.access_information, is_long=True)
    if event.programme != was["programme"]:
        yield Change(N_("Nytt program"), plain(event.programme), is_long=True)


def _place(was: dict[str, str], event: Facts) -> Iterator[Change]:
    if event.venue != was["venue"]:
        before = on_one_line(was["venue"], was["venue_address"])
        yield Change(N_("Nytt sted"), on_one_line(event.venue, event.venue_address), before)
    elif event.venue_address != was["venue_address"]:
        yield Change(N_("Ny adresse"), event.venue_address, was["venue_address"])
