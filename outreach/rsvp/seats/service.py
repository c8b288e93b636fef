"""Takes and frees seats of an event by one conditional UPDATE, so that two answers at once can never oversell.

Capacity counts persons; limits of adults, children and wheelchair places stand beside it, in the same statement. The
row is touched last in an answer's transaction: every other answer to the event waits for it. A capacity lowered below
what is held throws nobody out; it only lets nobody more in. While a party waits, nobody takes a place here: the queue
decides (`waitlist/service.py`), and locks this row before it touches a place in it.
"""

from sqlalchemy import Integer, and_, bindparam, exists, or_, select, update

from outreach.database import db, run
from outreach.database.conflicts import insert_if_free
from outreach.database.together import Step
from outreach.events.models import Event
from outreach.rsvp.models import SeatCount
from outreach.rsvp.seats.queries import HELD, LIMITS, fits, kinds
from outreach.rsvp.seats.seat_kinds import Limits, Seats
from outreach.rsvp.standing import AnswersClosedError, EventFullError

_seats, _event = SeatCount.__table__.c, Event.__table__.c
_persons, _children, _wheelchairs = (bindparam(name, type_=Integer) for name in ("persons", "children", "wheelchairs"))
_KINDS = kinds(_persons, _children, _wheelchairs)
# Whoever needs more of what counts waits behind those who wait; who changes kinds that nobody limits does not.
_may_pass = or_(
    _seats.waiting == 0, and_(_persons <= 0, *(or_(most.is_(None), more <= 0) for most, _held, more in _KINDS[1:]))
)
_is_on = exists(
    select(_event.id).where(
        _event.id == bindparam("wanted_event"),
        _event.state == "published",
        *(fits(*kind) for kind in _KINDS),
        _may_pass,
    )
).correlate(SeatCount.__table__)
# Put together once: they run while the writer's place is held.
_LET_GO = (
    update(SeatCount.__table__)
    .where(_seats.event_id == bindparam("wanted_event"))
    .values(
        held=_seats.held + _persons,
        held_children=_seats.held_children + _children,
        held_wheelchairs=_seats.held_wheelchairs + _wheelchairs,
    )
    .returning(_seats.waiting)
)
_TAKE = _LET_GO.where(_is_on)
_LET_GO_UNASKED = _LET_GO.where(_seats.waiting == 0)


def take(event_id: int, change: Seats) -> bool:
    """Hold `change` more seats (fewer where negative) of a published event; say whether a party waits for those let go.

    Raises EventFullError with the places left, of the kind there is too little of, when they do not fit, and
    AnswersClosedError when the event is off.
    """
    if change == Seats():
        return False
    waiting = _changed(event_id, change)
    if waiting is None:
        # The first answer to an event finds no counter; whoever comes second finds the one that was just made.
        make_counter(event_id)
        waiting = _changed(event_id, change)
    if waiting is None:
        raise _refusal(event_id, change)
    return waiting > 0 and change.shrinks


def taking(event_id: int, change: Seats) -> Step:
    """Return what `take` does as the last step of an act, where there is a counter and nobody waits for what is let go.

    Only the database may say whether they fit: what was read before may be sold by now.
    """
    statement = _TAKE if change.grows else _LET_GO_UNASKED
    return Step(statement, {"wanted_event": event_id, **vars(change)})


def make_counter(event_id: int) -> None:
    """Make the event's counter unless it is there."""
    insert_if_free(SeatCount, event_id=event_id, held=0, held_children=0, held_wheelchairs=0, waiting=0, last_number=0)


def _changed(event_id: int, change: Seats) -> int | None:
    """Return how many parties wait, None when nothing was changed."""
    values = {"wanted_event": event_id, **vars(change)}
    found = run(_TAKE if change.grows else _LET_GO, values)
    waiting: int | None = found.scalar()
    return waiting


def _refusal(event_id: int, change: Seats) -> AnswersClosedError | EventFullError:
    state, waiting, held, children, wheelchairs, *limits = db.session.execute(
        select(Event.state, SeatCount.waiting, *HELD, *LIMITS)
        .join(SeatCount, SeatCount.event_id == Event.id)
        .where(Event.id == event_id)
        .order_by(Event.id)
    ).one()
    free = Limits(*limits).less(Seats(held, children, wheelchairs))
    short = free.short_of(change)
    if state != "published" or not (short or waiting):
        return AnswersClosedError()
    if waiting:
        return EventFullError(0)
    return EventFullError(free.of(short[0]) or 0, short[0])
