from datetime import UTC, date, datetime, timedelta

import pytest

from outreach.partners.participation import (
    ROLE_WORDS,
    STATE_WORDS,
    Role,
    State,
    WithdrawnError,
    answered,
    is_open,
    task_reminder_from,
    unanswered_since,
)

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize("state", [State.ASKED, State.CONFIRMED, State.DECLINED])
def test_a_partner_may_change_its_mind(state: State) -> None:
    assert answered(state, is_coming=True) is State.CONFIRMED
    assert answered(state, is_coming=False) is State.DECLINED


@pytest.mark.parametrize("is_coming", [True, False])
def test_nobody_answers_an_invitation_that_was_taken_back(is_coming: bool) -> None:
    with pytest.raises(WithdrawnError):
        answered(State.WITHDRAWN, is_coming=is_coming)


@pytest.mark.parametrize(
    ("event_state", "seconds", "is_it"),
    [
        ("published", 1, True),
        ("draft", 1, True),
        ("published", 0, False),
        ("published", -1, False),
        ("cancelled", 1, False),
    ],
)
def test_changes_end_when_the_event_begins_or_is_called_off(event_state: str, seconds: int, is_it: bool) -> None:
    assert is_open(event_state=event_state, starts_at_utc=NOW + timedelta(seconds=seconds), now=NOW) is is_it


def test_reminders_have_their_days() -> None:
    assert task_reminder_from(date(2026, 11, 2)) == date(2026, 11, 5)
    assert unanswered_since(NOW) == datetime(2026, 10, 26, 11, tzinfo=UTC)


def test_every_role_and_state_has_words() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert set(STATE_WORDS) == set(State)
