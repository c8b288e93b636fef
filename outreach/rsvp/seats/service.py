"""Takes and frees seats of an event by one conditional UPDATE, so that two answers at once can never oversell.

Capacity counts persons. The row is touched last in an answer's transaction: every other answer to the event waits for
it. A capacity lowered below what is held throws nobody out; it only lets nobody more in.
"""

from sqlalchemy import ColumnElement, exists, or_, select, update

from outreach.database import db
from outreach.database.conflicts import insert_if_free
from outreach.events.models import Event
from outreach.rsvp.models import SeatCount
from outreach.rsvp.standing import AnswersClosedError, EventFullError


def take(event_id: int, delta: int) -> None:
    """Hold `delta` more seats (fewer when negative) of a published event.

    Raises EventFullError with the places left when they do not fit, AnswersClosedError when the event is off.
    """
    if delta == 0 or _changed(event_id, delta):
        return
    # The first answer to an event finds no counter; whoever comes second finds the one that was just made.
    insert_if_free(SeatCount, event_id=event_id, held=0)
    if not _changed(event_id, delta):
        raise _refusal(event_id)


def _changed(event_id: int, delta: int) -> bool:
    done = db.session.execute(
        update(SeatCount)
        .where(SeatCount.event_id == event_id, *_conditions(event_id, delta))
        .values(held=SeatCount.held + delta)
        .returning(SeatCount.held)
    )
    return done.scalar_one_or_none() is not None


def _conditions(event_id: int, delta: int) -> tuple[ColumnElement[bool], ...]:
    if delta < 0:
        return ()
    fits = or_(Event.capacity.is_(None), SeatCount.held + delta <= Event.capacity)
    is_published = (Event.id == event_id, Event.state == "published")
    return (exists(select(Event.id).where(*is_published, fits).correlate(SeatCount)),)


def _refusal(event_id: int) -> AnswersClosedError | EventFullError:
    state, capacity, held = db.session.execute(
        select(Event.state, Event.capacity, SeatCount.held)
        .join(SeatCount, SeatCount.event_id == Event.id)
        .where(Event.id == event_id)
        .order_by(Event.id)
    ).one()
    if state != "published" or capacity is None:
        return AnswersClosedError()
    return EventFullError(max(0, capacity - held))
