import pytest

from outreach.outbox.states import State, may_follow


@pytest.mark.parametrize("then", [State.QUEUED, State.CLAIMED, State.WITHHELD])
def test_what_was_handed_over_never_goes_back(then: State) -> None:
    assert not may_follow(State.HANDED_OVER, then)


def test_an_uncertain_message_is_never_claimed_without_a_decision() -> None:
    assert not may_follow(State.UNCERTAIN, State.CLAIMED)
    assert may_follow(State.UNCERTAIN, State.QUEUED)


def test_failure_is_final_unless_a_receipt_tells_otherwise() -> None:
    assert {then for then in State if may_follow(State.FAILED, then)} == {State.DELIVERED, State.BOUNCED}


def test_nothing_follows_on_what_came_back() -> None:
    assert not any(may_follow(State.BOUNCED, then) for then in State)
