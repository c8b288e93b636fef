"""What a person sees of a file before it is read: kind, encoding, first rows as decoded, columns with samples. Pure.

Nothing of it is stored or logged. A row that may be a protected person's is never among the samples, and the last five
digits of a national number are not shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import BinaryIO

from outreach.people.person import clean_text
from outreach.people.protection import Grading, grading_of, grading_of_cell
from outreach.register.feed.meaning import Meaning, meaning_of
from outreach.register.formats import csv_table, encoding, feed, freg, headers, table_rows, xlsx_table
from outreach.register.formats.detect import HEAD_BYTES, Kind
from outreach.register.formats.extract import ReadOptions, encoding_in, kind_in, open_text
from outreach.register.formats.table_head import Record, Table, has_number
from outreach.register.formats.table_rows import TableShape
from outreach.register.register_row import ExtractContext, RegisterRow

SHOWN_ROWS = 3
SHOWN_SAMPLES = 3
_LONGEST_CELL = 80
_HIDDEN_DIGITS = 5
_FIRST_DOCUMENTS = 200
_PROTECTED_WORDS = frozenset({Grading.CONFIDENTIAL, Grading.STRICTLY_CONFIDENTIAL, Grading.CLIENT_ADDRESS})


class Recognition(StrEnum):
    """Why a column is taken for a field."""

    CHOSEN = "chosen"
    HEADER = "header"
    CONTENT = "content"
    DIVIDED = "divided"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column: its name (a mapping's header), at most three different cells, the field it is taken for, or ""."""

    header: str
    samples: tuple[str, ...]
    field: str
    why: Recognition


@dataclass(frozen=True)
class FileLook:
    """One file. `encodings` are the names that may be chosen, the one taken included; both empty for a workbook.

    `rows` are the first three as decoded: cells of a table; name, address and date of a person document; type and time
    of an event. `has_header` False: the table has none, and its columns are called Kolonne 1 and so on.
    """

    kind: Kind
    encoding: str = ""
    encodings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[ColumnLook, ...] = ()
    has_header: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns, in their order."""
        return tuple(column.header for column in self.columns)

    @property
    def shape(self) -> str:
        """Return the shape of the header, or "" when there is none by which a table could be known again."""
        return header_shape(self.header) if self.has_header else ""

    @property
    def mapping(self) -> dict[str, str]:
        """Return field to header, as a mapping file has it."""
        return {column.field: column.header for column in self.columns if column.field}


def header_shape(header: Sequence[str]) -> str:
    """Return a stable text for a header like this: the same for any case, spacing, punctuation and order of columns."""
    return "|".join(sorted(headers.folded(name) for name in header))


def look_at(stream: BinaryIO, options: ReadOptions, context: ExtractContext) -> FileLook:
    """Return what is seen of the file in `stream`, which stands at its start and is left there.

    Columns may be missing or unknown: that is for a person to put right. Raises UnusableFileError for a file that no
    choice of columns, sheet or encoding makes readable.
    """
    kind = kind_in(stream, options)
    look = _look_at_workbook if kind is Kind.XLSX else _look_at_text
    found = look(stream, kind, options, context)
    stream.seek(0)
    return found


def _look_at_workbook(stream: BinaryIO, kind: Kind, options: ReadOptions, context: ExtractContext) -> FileLook:
    table = xlsx_table.open_table(stream, options.mapping, chosen_sheet=options.sheet, is_only_looked_at=True)
    return _of_table(FileLook(kind), table, options.mapping, context)


def _look_at_text(stream: BinaryIO, kind: Kind, options: ReadOptions, context: ExtractContext) -> FileLook:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    found = encoding_in(stream, options)
    names = tuple(dict.fromkeys((found.name, *encoding.possible(head))))
    with open_text(stream, found, kind) as text:
        if kind is Kind.CSV:
            table = csv_table.open_table(text, options.mapping, is_only_looked_at=True)
            return _of_table(FileLook(kind, found.name, names), table, options.mapping, context)
        shown = _events(feed.read(text)) if kind is Kind.FEED else _persons(freg.read(text, context))
        return FileLook(kind, found.name, names, tuple(islice(shown, SHOWN_ROWS)))


def _of_table(seen: FileLook, table: Table, mapping: Mapping[str, str], context: ExtractContext) -> FileLook:
    shape = table_rows.shape_of(table, mapping, context)
    open_rows = [cells for cells in _cells(table.sample) if any(cells) and not _may_be_protected(cells, shape)]
    field_at = {position: field for field, position in shape.positions.items()}
    columns = tuple(
        ColumnLook(name, _samples(open_rows, at), field_at.get(at, ""), _why(field_at.get(at, ""), shape, mapping))
        for at, name in enumerate(table.header)
    )
    rows = tuple(tuple(_shown(cell) for cell in cells) for cells in open_rows[:SHOWN_ROWS])
    return FileLook(
        seen.kind, seen.encoding, seen.encodings, rows, columns, table.has_header, table.sheet, table.sheets
    )


def _cells(sample: Sequence[Record]) -> Iterator[Sequence[str]]:
    return (cells for _, cells in sample)


def _may_be_protected(cells: Sequence[str], shape: TableShape) -> bool:
    at = shape.positions.get("grading")
    if at is not None and at < len(cells) and grading_of_cell(cells[at]) is not Grading.UNGRADED:
        return True
    # The column may not be recognised yet: any cell that is one of the register's words for protection counts.
    return any(not cell.strip().isdigit() and grading_of(cell) in _PROTECTED_WORDS for cell in cells)


def _samples(rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    filled = (shown for cells in rows if at < len(cells) and (shown := _shown(cells[at])))
    return tuple(dict.fromkeys(filled))[:SHOWN_SAMPLES]


def _shown(cell: str) -> str:
    text = clean_text(cell)
    if has_number(text):
        text = text[:-_HIDDEN_DIGITS] + "•" * _HIDDEN_DIGITS
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _why(field: str, shape: TableShape, mapping: Mapping[str, str]) -> Recognition:
    if not field:
        return Recognition.NONE
    if mapping.get(field):
        return Recognition.CHOSEN
    if field in shape.divided:
        return Recognition.DIVIDED
    return Recognition.CONTENT if field in shape.guessed else Recognition.HEADER


def _persons(rows: Iterator[object]) -> Iterator[tuple[str, ...]]:
    for row in islice(rows, _FIRST_DOCUMENTS):
        if isinstance(row, RegisterRow) and not row.is_protected:
            address = ", ".join(row.address.letter_lines()) if row.address else ""
            moved = row.moved_on.isoformat() if row.moved_on else ""
            yield _shown(row.name.full), _shown(address), moved


def _events(events: Iterator[object]) -> Iterator[tuple[str, ...]]:
    return (
        (event.type_name, event.at.isoformat() if event.at else "")
        for event in islice(events, _FIRST_DOCUMENTS)
        if isinstance(event, feed.Event) and meaning_of(event.type_name) is not Meaning.PROTECTED
    )
