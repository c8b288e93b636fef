from datetime import date, timedelta

import pytest

from outreach.partners.opportunity import (
    EXPIRED,
    KIND_WORDS,
    STATE_WORDS,
    FarDeadlineError,
    Kind,
    PastDeadlineError,
    State,
    deadline,
    is_shown,
    state_words,
)

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize(("day", "is_open"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True)])
def test_is_shown_when_approved_until_its_last_day_is_over(state: State, day: date, is_open: bool) -> None:
    assert is_shown(state, day, TODAY) is (is_open and state is State.APPROVED)


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.APPROVED, EXPIRED), (State.WAITING, EXPIRED), (State.REFUSED, STATE_WORDS[State.REFUSED]),
     (State.CLOSED, STATE_WORDS[State.CLOSED])],
)  # fmt: skip
def test_says_that_it_has_expired(state: State, words: str) -> None:
    assert state_words(state, TODAY - DAY, TODAY) == words
    assert state_words(state, TODAY, TODAY) == STATE_WORDS[state]


def test_a_deadline_is_today_or_later_but_not_by_a_slip_of_the_year() -> None:
    assert deadline(TODAY, TODAY) == TODAY
    assert deadline(TODAY + timedelta(days=730), TODAY)
    with pytest.raises(PastDeadlineError):
        deadline(TODAY - DAY, TODAY)
    with pytest.raises(FarDeadlineError):
        deadline(TODAY + timedelta(days=731), TODAY)


def test_every_kind_and_state_has_words() -> None:
    assert set(KIND_WORDS) == set(Kind)
    assert set(STATE_WORDS) == set(State)
