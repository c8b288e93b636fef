"""Whose turn it is when places are free. In: free places and the queue. Out: who is asked, and who was passed by. Pure.

The rule, in the guest's words: whoever has waited longest is asked first. Are there too few places for all of that
party, the next one that all of it fits is asked. That happens to a party three times at most; then places are kept for
it until there are enough. After the last day for answers nothing is kept any more, since hardly anybody takes a yes
back then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    """A party in the queue. `number` rises with the time of joining; `passed`: how often others went before it."""

    id: int
    number: int
    persons: int
    passed: int = 0


@dataclass(frozen=True)
class Room:
    """What there is to share out. `free` places of `capacity` in all, None when there is no limit; `keeps`: whether
    places are kept for a party that was passed by often enough."""

    free: int | None
    capacity: int | None
    keeps: bool = True


def next_parties(room: Room, queue: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Return the parties of `queue` whose turn it is, in the order of the queue; each gets all its places or none."""
    chosen: list[Waiting] = []
    skipped: list[Waiting] = []
    free = room.free
    for party in sorted(queue, key=lambda party: party.number):
        if any(_is_kept_for(earlier, room, times_passed(earlier, chosen)) for earlier in skipped):
            break
        if free is None or party.persons <= free:
            chosen.append(party)
            free = None if free is None else free - party.persons
        else:
            skipped.append(party)
    return tuple(chosen)


def times_passed(party: Waiting, chosen: Iterable[Waiting]) -> int:
    """Return how many of `chosen` went before `party` although they came after it."""
    return sum(other.number > party.number for other in chosen)


def _is_kept_for(party: Waiting, room: Room, passed_now: int) -> bool:
    """Say whether places are kept for `party`: never for one that could not fit in an empty hall."""
    fits_at_all = room.capacity is not None and party.persons <= room.capacity
    return room.keeps and fits_at_all and party.passed + passed_now >= MOST_PASSED
