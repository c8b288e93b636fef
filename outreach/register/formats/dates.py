"""Dates as extracts write them. Pure: text in, date out, ValueError when there is no such date.

The register's moments come with an offset or in UTC, so 1 January may read `…-12-31T23:00:00Z`: they are read in
Europe/Oslo. Tables come in every form that a spreadsheet knows.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_SERIALS = range(3_654, 80_000)  # 1910 to 2119
_SERIAL_WITH_TIME = re.compile(r"(\d{4,5})[.,]\d+")


def day_of(text: str) -> date:
    """Return the date of `text`: a date, or a moment read in Europe/Oslo. Raises ValueError."""
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(OSLO).date() if moment.tzinfo else moment.date()


def day_of_cell(cell: str, *, serials: bool = False) -> date:
    """Return the date of a table's cell: 2026-03-01, 1.3.2026, 01/03/2026, 20260301, 01032026, 01.03.26 or a moment.

    With `serials` a bare number of five digits is a spreadsheet's day number, and decimals after it the time of day.
    A year of two digits is this century's.
    Raises ValueError.
    """
    found = _DAY_FIRST.match(cell)
    if found and (found.end() == len(cell) or cell[found.end()] in " T"):
        day, month, year = found.groups()
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    if cell.isascii() and cell.isdigit():
        return _day_of_digits(cell, serials)
    if serials and (number := _SERIAL_WITH_TIME.fullmatch(cell)):
        return _day_of_digits(number[1], serials)
    if not _ISO.match(cell):
        raise ValueError("not a date")
    return day_of(cell)


def has_short_year(cell: str) -> bool:
    """Say whether the cell writes the year with two digits, so that the century is left open."""
    found = _DAY_FIRST.fullmatch(cell)
    return bool(found and len(found[3]) == 2) or (len(cell) == 6 and cell.isdigit())


def _day_of_digits(cell: str, serials: bool) -> date:
    if len(cell) == 8 and cell[:2] in ("19", "20"):
        try:
            return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
        except ValueError:
            pass  # 20122026 is a day in December, not the twentieth month of 2012
    if len(cell) in (6, 8):
        year = int(cell[4:])
        return date(year + (2000 if len(cell) == 6 else 0), int(cell[2:4]), int(cell[:2]))
    if serials and len(cell) in (4, 5) and int(cell) in _SERIALS:
        return _SPREADSHEET_EPOCH + timedelta(days=int(cell))
    raise ValueError("not a date")
