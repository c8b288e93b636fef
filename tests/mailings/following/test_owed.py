"""What a household is owed where it came to, by kind: each place's information once, one reminder in all."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.mailings.following.owed import Begun, Had, owed
from outreach.mailings.mailing import OF_AN_EVENT, Kind
from tests.conftest import NOW

_LEFT, _GOT = True, False


def had(mailing_id: int, kind: Kind, is_left_behind: bool, *, minutes: int = 0) -> Had:
    return Had(mailing_id, kind, NOW + timedelta(minutes=minutes), is_left_behind)


@pytest.mark.parametrize(
    ("begun", "before", "expected"),
    [
        pytest.param([Begun(1, Kind.INFORMATION, 1)], [], (1,), id="information of the place where it is now"),
        pytest.param(
            [Begun(1, Kind.INFORMATION, 1)], [had(9, Kind.INFORMATION, _GOT)], (1,), id="also after that of another"
        ),
        pytest.param([Begun(1, Kind.INFORMATION, 1)], [had(1, Kind.INFORMATION, _GOT)], (), id="not a second time"),
        pytest.param(
            [Begun(1, Kind.INFORMATION, 1)], [had(1, Kind.INFORMATION, _LEFT)], (1,), id="back before it was sent"
        ),
        pytest.param(
            [Begun(1, Kind.INFORMATION, 1), Begun(2, Kind.INFORMATION, 2)], [], (2,), id="of two the later one alone"
        ),
        pytest.param([Begun(1, Kind.REMINDER, 1)], [], (), id="a reminder only in the stead of another"),
        pytest.param([Begun(1, Kind.REMINDER, 1)], [had(9, Kind.REMINDER, _LEFT)], (1,), id="in its stead"),
        pytest.param([Begun(1, Kind.REMINDER, 1)], [had(9, Kind.REMINDER, _GOT)], (), id="reminded is reminded"),
        pytest.param(
            [Begun(1, Kind.REMINDER, 1)],
            [had(1, Kind.REMINDER, _LEFT), had(9, Kind.REMINDER, _GOT, minutes=5)],
            (),
            id="reminded elsewhere after it left",
        ),
        pytest.param(
            [Begun(1, Kind.REMINDER, 1)],
            [had(9, Kind.REMINDER, _GOT), had(1, Kind.REMINDER, _LEFT, minutes=5)],
            (1,),
            id="a second wave that was withheld",
        ),
        pytest.param([Begun(1, Kind.CHANGE, 1)], [], (), id="chosen as it is, so no change to tell"),
        pytest.param([Begun(1, Kind.MESSAGE, 1)], [had(9, Kind.MESSAGE, _LEFT)], (), id="another event's message"),
        pytest.param([Begun(1, Kind.MESSAGE, 1)], [had(1, Kind.MESSAGE, _LEFT)], (1,), id="its own, back again"),
    ],
)
def test_what_is_owed(begun: list[Begun], before: list[Had], expected: tuple[int, ...]) -> None:
    assert owed(begun, before) == expected


_KINDS = st.sampled_from(OF_AN_EVENT)
_BEGUN = st.lists(st.builds(Begun, st.integers(1, 4), _KINDS, st.integers(1, 4)), unique_by=lambda one: one.mailing_id)


@given(_BEGUN, st.lists(st.tuples(st.integers(1, 8), _KINDS, st.booleans(), st.integers(0, 9))))
def test_nothing_that_was_given_to_a_transport_is_owed_again(
    begun: list[Begun], before: list[tuple[int, Kind, bool, int]]
) -> None:
    kinds = {one.mailing_id: one.kind for one in begun}
    told = {number: had(number, kinds.get(number, kind), is_left, minutes=at) for number, kind, is_left, at in before}
    found = owed(begun, list(told.values()))
    assert len(set(found)) == len(found)
    assert all(number not in told or told[number].is_left_behind for number in found)
    assert sum(kinds[number] is Kind.REMINDER for number in found) <= 1
