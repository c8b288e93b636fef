"""When an offer is told and when it ends: by day, at night, over a weekend, and before the event begins."""

from datetime import UTC, datetime

import pytest

from outreach.formats.norwegian_dates import OSLO
from outreach.rsvp.waitlist.offer_times import ToldBy, best_way, offer_times, text_time

# A Thursday.
START = datetime(2026, 11, 26, 18, 0, tzinfo=OSLO)


def _oslo(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("told_by", "hours", "made", "told", "ends"),
    [
        (ToldBy.EMAIL, 24, "03T12:00", "03T12:00", "04T12:00"),
        (ToldBy.EMAIL, 24, "03T20:59", "03T20:59", "04T20:59"),
        (ToldBy.EMAIL, 24, "03T21:00", "04T08:00", "05T10:00"),
        (ToldBy.SMS, 24, "04T07:59", "04T08:00", "05T10:00"),
        (ToldBy.SMS, 2, "03T20:00", "03T20:00", "04T10:00"),
        (ToldBy.SMS, 2, "04T03:00", "04T08:00", "04T10:00"),
        (ToldBy.SMS, 4, "04T08:00", "04T08:00", "04T12:00"),
        (ToldBy.PHONE, 24, "03T12:00", "03T12:00", "04T12:00"),
        (ToldBy.PHONE, 24, "03T15:00", "04T09:00", "05T10:00"),
        # A Friday, and a Saturday.
        (ToldBy.PHONE, 24, "06T12:00", "06T12:00", "09T15:00"),
        (ToldBy.PHONE, 24, "07T12:00", "09T09:00", "10T10:00"),
        # The event's own day, and the evening before one that begins in the morning.
        (ToldBy.EMAIL, 24, "26T12:00", "26T12:00", "26T18:00"),
        (ToldBy.PHONE, 24, "26T16:00", "26T18:00", "26T18:00"),
    ],
)
def test_when_an_offer_is_told_and_ends(told_by: ToldBy, hours: int, made: str, told: str, ends: str) -> None:
    times = offer_times(_oslo(made).astimezone(UTC), hours=hours, told_by=told_by, starts_at_utc=START.astimezone(UTC))
    assert (times.told_at_utc, times.ends_at_utc) == (_oslo(told), _oslo(ends))
    assert times.ends_at_utc.tzinfo is UTC


@pytest.mark.parametrize(
    ("has_email", "has_mobile", "told_by"),
    [
        (True, True, ToldBy.EMAIL),
        (True, False, ToldBy.EMAIL),
        (False, True, ToldBy.SMS),
        (False, False, ToldBy.PHONE),
    ],
)
def test_the_best_way_to_tell(has_email: bool, has_mobile: bool, told_by: ToldBy) -> None:
    assert best_way(has_email=has_email, has_mobile=has_mobile) is told_by


@pytest.mark.parametrize(
    ("changed", "begins", "leaves"),
    [
        ("20T14:00", "26T18:00", "20T14:00"),
        ("20T23:30", "26T18:00", "21T08:00"),
        ("20T05:00", "26T18:00", "20T08:00"),
        ("25T23:30", "26T18:00", "26T08:00"),
        # It is at hand: better woken than at a closed door.
        ("26T06:30", "26T10:00", "26T06:30"),
        ("25T22:30", "26T10:00", "25T22:30"),
    ],
)
def test_an_sms_of_a_change_wakes_nobody_unless_the_event_is_at_hand(changed: str, begins: str, leaves: str) -> None:
    now = _oslo(changed).astimezone(UTC)
    assert text_time(now, starts_at_utc=_oslo(begins).astimezone(UTC)) == _oslo(leaves)
