"""Keeps the figures of events that are over, once. Never commits.

An event is settled a day after its end, when phones that were offline at the doors have long sent what they hold, by
staff who do not want to wait, or at the latest when its people are erased. From then on its figures never change, so
that two reports of it tell the same (ADR 0023).
"""

from datetime import datetime, timedelta

from sqlalchemy import insert

from outreach.audit.actor import SYSTEM, Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.reports import queries
from outreach.reports.counting import queries as counting
from outreach.reports.figures import Figures
from outreach.reports.funnel import Funnel
from outreach.reports.funnels import queries as funnels
from outreach.reports.models import EventBreakdown, EventFigure, SettledEvent

SETTLED_AFTER = timedelta(days=1)


class NotOverError(OutreachError):
    """The event is not over, or is a draft."""

    message = N_("Arrangementet er ikke slutt. Tallene kan gjøres opp når det er over.")
    http_status = 409


def settle_due(now: datetime) -> int:
    """Settle each published event that ended long enough ago and is not settled; return how many."""
    due = queries.unsettled(ended_before=now - SETTLED_AFTER)
    return sum(settle(event, actor=SYSTEM, now=now) for event in due)


def settle_by_hand(event: Event, *, actor: Actor, now: datetime) -> bool:
    """Settle an event that is over. Raises NotOverError."""
    if event.state == "draft" or event.ends_at_utc > now:
        raise NotOverError
    return settle(event, actor=actor, now=now)


def settle(event: Event, *, actor: Actor, now: datetime) -> bool:
    """Keep the event's figures as they are now; say whether they were not kept before."""
    if not insert_if_free(SettledEvent, id=new_id(), event_id=event.id, settled_at_utc=now):
        return False
    kept = funnels.kept_funnel(event.id)
    figures = counting.count(event, kept or funnels.counted_funnel(event.id))
    if kept is None:
        _keep_funnel(event.id, figures.funnel)
    _keep_parts(event.id, figures)
    record("report.settle", subject_kind="event", subject_id=event.id, actor=actor, now=now)
    return True


def keep(event: Event, figures: Figures, *, actor: Actor, now: datetime) -> None:
    """Keep `figures` of an event that was before Treffpunkt was taken into use, or that is made up."""
    if insert_if_free(SettledEvent, id=new_id(), event_id=event.id, settled_at_utc=now):
        _keep_funnel(event.id, figures.funnel)
        _keep_parts(event.id, figures)
        record("report.settle", subject_kind="event", subject_id=event.id, actor=actor, now=now)


def _keep_funnel(event_id: int, funnel: Funnel) -> None:
    _insert(EventFigure, [{"name": name, "value": value} for name, value in funnel.figures().items()], event_id)


def _keep_parts(event_id: int, figures: Figures) -> None:
    rows = [
        {"dimension": dimension, "bucket": bucket, "measure": measure, "value": value}
        for (dimension, bucket, measure), value in figures.parts.items()
    ]
    _insert(EventBreakdown, rows, event_id)


def _insert(model: type[EventFigure] | type[EventBreakdown], rows: list[dict[str, object]], event_id: int) -> None:
    if rows:
        whole = [{"id": new_id(), "event_id": event_id, **row} for row in rows]
        db.session.execute(insert(model.__table__), whole)
