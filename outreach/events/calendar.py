"""Events as calendar entries. In: an event's details and the site's address. Out: entries whose id never changes.

`SEQUENCE` rises with each change (RFC 5545 3.8.7.4), so that a calendar takes the newest version; a cancelled event
stays in its feed as cancelled, since one that just disappears stays in some calendars for good.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from outreach.events.event import City, State
from outreach.events.getting_there import lines as getting_there
from outreach.events.getting_there import on_one_line
from outreach.events.programme import plain
from outreach.events.rich_text import to_plain
from outreach.formats.calendar_file import CalendarEntry, calendar_file

FEEDS = {"alle": None, **{city.value: city for city in City}}


class CalendarEvent(Protocol):
    """What a calendar entry is made of."""

    id: int
    slug: str
    state: str
    title: str
    description: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    changed_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    nearest_stop: str
    parking: str
    programme: str
    sequence: int


def entry_of(event: CalendarEvent, public_url: str, say: Callable[[str], str]) -> CalendarEntry:
    """Return the entry of `event`, with how to get there, the programme, and its page under `public_url`.

    `say`: how to say a bokmål source text in the reader's language.
    """
    told = (to_plain(event.description), getting_there(event, say), plain(event.programme))
    return CalendarEntry(
        uid=f"event-{event.id}@{urlsplit(public_url).hostname}",
        sequence=event.sequence,
        title=event.title,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        changed_at_utc=event.changed_at_utc,
        status="CANCELLED" if event.state == State.CANCELLED else "CONFIRMED",
        location=on_one_line(event.venue, event.venue_address),
        description="\n\n".join(part for part in told if part),
        url=f"{public_url}/arrangement/{event.slug}",
    )


def calendars_elsewhere(event: CalendarEvent, public_url: str, say: Callable[[str], str]) -> dict[str, str]:
    """Return the addresses that put `event` into a calendar on the web, by the calendar's name. Moments go as UTC."""
    entry = entry_of(event, public_url, say)
    told = f"{entry.description}\n\n{entry.url}".strip()
    google = {
        "action": "TEMPLATE",
        "text": entry.title,
        "dates": f"{entry.starts_at_utc:%Y%m%dT%H%M%SZ}/{entry.ends_at_utc:%Y%m%dT%H%M%SZ}",
        "location": entry.location,
        "details": told,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.title,
        "startdt": f"{entry.starts_at_utc:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{entry.ends_at_utc:%Y-%m-%dT%H:%M:%SZ}",
        "location": entry.location,
        "body": told,
    }
    return {
        "Google Kalender": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        "Outlook": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
    }


def map_url(event: CalendarEvent) -> str:
    """Return the address of a map that searches for the venue; empty when no address is known."""
    if not event.venue_address:
        return ""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': event.venue_address})}"


def file_of(events: Iterable[CalendarEvent], public_url: str, say: Callable[[str], str], name: str = "") -> bytes:
    """Return one calendar file of `events`, named `name` when it is a feed."""
    return calendar_file([entry_of(event, public_url, say) for event in events], name=name)
