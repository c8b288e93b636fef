"""How answers from calendars go: with the event's people, or after as many days where they belong to no event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, func, select, update

from outreach.database import db
from outreach.rsvp.models import Rsvp
from outreach.rsvp.replies import queries
from outreach.rsvp.replies.models import CalendarAnswer


def erase_event_people(event_id: int) -> int:
    """Delete the answers about an event; return how many."""
    return _run(delete(CalendarAnswer).where(CalendarAnswer.event_id == event_id))


def forget_party(rsvp_ids: Sequence[int]) -> int:
    """Forget who of these parties came before they said no; return how many answers told of it."""
    mine = select(Rsvp.invitation_id).where(Rsvp.id.in_(rsvp_ids))
    told = CalendarAnswer.invitation_id.in_(mine), (CalendarAnswer.came != "") | (CalendarAnswer.came_extra > 0)
    nobody = {"came": "", "came_extra": 0, "came_small": 0, "came_teens": 0, "came_adults": 0}
    return _run(update(CalendarAnswer).where(*told).values(nobody))


def export_party(invitation_id: int) -> list[dict[str, Any]]:
    """Return what was answered from a calendar for an invitation, the earliest first."""
    query = select(CalendarAnswer).where(CalendarAnswer.invitation_id == invitation_id)
    ordered = query.order_by(CalendarAnswer.received_at_utc, CalendarAnswer.id)
    return [
        {"said": row.said, "outcome": row.outcome, "received_at": row.received_at_utc.isoformat()}
        for row in db.session.scalars(ordered)
    ]


def count_of_no_event(before: datetime) -> int:
    """Return how many belong to no event and came before `before`."""
    return db.session.scalar(select(func.count()).where(queries.of_no_event(before))) or 0


def erase_of_no_event(before: datetime) -> dict[str, int]:
    """Delete those; return the number of rows by table."""
    return {CalendarAnswer.__tablename__: _run(delete(CalendarAnswer).where(queries.of_no_event(before)))}


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
