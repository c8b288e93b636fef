"""Staff make a series of events, change what is in it, and take it apart. Events and answers stay as they are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import N_
from outreach.events.models import Event, Series
from outreach.events.series import queries
from outreach.events.series.series import SeriesTitleError, checked_members, checked_title


def make_series(title: str, event_ids: Collection[int], *, now: datetime, actor: Actor) -> Series:
    """Make a series of events. Raises SeriesTitleError or SeriesEventsError."""
    series = Series(title=_free_title(title, None), created_at_utc=now)
    members = checked_members(event_ids, queries.members(queries.candidates(None, now), None))
    db.session.add(series)
    db.session.flush()
    _put_in(series, members)
    record("series.make", subject_kind="series", subject_id=series.id, actor=actor, now=now, events=len(members))
    return series


def change_series(series: Series, title: str, event_ids: Collection[int], *, now: datetime, actor: Actor) -> None:
    """Give `series` another title or other events. Raises as `make_series`."""
    new_title = _free_title(title, series.id)
    members = checked_members(event_ids, queries.members(queries.candidates(series.id, now), series.id))
    series.title = new_title
    db.session.flush()
    _put_in(series, members)
    record("series.change", subject_kind="series", subject_id=series.id, actor=actor, now=now, events=len(members))


def take_apart(series: Series, *, now: datetime, actor: Actor) -> None:
    """Delete `series`; its events stay, and those who answered keep the one that they chose."""
    db.session.execute(update(Event).where(Event.series_id == series.id).values(series_id=None))
    record("series.delete", subject_kind="series", subject_id=series.id, actor=actor, now=now)
    db.session.delete(series)
    db.session.flush()


def _free_title(typed: str, series_id: int | None) -> str:
    title = checked_title(typed)
    other = db.session.scalar(select(Series.id).where(Series.title == title).order_by(Series.id))
    if other not in (None, series_id):
        raise SeriesTitleError(N_("En annen serie heter det samme. Velg et annet navn."))
    return title


def _put_in(series: Series, event_ids: Collection[int]) -> None:
    db.session.execute(
        update(Event).where(Event.series_id == series.id, Event.id.not_in(event_ids)).values(series_id=None)
    )
    db.session.execute(update(Event).where(Event.id.in_(event_ids)).values(series_id=series.id))
    db.session.expire_all()
