"""Dates as people read them, in three languages, on both sides of midnight and of summer time."""

from datetime import UTC, date, datetime

import pytest

from outreach.formats.norwegian_dates import (
    calendar_leaf,
    date_time,
    long_date,
    short_date,
    short_date_time,
    time_of_day,
    time_span,
)

_WINTER = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
_SUMMER = datetime(2026, 6, 23, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "torsdag 26. november 2026 kl. 18.00"),
        ("nn", "torsdag 26. november 2026 kl. 18.00"),
        ("en", "Thursday 26 November 2026, 18:00"),
        ("uk", "четвер, 26 листопада 2026 о\u00a018:00"),
        ("pl", "czwartek, 26 listopada 2026, godz.\u00a018:00"),
        ("ar", "الخميس، 26 نوفمبر 2026، 18:00"),
    ],
)
def test_date_and_time_are_written_as_each_language_has_it(language: str, words: str) -> None:
    assert date_time(_WINTER, language) == words


def test_the_day_is_that_of_oslo() -> None:
    assert date_time(_SUMMER, "nb") == "onsdag 24. juni 2026 kl. 00.30"


@pytest.mark.parametrize(("language", "words"), [("nb", "26. nov. 2026 kl. 18.00"), ("en", "26 Nov 2026 18:00")])
def test_short_form_fits_a_narrow_column(language: str, words: str) -> None:
    assert short_date_time(_WINTER, language) == words


def test_date_alone_and_time_alone() -> None:
    assert long_date(date(2026, 11, 23), "nb") == "mandag 23. november 2026"
    assert time_of_day(_SUMMER, "nb") == "kl. 00.30"


def test_leaf_of_a_calendar_has_the_day_of_oslo() -> None:
    assert calendar_leaf(_SUMMER, "nb") == ("24", "juni")
    assert calendar_leaf(_WINTER, "en") == ("26", "Nov")


def test_short_date_fits_a_narrow_column() -> None:
    assert short_date(date(2026, 11, 23), "nn") == "23. nov. 2026"


@pytest.mark.parametrize(
    ("starts", "ends", "language", "words"),
    [
        ((11, 26, 17), (11, 26, 20), "nb", "torsdag 26. november 2026 kl.\u00a018.00\u2060–\u206021.00"),
        ((11, 26, 17), (11, 26, 20), "nn", "torsdag 26. november 2026 kl.\u00a018.00\u2060–\u206021.00"),
        ((11, 26, 17), (11, 26, 20), "en", "Thursday 26 November 2026, 18:00\u2060–\u206021:00"),
        # Both sides of midnight in Oslo, which is not that of UTC.
        ((11, 26, 17), (11, 26, 22), "nb", "torsdag 26. november 2026 kl.\u00a018.00\u2060–\u206023.00"),
        (
            (11, 26, 17),
            (11, 26, 23),
            "nb",
            "torsdag 26. november 2026 kl. 18.00 til fredag 27. november 2026 kl. 00.00",
        ),
        (
            (11, 26, 17),
            (11, 26, 23),
            "en",
            "Thursday 26 November 2026, 18:00 to Friday 27 November 2026, 00:00",
        ),
        # One day in Oslo, two in UTC; in summer time.
        ((6, 23, 22), (6, 24, 10), "nb", "onsdag 24. juni 2026 kl.\u00a000.00\u2060–\u206012.00"),
        # The night in which the clocks go back: four hours, three on the clock.
        ((10, 24, 22), (10, 25, 2), "nb", "søndag 25. oktober 2026 kl.\u00a000.00\u2060–\u206003.00"),
    ],
)
def test_a_span_of_one_day_has_its_times_unbroken_and_a_longer_one_has_both_dates(
    starts: tuple[int, int, int], ends: tuple[int, int, int], language: str, words: str
) -> None:
    first, last = (datetime(2026, month, day, hour, 0, tzinfo=UTC) for month, day, hour in (starts, ends))
    assert time_span(first, last, language) == words
