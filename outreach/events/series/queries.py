"""Look-ups of series and of the events that they are made of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events.event import State
from outreach.events.models import Event, Series
from outreach.events.series.meetups import Choice, Meetup
from outreach.events.series.series import Member


def by_id(series_id: int) -> Series:
    """Return the series. Raises NotFoundError."""
    found = db.session.get(Series, series_id)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke serien."))
    return found


def all_series() -> list[tuple[Series, list[Event]]]:
    """Return every series with its events, the latest made first, the earliest event first."""
    rows = db.session.execute(
        select(Series, Event)
        .outerjoin(Event, Event.series_id == Series.id)
        .order_by(Series.created_at_utc.desc(), Series.id, Event.starts_at_utc, Event.id)
    )
    found: dict[int, tuple[Series, list[Event]]] = {}
    for series, event in rows:
        found.setdefault(series.id, (series, []))[1].extend([event] if event else [])
    return list(found.values())


def candidates(series_id: int | None, now: datetime) -> list[Event]:
    """Return the events that a series may be made of: those in it, and those that are neither over nor called off."""
    is_ahead = (Event.ends_at_utc > now) & (Event.state != State.CANCELLED.value)
    wanted = select(Event).where(or_(is_ahead, Event.series_id == series_id) if series_id else is_ahead)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc, Event.id)))


def members(events: list[Event], series_id: int | None) -> list[Member]:
    """Return `events` as the series `series_id` (None: a new one) sees them."""
    titles = dict(db.session.execute(select(Series.id, Series.title).order_by(Series.id)).all())
    return [
        Member(event.id, event.title, titles[event.series_id] if event.series_id not in (None, series_id) else "")
        for event in events
    ]


def choice(event_id: int, today: date) -> Choice | None:
    """Return what the series of `event_id` offers on `today` (Europe/Oslo), the event itself always; None outside one.

    What is called off, or past its last day for answers, is not offered.
    """
    own = select(Event.series_id).where(Event.id == event_id).scalar_subquery()
    is_open = and_(Event.state == State.PUBLISHED.value, Event.answer_by >= today)
    rows = db.session.execute(
        select(Series.title, Event)
        .join(Event, Event.series_id == Series.id)
        .where(Series.id == own, or_(Event.id == event_id, is_open))
        .order_by(Event.starts_at_utc, Event.id)
    ).all()
    return Choice(rows[0][0], tuple(_meetup(event) for _title, event in rows)) if rows else None


def same_series(event_id: int) -> Select[Any]:
    """Return the SELECT of the ids of `event_id` and of the events in a series with it."""
    own = select(Event.series_id).where(Event.id == event_id).scalar_subquery()
    return select(Event.id).where(or_(Event.id == event_id, Event.series_id == own)).order_by(Event.id)


def _meetup(event: Event) -> Meetup:
    return Meetup(
        event_id=event.id,
        revision=event.revision,
        kind=event.kind,
        city=event.city,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        venue_address=event.venue_address,
        answer_by=event.answer_by,
    )
