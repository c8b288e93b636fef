"""What a letter that came back means, by the state of the letter and of its invitation."""

import pytest

from outreach.errors import OutreachError
from outreach.invitations.invitation import State as InvitationState
from outreach.invitations.letters.returning.returned import (
    OUTCOME_WORDS,
    REASON_WORDS,
    AlreadyReturnedError,
    NoLetterError,
    NotSentYetError,
    Outcome,
    ReturnReason,
    StoppedLetterError,
    first_outcome,
    may_undo,
    require_sent,
)
from outreach.outbox.states import State, may_be_said

REFUSED: list[tuple[State | None, type[OutreachError]]] = [
    (None, NoLetterError),
    (State.QUEUED, NotSentYetError),
    (State.CLAIMED, NotSentYetError),
    (State.WITHHELD, StoppedLetterError),
    (State.FAILED, StoppedLetterError),
    (State.BOUNCED, AlreadyReturnedError),
]
SENT = [State.HANDED_OVER, State.DELIVERED, State.UNCERTAIN]


@pytest.mark.parametrize(("state", "error"), REFUSED)
def test_what_was_never_sent_or_came_back_before_is_refused(state: State | None, error: type[OutreachError]) -> None:
    with pytest.raises(error):
        require_sent(state)


@pytest.mark.parametrize("state", SENT)
def test_what_was_sent_can_come_back_and_the_return_can_be_undone(state: State) -> None:
    require_sent(state)
    assert may_be_said(state, State.BOUNCED)
    assert may_be_said(State.BOUNCED, state)


def test_every_state_of_a_letter_is_decided_on() -> None:
    assert {state for state, _ in REFUSED if state} | set(SENT) == set(State)


@pytest.mark.parametrize(
    ("invitation", "has_answered", "outcome"),
    [
        (InvitationState.ACTIVE, False, Outcome.OPEN),
        (InvitationState.ACTIVE, True, Outcome.CLOSED),
        (InvitationState.REVOKED, False, Outcome.CLOSED),
        (InvitationState.REVOKED, True, Outcome.CLOSED),
        (InvitationState.ERASED, False, Outcome.CLOSED),
        (InvitationState.ERASED, True, Outcome.CLOSED),
    ],
)
def test_only_a_household_that_is_asked_and_has_not_answered_must_be_reached(
    invitation: InvitationState, has_answered: bool, outcome: Outcome
) -> None:
    assert first_outcome(invitation, has_answered=has_answered) is outcome


@pytest.mark.parametrize(
    ("outcome", "may"),
    [(Outcome.OPEN, True), (Outcome.CLOSED, True), (Outcome.REACHED, False), (Outcome.AGAIN, False)],
)
def test_a_registration_is_undone_until_somebody_acted_on_it(outcome: Outcome, may: bool) -> None:
    assert may_undo(outcome) is may


def test_every_reason_and_outcome_has_words() -> None:
    assert set(REASON_WORDS) == set(ReturnReason)
    assert set(OUTCOME_WORDS) == set(Outcome)
