"""How many cells a sheet spans, told from its XML before a reader makes room for them. Pure: bytes in, error out.

A reader lays a sheet out from its first to its last cell: two cells in opposite corners would take all memory.
"""

import re

from outreach.register.problems import OversizedWorkbookError, TooManyColumnsError

MOST_CELLS = 40_000_000
MOST_SHEET_COLUMNS = 400
# References that can make a sheet large: two letters or more, or a row of six digits or more.
_FAR_COLUMN = re.compile(rb"""r\s*=\s*["']([A-Z]{2,3})\d{1,7}["']""")
_FAR_ROW = re.compile(rb"""r\s*=\s*["'][A-Z]{1,3}(\d{6,7})["']""")
_LONGEST_REFERENCE_BYTES = 40
_NEAR_COLUMNS, _NEAR_ROWS = 26, 99_999


class SheetExtent:
    """Follows the unpacked pieces of one sheet."""

    def __init__(self) -> None:
        self._columns, self._rows = _NEAR_COLUMNS, _NEAR_ROWS
        self._tail = b""

    def add(self, piece: bytes) -> None:
        """Take the next piece. Raises TooManyColumnsError or OversizedWorkbookError when the sheet spans too much."""
        text = self._tail + piece
        for letters in set(_FAR_COLUMN.findall(text)):
            self._columns = max(self._columns, _column_number(letters))
        for row in set(_FAR_ROW.findall(text)):
            self._rows = max(self._rows, int(row))
        self._tail = text[-_LONGEST_REFERENCE_BYTES:]
        if self._columns > MOST_SHEET_COLUMNS:
            raise TooManyColumnsError(most=MOST_SHEET_COLUMNS)
        if self._columns * self._rows > MOST_CELLS:
            raise OversizedWorkbookError


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
