"""Look-ups of events. What guests may see is decided here: never a draft."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, select

from outreach.database import db
from outreach.database.engine import reading
from outreach.errors import N_, NotFoundError
from outreach.events.event import State
from outreach.events.models import Event, EventChange

Found = TypeVar("Found")
_SEEN_BY_GUESTS = (State.PUBLISHED.value, State.CANCELLED.value)

_PUBLIC_VERSION = select(Event.id, Event.state, Event.changed_at_utc, Event.ends_at_utc, Event.answer_by).where(
    Event.slug == bindparam("slug"), Event.state.in_(_SEEN_BY_GUESTS)
)


_FEED_VERSION = (
    select(Event.id, Event.state, Event.sequence, Event.changed_at_utc)
    .where(Event.state.in_(_SEEN_BY_GUESTS))
    .order_by(Event.id)
)


_LANGUAGES_IN_USE = (
    select(Event.letter_languages)
    .where(Event.state.in_(_SEEN_BY_GUESTS), Event.ends_at_utc > bindparam("since"))
    .distinct()
    .order_by(Event.letter_languages)
)


class PublicVersion(NamedTuple):
    """What decides how an event's public page looks."""

    id: int
    state: str
    changed_at_utc: datetime
    ends_at_utc: datetime
    answer_by: date


def languages_in_use(since: datetime) -> frozenset[str]:
    """Return the languages of the letters of events that guests may see and that end after `since`.

    Reads on a connection of its own, whatever the request's transaction is doing: as a read, since on SQLite a second
    writer would wait for the request that asks.
    """
    with reading(), db.engine.connect() as connection:
        kept = connection.scalars(_LANGUAGES_IN_USE, {"since": since}).all()
    return frozenset(code for codes in kept for code in codes.split(","))


def by_slug(slug: str) -> Event:
    """Return the event of `slug` in any state, for staff. Raises NotFoundError."""
    event: Event = _found(db.session.scalar(select(Event).where(Event.slug == slug)))
    return event


def by_id(event_id: int) -> Event:
    """Return the event of `event_id` in any state, for staff. Raises NotFoundError."""
    return _found(db.session.get(Event, event_id))


def public_by_slug(slug: str) -> Event:
    """Return the published or cancelled event of `slug`. Raises NotFoundError."""
    wanted = select(Event).where(Event.slug == slug, Event.state.in_(_SEEN_BY_GUESTS))
    event: Event = _found(db.session.scalar(wanted))
    return event


def public_version(slug: str) -> PublicVersion:
    """Return what decides how the public page of `slug` looks, without the rest of the row. Raises NotFoundError."""
    row = db.session.execute(_PUBLIC_VERSION, {"slug": slug}).first()
    return PublicVersion(*_found(row))


def all_events() -> list[Event]:
    """Return every event for staff, the latest first."""
    return list(db.session.scalars(select(Event).order_by(Event.starts_at_utc.desc(), Event.id)))


def all_slugs() -> frozenset[str]:
    """Return the web addresses of every event."""
    return frozenset(db.session.scalars(select(Event.slug).order_by(Event.slug)))


def upcoming_and_past(now: datetime) -> tuple[list[Event], list[Event]]:
    """Return every event for staff: those that are not over at `now`, the nearest first, and those that are, the
    latest first."""
    events = all_events()
    upcoming = [event for event in reversed(events) if event.ends_at_utc > now]
    return upcoming, [event for event in events if event.ends_at_utc <= now]


def published() -> list[Event]:
    """Return every published event, the earliest first."""
    wanted = select(Event).where(Event.state == State.PUBLISHED.value)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc, Event.id)))


def coming(now: datetime) -> list[Event]:
    """Return what guests can look forward to at `now`, or must know is cancelled: not over, the earliest first."""
    wanted = select(Event).where(Event.state.in_(_SEEN_BY_GUESTS), Event.ends_at_utc > now)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc, Event.id)))


def for_feed(city: str | None) -> list[Event]:
    """Return what a calendar feed holds, of one city or of all: published and cancelled, the earliest first."""
    wanted = select(Event).where(Event.state.in_(_SEEN_BY_GUESTS))
    if city:
        wanted = wanted.where(Event.city == city)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc, Event.id)))


def feed_version() -> Hashable:
    """Return what decides how every calendar feed looks: the version of each event that guests may see, by id."""
    rows = db.session.execute(_FEED_VERSION)
    return tuple(tuple(row) for row in rows)


def facts_before(event_id: int, revision: int) -> str | None:
    """Return the event's facts as they were before the change that made `revision`; None when none was kept."""
    wanted = select(EventChange.before_json).where(EventChange.event_id == event_id, EventChange.revision == revision)
    return db.session.scalars(wanted.order_by(EventChange.id)).one_or_none()


def _found(row: Found | None) -> Found:
    if row is None:
        raise NotFoundError(N_("Vi finner ikke arrangementet."))
    return row
