from datetime import date

import pytest

from outreach.register.formats.dates import day_of, day_of_cell, has_short_year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2025-12-31T23:00:00Z", date(2026, 1, 1)),
        ("2025-12-30T23:00:00Z", date(2025, 12, 31)),
        ("2026-06-30T22:00:00Z", date(2026, 7, 1)),
        ("2026-03-01T09:15:00.123+01:00", date(2026, 3, 1)),
        ("2026-03-01T00:00:00", date(2026, 3, 1)),
    ],
)
def test_reads_moments_in_oslo(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    "cell",
    ["2026-03-01", "01.03.2026", "1.3.2026", "01/03/2026", "1-3-2026", "20260301", "01032026", "01.03.26", "010326",
     "2026-03-01T00:00:00", "01.03.2026 00:00:00", "2026-03-01 00:00"],
)  # fmt: skip
def test_reads_a_date_however_it_is_written(cell: str) -> None:
    assert day_of_cell(cell) == date(2026, 3, 1)


def test_reads_a_spreadsheets_day_number_only_where_there_can_be_one() -> None:
    assert day_of_cell("46082", serials=True) == date(2026, 3, 1)
    with pytest.raises(ValueError, match="not a date"):
        day_of_cell("46082")
    with pytest.raises(ValueError, match="not a date"):
        day_of_cell("99999", serials=True)


@pytest.mark.parametrize("cell", ["46082.75", "46082,75", "46082.0", "46082.999988425924"])
def test_a_day_number_with_a_time_of_day_is_that_day(cell: str) -> None:
    assert day_of_cell(cell, serials=True) == date(2026, 3, 1)
    for other, serials in ((cell, False), (f"9{cell[:1]}9{cell[2:]}", True), (f"{cell}x", True)):
        with pytest.raises(ValueError, match=r".+"):
            day_of_cell(other, serials=serials)


@pytest.mark.parametrize(
    "cell", ["31.02.2026", "2026-02-30", "32.01.2026", "01.13.2026", "29.02.2025", "i går", "1.3", "00.00.0000", "2026"]
)
def test_an_impossible_date_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        day_of_cell(cell)


@pytest.mark.parametrize(
    ("cell", "is_short"), [("12.04.90", True), ("120490", True), ("12.04.1990", False), ("", False)]
)
def test_two_digits_leave_the_century_open(cell: str, is_short: bool) -> None:
    assert has_short_year(cell) == is_short
