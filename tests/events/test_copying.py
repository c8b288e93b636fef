"""An event copied to another year."""

from datetime import UTC, date, datetime

import pytest

from outreach.events.copying import copied
from outreach.events.event import OSLO, check
from tests.factories.events import event_details


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(OSLO):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("today", "starts", "answer_by"),
    [
        # Before the event, on its day and the day after: next year's Thursday.
        (date(2026, 11, 2), "Thu 2027-11-25 18:00", date(2027, 11, 22)),
        (date(2026, 11, 26), "Thu 2027-11-25 18:00", date(2027, 11, 22)),
        (date(2026, 11, 27), "Thu 2027-11-25 18:00", date(2027, 11, 22)),
        # One that is long over comes after today.
        (date(2029, 1, 15), "Thu 2029-11-22 18:00", date(2029, 11, 19)),
    ],
)
def test_a_copy_has_the_same_weekday_and_time(today: date, starts: str, answer_by: date) -> None:
    copy = copied(event_details(nearest_stop="Torget", parking="Bak huset"), today, ())
    assert (_local(copy.starts_at_utc), copy.answer_by) == (starts, answer_by)
    assert (copy.nearest_stop, copy.parking, copy.programme) == ("Torget", "Bak huset", event_details().programme)
    check(copy)


def test_the_clock_on_the_wall_decides_over_a_change_of_the_clocks() -> None:
    """29 March 2026 is summer time from 2 o'clock on; 28 March 2027 is so too, 27 March 2027 is not."""
    starts, ends = datetime(2026, 3, 29, 8, tzinfo=UTC), datetime(2026, 3, 29, 10, tzinfo=UTC)
    details = event_details(starts_at_utc=starts, ends_at_utc=ends, answer_by=date(2026, 3, 27))
    copy = copied(details, date(2026, 4, 1), ())
    assert (_local(starts), _local(copy.starts_at_utc)) == ("Sun 2026-03-29 10:00", "Sun 2027-03-28 10:00")
    winter = event_details(
        starts_at_utc=datetime(2024, 3, 30, 9, tzinfo=UTC),
        ends_at_utc=datetime(2024, 3, 30, 10, tzinfo=UTC),
        answer_by=date(2024, 3, 27),
    )
    assert _local(copied(winter, date(2024, 4, 1), ()).starts_at_utc) == "Sat 2025-03-29 10:00"


@pytest.mark.parametrize(
    ("slug", "taken", "expected"),
    [
        ("ny-i-modum-2026", (), "ny-i-modum-2027"),
        ("ny-i-modum", (), "ny-i-modum-2027"),
        ("ny-i-modum-2026", ("ny-i-modum-2027", "ny-i-modum-2027-2"), "ny-i-modum-2027-3"),
        ("20267-ting", (), "20267-ting-2027"),
        ("a" * 80, (), f"{'a' * 75}-2027"),
    ],
)
def test_the_web_address_is_new(slug: str, taken: tuple[str, ...], expected: str) -> None:
    copy = copied(event_details(slug=slug), date(2026, 11, 2), taken)
    assert copy.slug == expected
    check(copy)


def test_a_year_in_the_title_follows_and_texts_stay() -> None:
    copy = copied(event_details(description="Mat i 2026."), date(2026, 11, 2), ())
    assert (copy.title, copy.description) == ("Ny i Modum-kveld 2027", "Mat i 2026.")
