"""Seats by kind: of the persons of a party some are children, and some need room for a wheelchair. Pure.

An event may limit adults, children and wheelchair places on top of all its places. A party fits when all of it fits in
every limit. A child is whoever is brought along as one, and whoever of the register is younger than 18 throughout the
year of the event: the year of birth is what we keep in plain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_

ADULT_YEARS = 18


class SeatKind(StrEnum):
    """What a limit counts: all places, or those of one kind."""

    ANY = "any"
    ADULT = "adult"
    CHILD = "child"
    WHEELCHAIR = "wheelchair"


_PLACE_OF = {kind: place for place, kind in enumerate(SeatKind)}
KIND_WORDS = {
    SeatKind.ANY: N_("Plasser"),
    SeatKind.ADULT: N_("Plasser for voksne"),
    SeatKind.CHILD: N_("Plasser for barn"),
    SeatKind.WHEELCHAIR: N_("Plasser til rullestol"),
}


@dataclass(frozen=True)
class Seats:
    """A number of seats: all of them, the children's among them, and those with a wheelchair. A difference may be
    negative."""

    persons: int = 0
    children: int = 0
    wheelchairs: int = 0

    @property
    def adults(self) -> int:
        """Return how many are not a child's."""
        return self.persons - self.children

    def of(self, kind: SeatKind) -> int:
        """Return how many count against a limit of `kind`."""
        return self._of_each()[_PLACE_OF[kind]]

    def __add__(self, other: "Seats") -> "Seats":
        return Seats(self.persons + other.persons, self.children + other.children, self.wheelchairs + other.wheelchairs)

    def __sub__(self, other: "Seats") -> "Seats":
        return self + Seats(-other.persons, -other.children, -other.wheelchairs)

    @property
    def grows(self) -> bool:
        """Say of a difference whether there is more of any kind."""
        return max(self._of_each()) > 0

    @property
    def shrinks(self) -> bool:
        """Say of a difference whether there is less of any kind."""
        return min(self._of_each()) < 0

    def _of_each(self) -> tuple[int, int, int, int]:
        return self.persons, self.adults, self.children, self.wheelchairs


@dataclass(frozen=True)
class Limits:
    """The most there may be of each kind; None: no limit of that kind. For what is free: never below 0."""

    persons: int | None = None
    adults: int | None = None
    children: int | None = None
    wheelchairs: int | None = None

    def of(self, kind: SeatKind) -> int | None:
        """Return the limit of `kind`."""
        return (self.persons, self.adults, self.children, self.wheelchairs)[_PLACE_OF[kind]]

    @property
    def kinds(self) -> tuple[SeatKind, ...]:
        """Return what is limited, all places first."""
        return tuple(kind for kind in SeatKind if self.of(kind) is not None)

    def less(self, taken: Seats) -> "Limits":
        """Return what is left of each limit when `taken` is taken."""
        return Limits(
            _left(self.persons, taken.persons),
            _left(self.adults, taken.adults),
            _left(self.children, taken.children),
            _left(self.wheelchairs, taken.wheelchairs),
        )

    def short_of(self, wanted: Seats) -> tuple[SeatKind, ...]:
        """Return of which kinds there is too little for `wanted`, all places first."""
        return tuple(_short(self, wanted))

    def has_room(self, wanted: Seats) -> bool:
        """Say whether all of `wanted` fits."""
        return not self.short_of(wanted)


NO_SEATS, NO_LIMITS = Seats(), Limits()


def grows_in(change: Seats, limits: Limits) -> bool:
    """Say whether `change` needs more of what counts: of all places, or of a kind that is limited."""
    return change.persons > 0 or any(change.of(kind) > 0 for kind in limits.kinds)


def is_child(birth_year: int | None, event_year: int) -> bool:
    """Say whether somebody is a child at an event; whoever we know no year of counts as an adult."""
    return birth_year is not None and event_year - birth_year < ADULT_YEARS


def _left(limit: int | None, taken: int) -> int | None:
    return None if limit is None else max(0, limit - taken)


def _short(free: Limits, wanted: Seats) -> Iterator[SeatKind]:
    for kind in free.kinds:
        left = free.of(kind)
        # Nothing of a kind always fits, also where more is taken than there is.
        if left is not None and wanted.of(kind) > left:
            yield kind
