"""Which seats fit, for statements: the limit of each kind, what is held of it, and how much more is wanted."""

from sqlalchemy import ColumnElement, or_

from outreach.events.models import Event
from outreach.rsvp.models import SeatCount

_seats, _event = SeatCount.__table__.c, Event.__table__.c
# In the order of the fields of `Limits` and of `Seats`.
LIMITS = (_event.capacity, _event.capacity_adults, _event.capacity_children, _event.capacity_wheelchairs)
HELD = (_seats.held, _seats.held_children, _seats.held_wheelchairs)
# The limit, what is held, and how much more is wanted, of one kind.
KindOfSeat = tuple[ColumnElement[int], ColumnElement[int], ColumnElement[int]]


def kinds(
    persons: ColumnElement[int], children: ColumnElement[int], wheelchairs: ColumnElement[int]
) -> tuple[KindOfSeat, ...]:
    """Return each kind, all places first, for as many more `persons`, of whom some are `children` or in wheelchairs."""
    held, held_children, held_wheelchairs = HELD
    holding = (held, held - held_children, held_children, held_wheelchairs)
    wanted = (persons, persons - children, children, wheelchairs)
    return tuple(zip(LIMITS, holding, wanted, strict=True))


def fits(most: ColumnElement[int], held: ColumnElement[int], more: ColumnElement[int]) -> ColumnElement[bool]:
    """Return whether `more` of a kind fits. Nothing of a kind always does, also where more is held than there is."""
    return or_(most.is_(None), more <= 0, held + more <= most)
