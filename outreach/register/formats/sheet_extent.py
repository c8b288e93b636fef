"""How many cells a sheet spans, told from its XML before a reader makes room for them. Pure: bytes in, error out.

A reader lays a sheet out from its first to its last cell: two cells in opposite corners would take all memory. Cells
and rows say where they are ("r"), or just stand one after another; both are followed.
"""

import re

from outreach.register.problems import OversizedWorkbookError, ScatteredSheetError, TooManyColumnsError

MOST_CELLS = 40_000_000
MOST_SHEET_COLUMNS = 400
# Above this a sheet must have a cell in every twentieth place: real tables leave few out.
LOOSE_CELLS = 4_000_000
MOST_PLACES_A_CELL = 20
# References that can make a sheet large: two letters or more, or six digits or more in a row that has no number.
_FAR_COLUMN = re.compile(rb"""r\s*=\s*["']([A-Z]{2,3})\d{1,7}["']""")
_FAR_ROW = re.compile(rb"""r\s*=\s*["'][A-Z]{1,3}(\d{6,7})["']""")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
# Within a row nothing else begins so; the second is how it begins in a document with named namespaces.
_CELL_STARTS = ((b"<c ", b"<c>", b"<c/"), (b":c ", b":c>", b":c/"))
_ROW_STARTS = (b"<row", b":row")
_LONGEST_TAG_BYTES = 1 << 16
_NEAR_COLUMNS, _NEAR_ROWS = 26, 9_999


class SheetExtent:
    """Follows the unpacked pieces of one sheet."""

    def __init__(self) -> None:
        self._columns, self._rows = _NEAR_COLUMNS, _NEAR_ROWS
        self._cell_elements = self._row_elements = self._cells_in_row = 0
        self._open_tag = b""

    def add(self, piece: bytes) -> None:
        """Take the next piece. Raises TooManyColumnsError or OversizedWorkbookError when the sheet spans too much."""
        text = self._open_tag + piece
        start = text.rfind(b"<")
        end = start if 0 <= len(text) - start <= _LONGEST_TAG_BYTES else len(text)
        self._follow_references(text)
        self._follow_elements(text[:end])
        self._open_tag = text[end:]
        if self._columns > MOST_SHEET_COLUMNS:
            raise TooManyColumnsError(most=MOST_SHEET_COLUMNS)
        if self._columns * self._rows > MOST_CELLS:
            raise OversizedWorkbookError

    def finish(self) -> None:
        """Hear that the sheet is whole. Raises ScatteredSheetError when next to nothing stands in what it spans."""
        places = self._columns * self._rows
        if places > max(LOOSE_CELLS, MOST_PLACES_A_CELL * self._cell_elements):
            raise ScatteredSheetError

    def _follow_references(self, text: bytes) -> None:
        for letters in set(_FAR_COLUMN.findall(text)):
            self._columns = max(self._columns, _column_number(letters))
        for row in set(_FAR_ROW.findall(text)):
            self._rows = max(self._rows, int(row))

    def _follow_elements(self, text: bytes) -> None:
        """Count rows, and the cells of each: the first part of the text belongs to the row that was begun before."""
        is_named = _ROW_STARTS[0] not in text and _ROW_STARTS[1] in text
        first, *others = text.split(_ROW_STARTS[is_named])
        spaced, plain, closed = _CELL_STARTS[is_named]
        counts = [row.count(spaced) + row.count(plain) + row.count(closed) for row in (first, *others)]
        self._columns = max(self._columns, self._cells_in_row + counts[0], *counts[1:])
        self._cells_in_row = counts[-1] + (0 if others else self._cells_in_row)
        self._cell_elements += sum(counts)
        numbers = (_ROW_NUMBER.search(row, 0, row.find(b">")) for row in others)
        self._row_elements += len(others)
        self._rows = max(self._rows, self._row_elements, *(int(number[1]) for number in numbers if number))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
