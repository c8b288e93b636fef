"""Settled events that were held, with their kept figures: three statements, however many there are."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, and_, bindparam, or_, select

from outreach.clock import OSLO
from outreach.database import run
from outreach.events.models import Event
from outreach.reports.beside import WHOLES
from outreach.reports.figures import NONE, Dimension, Key
from outreach.reports.funnel import funnels_of
from outreach.reports.models import EventBreakdown, EventFigure, SettledEvent
from outreach.reports.years.years import PastEvent

_event, _settled = Event.__table__.c, SettledEvent.__table__.c
_figure, _part = EventFigure.__table__.c, EventBreakdown.__table__.c
_kind = bindparam("kind", type_=String)
_PAST = (
    select(_event.id, _event.slug, _event.title, _event.kind, _event.city, _event.starts_at_utc)
    .select_from(Event.__table__.join(SettledEvent.__table__, _settled.event_id == _event.id))
    .where(_event.state == "published", or_(_kind == "", _event.kind == _kind))
    .order_by(_event.starts_at_utc, _event.id)
)
_FUNNELS = (
    select(_figure.event_id, _figure.name, _figure.value)
    .select_from(EventFigure.__table__.join(SettledEvent.__table__, _settled.event_id == _figure.event_id))
    .order_by(_figure.event_id)
)
_PARTS = (
    select(_part.event_id, _part.dimension, _part.bucket, _part.measure, _part.value)
    .select_from(EventBreakdown.__table__.join(SettledEvent.__table__, _settled.event_id == _part.event_id))
    .order_by(_part.event_id)
)
# With the wholes of what stands beside the walk, which have a table of their own.
_PARTS_OF_ONE = _PARTS.where(
    or_(
        _part.dimension == bindparam("dimension", type_=String),
        and_(_part.bucket == NONE, or_(*(_part.dimension == str(one[0]) for one in WHOLES))),
    )
)


def past_events(*, kind: str = "", dimension: Dimension | None = None) -> list[PastEvent]:
    """Return the settled events of `kind` (of any when empty) in order of time, with the parts of `dimension` (and
    the wholes of what is beside the walk) or of all."""
    parts = run(_PARTS_OF_ONE, {"dimension": dimension.value}) if dimension else run(_PARTS)
    funnels, of_events = funnels_of(run(_FUNNELS).rows), _parts(parts.rows)
    return [
        PastEvent(slug, title, its_kind, city, at.astimezone(OSLO).date(), funnels[id_], of_events.get(id_, {}))
        for id_, slug, title, its_kind, city, at in run(_PAST, {"kind": kind}).rows
    ]


def _parts(rows: Iterable[Any]) -> dict[int, dict[Key, int]]:
    found: dict[int, dict[Key, int]] = {}
    for event_id, dimension, bucket, measure, value in rows:
        found.setdefault(event_id, {})[(dimension, bucket, measure)] = value
    return found
