"""Whose turn it is when places are free. In: free places and the queue. Out: who is asked, and who was passed by. Pure.

The rule, in the guest's words: whoever has waited longest is asked first. Are there too few places for all of that
party, the next one that all of it fits is asked. That happens to a party three times at most; then places are kept for
it until there are enough. After the last day for answers nothing is kept any more, since hardly anybody takes a yes
back then.

Where places are split by kind, a party is passed by those alone who take what it lacks: whoever waits for a wheelchair
place is not passed by adults as long as there are places for adults, and they are not held up by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.rsvp.seats.seat_kinds import Limits, Seats

MOST_PASSED = 3


class PlaceState(StrEnum):
    """Where a party stands: in the queue, asked, seated, gone by its own will, or silent until the offer ended."""

    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    LEFT = "left"
    EXPIRED = "expired"


class Why(StrEnum):
    """What made places free."""

    CANCELLED = "cancelled"
    FEWER = "fewer"
    TURNED_DOWN = "turned_down"
    EXPIRED = "expired"
    ERASED = "erased"
    ROOM = "room"


@dataclass(frozen=True)
class Waiting:
    """A party in the queue. `number` rises with the time of joining; `passed`: how often others went before it.

    `children` and `wheelchairs` are among its `persons`.
    """

    id: int
    number: int
    persons: int
    passed: int = 0
    children: int = 0
    wheelchairs: int = 0

    @property
    def seats(self) -> Seats:
        """Return what it waits for."""
        return Seats(self.persons, self.children, self.wheelchairs)


@dataclass(frozen=True)
class Room:
    """What there is to share out. `free` of `limits` in all; `keeps`: whether places are kept for a party that was
    passed by often enough."""

    free: Limits
    limits: Limits
    keeps: bool = True

    @property
    def is_full(self) -> bool:
        """Say whether nobody at all can get in."""
        return self.free.persons == 0


def next_parties(room: Room, queue: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Return the parties of `queue` whose turn it is, in the order of the queue; each gets all its places or none."""
    chosen: list[Waiting] = []
    # With how often each was passed by now: counted along, since the counter of seats is locked meanwhile.
    skipped: dict[Waiting, int] = {}
    free = room.free
    for party in sorted(queue, key=lambda party: party.number):
        left = free.less(party.seats)
        if free.has_room(party.seats) and not _is_held_up(party, skipped, room, left):
            skipped = {earlier: times + _takes_from(party, earlier, left) for earlier, times in skipped.items()}
            chosen.append(party)
            free = left
        else:
            skipped[party] = 0
    return tuple(chosen)


def times_passed(party: Waiting, chosen: Iterable[Waiting], room: Room) -> int:
    """Return how many of `chosen` went before `party` although they came after it, and took what it lacks."""
    free, passed = room.free, 0
    for other in sorted(chosen, key=lambda one: one.number):
        free = free.less(other.seats)
        passed += other.number > party.number and _takes_from(other, party, free)
    return passed


def _takes_from(other: Waiting, party: Waiting, left: Limits) -> bool:
    """Say whether `other` takes of what `party` lacks when there is `left` after it."""
    return any(other.seats.of(kind) > 0 for kind in left.short_of(party.seats))


def _is_held_up(party: Waiting, skipped: Mapping[Waiting, int], room: Room, left: Limits) -> bool:
    """Say whether `party` takes of what is kept for one of `skipped`, whose values say how often they were passed."""
    return any(
        _is_kept_for(earlier, room, times) and _takes_from(party, earlier, left) for earlier, times in skipped.items()
    )


def _is_kept_for(party: Waiting, room: Room, passed_now: int) -> bool:
    """Say whether places are kept for `party`: never for one that could not fit in an empty hall."""
    if not room.keeps or party.passed + passed_now < MOST_PASSED:
        return False
    return bool(room.limits.kinds) and room.limits.has_room(party.seats)
