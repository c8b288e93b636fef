"""Takes and frees seats of an event by one conditional UPDATE, so that two answers at once can never oversell.

Capacity counts persons. The row is touched last in an answer's transaction: every other answer to the event waits for
it. A capacity lowered below what is held throws nobody out; it only lets nobody more in. While a party waits, nobody
takes a place here: the queue decides (`waitlist/service.py`), and locks this row before it touches a place in it.
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
_TAKE = _FREE.where(_is_on, _seats.waiting == 0)
_LET_GO = _FREE.returning(_seats.waiting)


def take(event_id: int, delta: int) -> bool:
    """Hold `delta` more seats (fewer when negative) of a published event; say whether a party waits for those let go.

    Raises EventFullError with the places left when they do not fit, AnswersClosedError when the event is off.
    """
    if delta == 0:
        return False
    waiting = _changed(event_id, delta)
    if waiting is None:
        # The first answer to an event finds no counter; whoever comes second finds the one that was just made.
        make_counter(event_id)
        waiting = _changed(event_id, delta)
    if waiting is None:
        raise _refusal(event_id)
    return waiting > 0


def make_counter(event_id: int) -> None:
    """Make the event's counter unless it is there."""
    insert_if_free(SeatCount, event_id=event_id, held=0, waiting=0, last_number=0)


def _changed(event_id: int, delta: int) -> int | None:
    """Return how many parties wait, None when nothing was changed."""
    values = {"wanted_event": event_id, "delta": delta}
    if delta > 0:
        return 0 if run(_TAKE, values).rowcount == 1 else None
    waiting: int | None = run(_LET_GO, values).scalar()
    return waiting


def _refusal(event_id: int) -> AnswersClosedError | EventFullError:
    state, capacity, held, waiting = db.session.execute(
        select(Event.state, Event.capacity, SeatCount.held, SeatCount.waiting)
        .join(SeatCount, SeatCount.event_id == Event.id)
        .where(Event.id == event_id)
        .order_by(Event.id)
    ).one()
    if state != "published" or (capacity is None and not waiting):
        return AnswersClosedError()
    return EventFullError(0 if waiting or capacity is None else max(0, capacity - held))
