from datetime import timedelta

import pytest

from outreach.outbox.backoff import LATE_AFTER, is_too_late, next_attempt
from tests.conftest import NOW


def test_each_wait_is_at_least_as_long_as_the_one_before() -> None:
    waits = [next_attempt(attempts, NOW) for attempts in range(1, 12)]
    assert None not in waits
    assert waits == sorted(waits, key=lambda moment: moment or NOW)


def test_gives_up_after_three_to_five_days() -> None:
    total, attempts, now = timedelta(), 1, NOW
    while (then := next_attempt(attempts, now)) is not None:
        total, attempts, now = total + (then - now), attempts + 1, then
    assert timedelta(days=3) <= total <= timedelta(days=5)


@pytest.mark.parametrize(("late", "verdict"), [(LATE_AFTER, False), (LATE_AFTER + timedelta(seconds=1), True)])
def test_is_too_late_after_three_days(late: timedelta, verdict: bool) -> None:
    assert is_too_late(NOW - late, NOW) is verdict
