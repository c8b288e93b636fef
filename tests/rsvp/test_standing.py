from datetime import date

import pytest

from outreach.rsvp.standing import Standing, Terms, is_open, standing

DEADLINE = date(2026, 11, 23)


def _terms(state: str = "published", capacity: int | None = None, held: int = 0) -> Terms:
    return Terms(event_state=state, answer_by=DEADLINE, capacity=capacity, held=held)


@pytest.mark.parametrize(
    ("terms", "rsvp_state", "today", "expected"),
    [
        (_terms(), None, DEADLINE, Standing.OPEN),
        (_terms(), None, date(2026, 11, 24), Standing.CLOSED),
        (_terms(), "attending", date(2026, 11, 24), Standing.COMING),
        (_terms(), "declined", DEADLINE, Standing.DECLINED),
        (_terms(), "declined", date(2026, 11, 24), Standing.CLOSED),
        (_terms(), "cancelled", DEADLINE, Standing.CANCELLED),
        (_terms("cancelled"), "attending", DEADLINE, Standing.EVENT_CANCELLED),
        (_terms("draft"), None, DEADLINE, Standing.NOT_OPEN),
        (_terms(capacity=10, held=9), None, DEADLINE, Standing.OPEN),
        (_terms(capacity=10, held=10), None, DEADLINE, Standing.FULL),
        (_terms(capacity=10, held=12), None, DEADLINE, Standing.FULL),
        (_terms(capacity=10, held=10), "attending", DEADLINE, Standing.COMING),
    ],
)
def test_one_word_for_where_a_household_stands(
    terms: Terms, rsvp_state: str | None, today: date, expected: Standing
) -> None:
    assert standing(terms, rsvp_state, today) is expected


@pytest.mark.parametrize(("capacity", "held", "left"), [(None, 5, None), (10, 4, 6), (10, 10, 0), (10, 13, 0)])
def test_places_left_are_never_negative(capacity: int | None, held: int, left: int | None) -> None:
    assert _terms(capacity=capacity, held=held).left == left


def test_the_last_day_counts_and_a_draft_is_never_open() -> None:
    assert is_open("published", DEADLINE, DEADLINE)
    assert not is_open("published", DEADLINE, date(2026, 11, 24))
    assert not is_open("draft", DEADLINE, DEADLINE)
