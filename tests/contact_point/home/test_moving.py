"""Who counts as having moved home: a move after the sign-up, told of once."""

from datetime import date

import pytest

from outreach.contact_point.home.moving import has_come_home

SIGNED_UP = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("moved_in_on", "known_on", "expected"),
    [
        (None, None, False),
        (date(2003, 5, 1), None, False),
        (SIGNED_UP, None, False),
        (date(2026, 11, 3), None, True),
        (date(2027, 6, 1), date(2027, 6, 1), False),
        (date(2027, 5, 31), date(2027, 6, 1), False),
        (date(2027, 6, 2), date(2027, 6, 1), True),
    ],
)
def test_only_a_move_after_the_sign_up_that_is_news(
    moved_in_on: date | None, known_on: date | None, expected: bool
) -> None:
    assert has_come_home(moved_in_on, signed_up_on=SIGNED_UP, known_on=known_on) is expected
