"""Takes and frees seats of an event by one conditional UPDATE, so that two answers at once can never oversell.

Capacity counts persons. The row is touched last in an answer's transaction: every other answer to the event waits for
it. A capacity lowered below what is held throws nobody out; it only lets nobody more in.
"""

from sqlalchemy import bindparam, exists, or_, select, update

from outreach.database import db, run
from outreach.database.conflicts import insert_if_free
from outreach.events.models import Event
from outreach.rsvp.models import SeatCount
from outreach.rsvp.standing import AnswersClosedError, EventFullError

_seats, _event = SeatCount.__table__.c, Event.__table__.c
_fits = or_(_event.capacity.is_(None), _seats.held + bindparam("delta") <= _event.capacity)
_is_on = exists(
    select(_event.id).where(_event.id == bindparam("wanted_event"), _event.state == "published", _fits)
).correlate(SeatCount.__table__)
# Put together once: they run while the writer's place is held.
_FREE = (
    update(SeatCount.__table__)
    .where(_seats.event_id == bindparam("wanted_event"))
    .values(held=_seats.held + bindparam("delta"))
)
_TAKE = _FREE.where(_is_on)


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
    statement = _TAKE if delta > 0 else _FREE
    return run(statement, {"wanted_event": event_id, "delta": delta}).rowcount == 1


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
