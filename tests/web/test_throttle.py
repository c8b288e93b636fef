"""Failures slow the next try down, each more than the one before, up to a minute; nobody is locked out."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.database import db
from outreach.web import throttle
from outreach.web.models import AttemptCounter
from outreach.web.throttle import Limit, TooManyAttemptsError, delay_seconds, network_of
from tests.conftest import NOW

LIMIT = Limit("test", free_attempts=3)


def fail(app: Flask, count: int = 1, subject: str = "a", at: object = NOW) -> None:
    for _ in range(count):
        with app.test_request_context("/"):
            throttle.note_failure((LIMIT, subject), now=at)
            app.process_response(app.response_class())


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (10**6, 60)]
)
def test_each_failure_beyond_the_free_ones_doubles_the_wait(failures: int, seconds: int) -> None:
    assert delay_seconds(LIMIT, failures) == seconds


def test_the_wait_counts_from_the_latest_failure(app: Flask) -> None:
    fail(app, 5)
    assert throttle.wait_seconds(LIMIT, "a", NOW) == 4
    assert throttle.wait_seconds(LIMIT, "a", NOW + timedelta(seconds=3, milliseconds=1)) == 1
    assert throttle.wait_seconds(LIMIT, "a", NOW + timedelta(seconds=4)) == 0
    assert throttle.wait_seconds(LIMIT, "b", NOW) == 0


def test_check_wait_tells_the_longest_wait(app: Flask) -> None:
    fail(app, 4)
    fail(app, 3, "b")
    with pytest.raises(TooManyAttemptsError, match="Vent 2 sekunder"):
        throttle.check_wait((LIMIT, "b"), (LIMIT, "a"), now=NOW)


def test_failures_are_forgotten_after_half_an_hour_and_their_rows_go(app: Flask) -> None:
    fail(app, 9)
    later = NOW + timedelta(minutes=31)
    assert throttle.wait_seconds(LIMIT, "a", later) == 0
    fail(app, 1, "b", later)
    assert db.session.scalar(select(func.count()).select_from(AttemptCounter)) == 1


def test_a_wait_goes_on_across_the_border_of_two_windows(app: Flask) -> None:
    before = NOW.replace(minute=14, second=59)
    fail(app, 9, at=before)
    assert throttle.wait_seconds(LIMIT, "a", before + timedelta(seconds=2)) == 58


def test_the_right_answer_is_forgiven(app: Flask) -> None:
    fail(app, 9)
    throttle.forgive((LIMIT, "a"))
    db.session.commit()
    assert throttle.wait_seconds(LIMIT, "a", NOW) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_one_household_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
