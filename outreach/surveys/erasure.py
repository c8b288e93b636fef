"""Forgets which ballots were used, with the event's people. The counts stay: they are of nobody."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete

from outreach.database import db
from outreach.surveys.models import UsedBallot


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the marks of used ballots of an event; return the number of rows by table."""
    done = db.session.execute(delete(UsedBallot).where(UsedBallot.event_id == event_id))
    return {UsedBallot.__tablename__: cast("CursorResult[Any]", done).rowcount}
