"""Opens an extract of any kind: a binary stream in, its kind, encoding, columns and rows out.

The rows are read while they are used; the stream must stay open until then, and nothing of it is kept.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from outreach.register.formats import csv_table, freg, table_rows, xlsx_table
from outreach.register.formats.detect import HEAD_BYTES, Kind, kind_of
from outreach.register.formats.encoding import detect
from outreach.register.register_row import ExtractContext, RegisterRow, UnreadableRow


@dataclass(frozen=True)
class ReadOptions:
    """How to read: `kind` None finds out; `mapping` is field to header; `protection_is_checked` by a named person."""

    kind: Kind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    protection_is_checked: bool = False


@dataclass(frozen=True)
class Extract:
    """An opened extract. `columns` is field to header, empty for person documents."""

    kind: Kind
    encoding: str
    columns: Mapping[str, str]
    rows: Iterator[RegisterRow | UnreadableRow]


def open_extract(stream: BinaryIO, options: ReadOptions, context: ExtractContext) -> Extract:
    """Return the extract in `stream`, which stands at its start. Raises UnusableFileError, also while rows are read."""
    kind = options.kind or kind_of(stream.read(HEAD_BYTES))
    stream.seek(0)
    if kind is Kind.XLSX:
        header, records = xlsx_table.records(stream)
        return _table(kind, "", header, records, options, context)
    encoding = detect(stream)
    text = _BorrowedText(stream, encoding=encoding.codec, errors="replace", newline=None if kind is Kind.FREG else "")
    if kind is Kind.FREG:
        return Extract(kind, encoding.name, {}, freg.read(text, context))
    header, records = csv_table.records(text)
    return _table(kind, encoding.name, header, records, options, context)


def _table(
    kind: Kind,
    encoding: str,
    header: table_rows.Cells,
    records: Iterator[csv_table.Record],
    options: ReadOptions,
    context: ExtractContext,
) -> Extract:
    shape = table_rows.shape_of(
        header,
        mapping=options.mapping,
        protection_is_checked=options.protection_is_checked,
        serials=kind is Kind.XLSX,
    )
    columns = {field: shape.header[position] for field, position in shape.positions.items()}
    return Extract(kind, encoding, columns, table_rows.rows(shape, records, context))


class _BorrowedText(io.TextIOWrapper):
    """Text over a stream that belongs to the caller: it is let go of, never closed."""

    def close(self) -> None:
        """Let go of the stream."""
        with suppress(ValueError):
            self.detach()
