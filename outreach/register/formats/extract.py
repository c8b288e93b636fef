"""Opens an extract of any kind: a binary stream in, its kind, encoding, columns and rows out.

The rows are read while they are used; the stream must stay open until then, and nothing of it is kept.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from outreach.register.formats import csv_table, encoding, freg, headers, table_rows, xlsx_table
from outreach.register.formats.detect import HEAD_BYTES, Kind, kind_of
from outreach.register.formats.table_head import Table
from outreach.register.problems import EventFeedError
from outreach.register.register_row import ExtractContext, RegisterRow, UnreadableRow


@dataclass(frozen=True)
class ReadOptions:
    """How to read: `kind` None finds out; `mapping` is field to header; `protection_is_checked` by a named person.

    In `mapping` an empty header says that the file has no such column. `encoding` is one of `encoding.NAMES`, or empty
    to find out; `sheet` the name of a visible sheet, or empty for the first with a table.
    """

    kind: Kind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    protection_is_checked: bool = False
    encoding: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Extract:
    """An opened extract. `columns` is field to header, empty for person documents; only content tells the `guessed`.

    `is_repeated`: a column is left out whose header another one has as well.
    """

    kind: Kind
    encoding: str
    columns: Mapping[str, str]
    rows: Iterator[RegisterRow | UnreadableRow]
    guessed: frozenset[str] = frozenset()
    is_repeated: bool = False


def open_extract(stream: BinaryIO, options: ReadOptions, context: ExtractContext) -> Extract:
    """Return the extract in `stream`, which stands at its start. Raises UnusableFileError, also while rows are read."""
    kind = kind_in(stream, options)
    if kind is Kind.FEED:
        raise EventFeedError
    if kind is Kind.XLSX:
        table = xlsx_table.open_table(stream, options.mapping, chosen_sheet=options.sheet)
        return _of_table(kind, "", table, options, context)
    found = encoding_in(stream, options)
    text = open_text(stream, found, kind)
    if kind is Kind.FREG:
        return Extract(kind, found.name, {}, freg.read(text, context))
    return _of_table(kind, found.name, csv_table.open_table(text, options.mapping), options, context)


def kind_in(stream: BinaryIO, options: ReadOptions) -> Kind:
    """Return the kind of the file, which is left at its start. Raises UnusableFileError."""
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    codec = encoding.chosen(options.encoding).codec if options.encoding else ""
    return options.kind or kind_of(head, codec)


def encoding_in(stream: BinaryIO, options: ReadOptions) -> encoding.Encoding:
    """Return the chosen encoding, else the one found in the stream, which is left at its start."""
    return encoding.chosen(options.encoding) if options.encoding else encoding.detect(stream)


def open_text(stream: BinaryIO, found: encoding.Encoding, kind: Kind) -> io.TextIOWrapper:
    """Return the text of `stream`, which stays the caller's; in a table line ends are kept for the quoted cells."""
    newline = "" if kind is Kind.CSV else None
    return _BorrowedText(stream, encoding=found.codec, errors="replace", newline=newline)


def _of_table(kind: Kind, encoding_name: str, table: Table, options: ReadOptions, context: ExtractContext) -> Extract:
    shape = table_rows.shape_of(table, options.mapping, context)
    headers.refuse_incomplete(shape.positions, protection_is_checked=options.protection_is_checked)
    columns = {field: shape.header[position] for field, position in shape.positions.items()}
    rows = table_rows.rows(shape, table.records, context)
    is_repeated = headers.repeated(shape.header, shape.positions)
    return Extract(kind, encoding_name, columns, rows, shape.guessed, is_repeated)


class _BorrowedText(io.TextIOWrapper):
    """Text over a stream that belongs to the caller: it is let go of, never closed."""

    def close(self) -> None:
        """Let go of the stream."""
        with suppress(ValueError):
            self.detach()
