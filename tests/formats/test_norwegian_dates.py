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
)

_WINTER = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
_SUMMER = datetime(2026, 6, 23, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "torsdag 26. november 2026 kl. 18.00"),
        ("nn", "torsdag 26. november 2026 kl. 18.00"),
        ("en", "Thursday 26 November 2026, 18:00"),
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
