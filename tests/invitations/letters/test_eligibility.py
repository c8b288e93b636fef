import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.invitations.letters.eligibility import Greets, Marks, Stopped, Verdict, Waits, judge
from outreach.outbox.states import Reason

ADULT, CHILD = Marks(), Marks(is_adult=False)


@pytest.mark.parametrize(
    ("persons", "verdict"),
    [
        ([ADULT, ADULT, CHILD], Greets((0, 1, 2))),
        ([], Stopped(Reason.ERASED)),
        ([ADULT, Marks(is_protected=True)], Stopped(Reason.PROTECTED)),
        ([ADULT, Marks(is_held_back=True)], Waits()),
        ([Marks(is_resident=False), CHILD], Greets((1,))),
        ([Marks(is_alive=False)], Stopped(Reason.MOVED_AWAY)),
        ([Marks(is_suppressed=True), ADULT], Greets((1,))),
        ([Marks(is_suppressed=True), CHILD], Stopped(Reason.SUPPRESSED)),
        ([CHILD, CHILD], Greets((0, 1))),
        ([Marks(has_address=False), ADULT], Greets((0, 1))),
        ([Marks(has_address=False)], Stopped(Reason.NO_ADDRESS)),
    ],
)
def test_decides_by_the_marks_of_today(persons: list[Marks], verdict: Verdict) -> None:
    assert judge(persons, is_revoked=False, is_set_aside=False) == verdict


def test_revoked_and_set_aside_come_first() -> None:
    assert judge([ADULT], is_revoked=True, is_set_aside=True) == Stopped(Reason.REVOKED)
    assert judge([ADULT], is_revoked=False, is_set_aside=True) == Waits()


marks = st.builds(Marks, *[st.booleans()] * 7)


@given(st.lists(marks, max_size=6), st.booleans(), st.booleans())
def test_never_greets_who_must_not_be_written_to(persons: list[Marks], is_revoked: bool, is_set_aside: bool) -> None:
    verdict = judge(persons, is_revoked=is_revoked, is_set_aside=is_set_aside)
    if any(person.is_protected for person in persons):
        assert not isinstance(verdict, Greets)
    if isinstance(verdict, Greets):
        greeted = [persons[at] for at in verdict.positions]
        assert greeted
        assert not any(person.is_suppressed or person.is_held_back for person in greeted)
        assert all(person.is_alive and person.is_resident for person in greeted)
