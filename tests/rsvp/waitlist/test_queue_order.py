"""The rule of the queue, by tables and for any queue at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.rsvp.waitlist.queue_order import MOST_PASSED, Room, Waiting, next_parties, times_passed


def _queue(*parties: tuple[int, int]) -> list[Waiting]:
    """Return parties of (persons, times passed), numbered from 1."""
    return [Waiting(100 + number, number, *party) for number, party in enumerate(parties, 1)]


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
    assert _turns(Room(free=free, capacity=20), *parties) == turns


def test_nothing_is_kept_for_a_party_that_an_empty_hall_could_not_hold() -> None:
    assert _turns(Room(free=1, capacity=3), (4, MOST_PASSED), (1, 0)) == [2]
    assert _turns(Room(free=1, capacity=4), (4, MOST_PASSED), (1, 0)) == []


def test_after_the_last_day_for_answers_nothing_is_kept() -> None:
    assert _turns(Room(free=1, capacity=9, keeps=False), (4, MOST_PASSED), (1, 0)) == [2]


def test_the_queue_is_in_the_order_of_its_numbers_however_it_comes() -> None:
    queue = list(reversed(_queue((1, 0), (1, 0), (1, 0))))
    assert [party.number for party in next_parties(Room(free=2, capacity=9), queue)] == [1, 2]


def test_a_party_is_passed_by_those_who_came_after_it() -> None:
    first, second, third = _queue((4, 0), (1, 0), (1, 0))
    assert times_passed(first, [second, third]) == 2
    assert times_passed(third, [first, second]) == 0


_PARTIES = st.lists(st.tuples(st.integers(1, 6), st.integers(0, MOST_PASSED)), max_size=12)


@given(free=st.integers(0, 12), more=st.integers(0, 12), parties=_PARTIES)
def test_nobody_is_passed_who_fits_nor_more_than_three_times(
    free: int, more: int, parties: list[tuple[int, int]]
) -> None:
    room, queue = Room(free=free, capacity=free + more), _queue(*parties)
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
