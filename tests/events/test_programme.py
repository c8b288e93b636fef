"""A programme is read line by line: times, what happens and who; what cannot be read is told with its line."""

from datetime import UTC, datetime, time, timedelta

import pytest

from outreach.events.programme import NO_SUCH_TIME, NO_TIME, NO_WORDS, LineFault, Point, faults, plain, points, timed

STARTS = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
ENDS = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("18.00 Velkommen – ordføreren", Point(time(18), None, "Velkommen", "ordføreren")),
        ("18:00 Velkommen - ordføreren", Point(time(18), None, "Velkommen", "ordføreren")),
        ("- kl. 18.30: Mat", Point(time(18, 30), None, "Mat")),
        ("* Kl 9.05 Kaffe", Point(time(9, 5), None, "Kaffe")),
        ("19.00–19.45 Mat og prat", Point(time(19), time(19, 45), "Mat og prat")),
        ("19.00 - kl. 20.00: Mat – lag – og forening", Point(time(19), time(20), "Mat – lag", "og forening")),
        ("18.00 Fri-lek for **barn**", Point(time(18), None, "Fri-lek for barn")),
        ("18.00 – Velkommen – ordføreren", Point(time(18), None, "Velkommen", "ordføreren")),
    ],
)
def test_a_line_is_when_what_and_who(line: str, point: Point) -> None:
    assert points(line) == (point,)
    assert faults(line) == ()


def test_lines_that_cannot_be_read_are_told_by_their_number() -> None:
    text = "18.00 Velkommen\n\nMat\n25.00 Quiz\n18.60 Quiz\n20.00"
    assert faults(text) == (
        LineFault(3, NO_TIME), LineFault(4, NO_SUCH_TIME), LineFault(5, NO_SUCH_TIME), LineFault(6, NO_WORDS),
    )  # fmt: skip
    assert points(text) == ()


@pytest.mark.parametrize(
    "text", ["", "Vi byr på mat.\n\n- Kaffe\n- Quiz", "3 lag viser seg fram", "10.11.2026 Åpning\n26.11.2026: Fest"]
)
def test_a_text_without_times_is_free_text(text: str) -> None:
    assert (points(text), faults(text)) == ((), ())


def test_in_mails_and_calendars_a_point_is_a_line() -> None:
    assert plain("- kl. 18.00: Velkommen – ordføreren\n- kl. 19.00: Mat") == "18.00 Velkommen – ordføreren\n19.00 Mat"
    assert plain("**Mat** og\n\n- quiz") == "Mat og\nquiz"


def test_points_have_the_moments_of_the_evening_also_after_midnight() -> None:
    late = timed("17.30 Dørene åpner\n23.00–00.30 Dans\n00.45 Takk for i kveld", STARTS, ENDS + timedelta(hours=4))
    assert [(one.starts_at_utc, one.ends_at_utc) for one in late] == [
        (datetime(2026, 11, 26, 16, 30, tzinfo=UTC), None),
        (datetime(2026, 11, 26, 22, 0, tzinfo=UTC), datetime(2026, 11, 26, 23, 30, tzinfo=UTC)),
        (datetime(2026, 11, 26, 23, 45, tzinfo=UTC), None),
    ]


def test_of_an_event_of_several_days_the_clock_does_not_tell_which() -> None:
    (only,) = timed("10.00 Frokost", STARTS, ENDS + timedelta(days=2))
    assert (only.point.what, only.starts_at_utc) == ("Frokost", None)
