"""CSV and TSV: semicolon, comma, tab or bar, found from the header. Pure: a text stream in, header and records out."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from outreach.register.formats import headers
from outreach.register.problems import BrokenTableError, UnknownColumnsError

_DELIMITERS = ";\t,|"
# Some systems put a title or a date above the header.
_LINES_TO_HEADER = 10
_LONGEST_LINE_CHARACTERS = 1 << 20
Record = tuple[int, Sequence[str]]


def records(stream: TextIO) -> tuple[Sequence[str], Iterator[Record]]:
    """Return the header of `stream` and an iterator of (row, cells) below it; rows are counted as a spreadsheet does.

    Raises UnknownColumnsError when there is no header, BrokenTableError (also while iterating).
    """
    head = list(islice(_lines(stream), _LINES_TO_HEADER))
    delimiter = _delimiter(head)
    numbered = _numbered(chain(head, _lines(stream)), delimiter)
    for row, cells in numbered:
        if headers.is_header(cells):
            return cells, numbered
        if row >= _LINES_TO_HEADER:
            break
    raise UnknownColumnsError


def _lines(stream: TextIO) -> Iterator[str]:
    return iter(lambda: stream.readline(_LONGEST_LINE_CHARACTERS), "")


def _delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter by which most headers are recognised."""
    return max(_DELIMITERS, key=lambda char: max(len(headers.recognised(line.split(char))) for line in lines))


def _numbered(lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield row, cells
    except csv.Error as error:
        raise BrokenTableError(row=row + 1) from error
