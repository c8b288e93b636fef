"""CSV and TSV: semicolon, comma, tab or bar, found from the first lines. Pure: a text stream in, a table out."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TextIO

from outreach.register.formats import headers
from outreach.register.formats.table_head import Record, Table, table_of
from outreach.register.problems import BrokenTableError, UnreadableTextError

_DELIMITERS = ";\t,|"
_FIRST_LINES = 20
_LONGEST_LINE_CHARACTERS = 1 << 20


def open_table(stream: TextIO, mapping: Mapping[str, str], *, is_only_looked_at: bool = False) -> Table:
    """Return the table in `stream`; rows are counted as a spreadsheet does.

    Raises UnknownColumnsError, TooManyColumnsError, BrokenTableError (also while the records are read).
    """
    head = list(islice(_lines(stream), _FIRST_LINES))
    delimiter = _delimiter(head, mapping)
    records = _numbered(chain(head, _lines(stream)), delimiter)
    return table_of(records, mapping, is_only_looked_at=is_only_looked_at)


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE_CHARACTERS):
        if "\0" in line:
            raise UnreadableTextError
        yield line


def _delimiter(lines: Sequence[str], mapping: Mapping[str, str]) -> str:
    """Return the delimiter by which most headers are recognised, else the one that cuts the lines most evenly."""
    if lines and lines[0].casefold().startswith("sep=") and lines[0][4:5] in _DELIMITERS:
        return lines[0][4]  # what Excel writes for Excel
    wanted = {headers.folded(header) for header in mapping.values() if header}
    return max(_DELIMITERS, key=lambda char: (_known_words(lines, char, wanted), _evenness(lines, char)))


def _known_words(lines: Sequence[str], delimiter: str, wanted: set[str]) -> int:
    return max((_count_known(line.split(delimiter), wanted) for line in lines), default=0)


def _count_known(cells: Sequence[str], wanted: set[str]) -> int:
    if len(cells) < 2:
        return 0
    return len(headers.recognised(cells)) + sum(headers.folded(cell) in wanted for cell in cells)


def _evenness(lines: Sequence[str], delimiter: str) -> int:
    """Return how many of the lines have as many delimiters as most of them, weighed by how many those are."""
    counts = [line.count(delimiter) for line in lines if line.strip()]
    most = max(set(counts), key=counts.count, default=0)
    return counts.count(most) * min(most, 30)


def _numbered(lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield row, cells
    except csv.Error as error:
        raise BrokenTableError(row=row + 1) from error
