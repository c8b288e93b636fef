"""The rule of the queue, by tables and for any queue at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.rsvp.seats.seat_kinds import Limits, Seats
from outreach.rsvp.waitlist.queue_order import MOST_PASSED, Room, Waiting, next_parties, times_passed


def _queue(*parties: tuple[int, int]) -> list[Waiting]:
    """Return parties of (persons, times passed), numbered from 1."""
    return [Waiting(100 + number, number, *party) for number, party in enumerate(parties, 1)]


def _room(*, free: int | None, capacity: int | None, keeps: bool = True) -> Room:
    return Room(Limits(free), Limits(capacity), keeps)


def _turns(room: Room, *parties: tuple[int, int]) -> list[int]:
    return [party.number for party in next_parties(room, _queue(*parties))]


@pytest.mark.parametrize(
    ("free", "parties", "turns"),
    [
        (0, [(1, 0)], []),
        (1, [(1, 0)], [1]),
        (4, [(2, 0), (2, 0), (1, 0)], [1, 2]),
        (3, [(4, 0), (2, 0), (1, 0)], [2, 3]),
        (3, [(2, 0), (2, 0), (1, 0)], [1, 3]),
        (2, [(4, MOST_PASSED - 1), (1, 0), (1, 0)], [2]),
        (2, [(4, MOST_PASSED), (1, 0)], []),
        (5, [(4, MOST_PASSED), (1, 0)], [1, 2]),
        (2, [(1, 0), (4, MOST_PASSED), (1, 0)], [1]),
        (None, [(9, 0), (4, 2), (1, 0)], [1, 2, 3]),
    ],
)
def test_whose_turn_it_is(free: int | None, parties: list[tuple[int, int]], turns: list[int]) -> None:
    assert _turns(_room(free=free, capacity=20), *parties) == turns


def test_nothing_is_kept_for_a_party_that_an_empty_hall_could_not_hold() -> None:
    assert _turns(_room(free=1, capacity=3), (4, MOST_PASSED), (1, 0)) == [2]
    assert _turns(_room(free=1, capacity=4), (4, MOST_PASSED), (1, 0)) == []


def test_after_the_last_day_for_answers_nothing_is_kept() -> None:
    assert _turns(_room(free=1, capacity=9, keeps=False), (4, MOST_PASSED), (1, 0)) == [2]


def test_the_queue_is_in_the_order_of_its_numbers_however_it_comes() -> None:
    queue = list(reversed(_queue((1, 0), (1, 0), (1, 0))))
    assert [party.number for party in next_parties(_room(free=2, capacity=9), queue)] == [1, 2]


def test_a_party_is_passed_by_those_who_came_after_it() -> None:
    first, second, third = _queue((4, 0), (1, 0), (1, 0))
    room = _room(free=2, capacity=9)
    assert times_passed(first, [second, third], room) == 2
    assert times_passed(third, [first, second], room) == 0


_PARTIES = st.lists(st.tuples(st.integers(1, 6), st.integers(0, MOST_PASSED)), max_size=12)


@given(free=st.integers(0, 12), more=st.integers(0, 12), parties=_PARTIES)
def test_nobody_is_passed_who_fits_nor_more_than_three_times(
    free: int, more: int, parties: list[tuple[int, int]]
) -> None:
    room, queue = _room(free=free, capacity=free + more), _queue(*parties)
    chosen = next_parties(room, queue)
    left = free - sum(party.persons for party in chosen)
    assert left >= 0
    kept_from = None
    for party in queue:
        later = [other for other in chosen if other.number > party.number]
        if party in chosen:
            continue
        # When its turn came there was what is left now, and what later ones got.
        fitted = party.persons <= left + sum(other.persons for other in later)
        if party.persons <= free + more:
            assert party.passed + len(later) <= MOST_PASSED
        assert not fitted or kept_from is not None
        if not fitted and party.persons <= free + more and party.passed + len(later) == MOST_PASSED:
            kept_from = kept_from or party


# A family of two adults and two children, an adult in a wheelchair, an adult: seats by kind.
_FAMILY, _WHEELS, _ADULT = Seats(4, 2), Seats(1, 0, 1), Seats(1)


def _kinds(*parties: tuple[Seats, int]) -> list[Waiting]:
    return [
        Waiting(100 + number, number, seats.persons, passed, seats.children, seats.wheelchairs)
        for number, (seats, passed) in enumerate(parties, 1)
    ]


@pytest.mark.parametrize(
    ("free", "parties", "turns"),
    [
        (Limits(9, children=2), [(_FAMILY, 0), (_FAMILY, 0), (_ADULT, 0)], [1, 3]),
        (Limits(9, children=1), [(_FAMILY, 0), (_ADULT, 0)], [2]),
        (Limits(9, adults=2, children=9), [(_FAMILY, 0), (_ADULT, 0)], [1]),
        (Limits(9, wheelchairs=0), [(_WHEELS, 0), (_FAMILY, 0), (_WHEELS, 0)], [2]),
        (Limits(9, wheelchairs=1), [(_ADULT, 0), (_WHEELS, 0), (_WHEELS, 0)], [1, 2]),
        # Passed often enough: what it lacks is kept for it, and nothing else is.
        (Limits(9, wheelchairs=0), [(_WHEELS, MOST_PASSED), (_FAMILY, 0)], [2]),
        (Limits(9, children=1), [(_FAMILY, MOST_PASSED), (Seats(2, 1), 0), (_ADULT, 0)], [3]),
        (Limits(3, children=9), [(_FAMILY, MOST_PASSED), (_ADULT, 0)], []),
        # One adult more would make the family lack a place for adults too.
        (Limits(4, children=1), [(_FAMILY, MOST_PASSED), (_ADULT, 0)], []),
    ],
)
def test_whose_turn_it_is_when_places_are_split(
    free: Limits, parties: list[tuple[Seats, int]], turns: list[int]
) -> None:
    room = Room(free, Limits(50, adults=50, children=50, wheelchairs=50))
    assert [party.number for party in next_parties(room, _kinds(*parties))] == turns


def test_a_party_is_passed_by_those_alone_who_take_what_it_lacks() -> None:
    wheels, family, other = _kinds((_WHEELS, 0), (_FAMILY, 0), (Seats(2, 0, 1), 0))
    room = Room(Limits(9, wheelchairs=0), Limits(50, wheelchairs=2))
    assert times_passed(wheels, [family], room) == 0
    assert times_passed(wheels, [family, other], room) == 1


_SPLIT = st.builds(Limits, st.integers(0, 12), *(st.one_of(st.none(), st.integers(0, 6)) for _ in range(3)))
_SEATS = st.builds(
    lambda adults, children, wheelchairs: Seats(adults + children, children, min(wheelchairs, adults + children)),
    st.integers(1, 3), st.integers(0, 3), st.integers(0, 2),
)  # fmt: skip


@given(free=_SPLIT, parties=st.lists(st.tuples(_SEATS, st.integers(0, MOST_PASSED)), max_size=8))
def test_whoever_is_chosen_fits_whole_and_whoever_is_not_is_short_or_held_up_for_somebody(
    free: Limits, parties: list[tuple[Seats, int]]
) -> None:
    room, queue = Room(free, Limits(30, 30, 30, 30)), _kinds(*parties)
    chosen, left = next_parties(room, queue), free
    for party in chosen:
        assert left.has_room(party.seats)
        left = left.less(party.seats)
    kept = []
    for party in queue:
        passed = times_passed(party, chosen, room)
        if party in chosen:
            continue
        assert party.passed + passed <= MOST_PASSED
        assert not left.has_room(party.seats) or kept, "it fits in what is left, and nothing is kept"
        if party.passed + passed >= MOST_PASSED:
            kept.append(party)
