"""Extracts of a made-up municipality in each format that the importer reads. In: households. Out: bytes in a stream.

Written household by household, so that a million people take no more memory than a thousand. The same people give the
same bytes: the workbook's creation date is the extract's date, not the clock's.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import BinaryIO

import xlsxwriter

from outreach.demo.person import DemoHousehold, DemoPerson
from outreach.demo.person_documents import person_document
from outreach.demo.table_rows import HEADER, table_row


class ExtractFormat(StrEnum):
    """The formats of an extract."""

    NDJSON = "ndjson"
    CSV = "csv"
    XLSX = "xlsx"


# A sheet of Excel ends here, header included.
MOST_XLSX_ROWS = 1_048_576
_BUFFER_BYTES = 1 << 20


def write_extract(
    households: Iterable[DemoHousehold], stream: BinaryIO, *, kind: ExtractFormat, as_of: date, encoding: str
) -> int:
    """Write everybody of `households` to `stream` and return how many there were. `encoding` matters for CSV only.

    Characters that a one-byte encoding lacks become "?", as in the systems that still deliver it.
    """
    people = _people(households)
    if kind is ExtractFormat.NDJSON:
        return _write_ndjson(people, stream, as_of)
    if kind is ExtractFormat.CSV:
        return _write_csv(people, stream, encoding)
    return _write_xlsx(people, stream, as_of)


def _people(households: Iterable[DemoHousehold]) -> Iterator[DemoPerson]:
    for household in households:
        yield from household.people


def _write_ndjson(people: Iterable[DemoPerson], stream: BinaryIO, as_of: date) -> int:
    count = 0
    for person in people:
        line = json.dumps(person_document(person, as_of), ensure_ascii=False, separators=(",", ":"))
        stream.write(line.encode() + b"\n")
        count += 1
    return count


def _write_csv(people: Iterable[DemoPerson], stream: BinaryIO, encoding: str) -> int:
    text = io.TextIOWrapper(
        io.BufferedWriter(_Kept(stream), _BUFFER_BYTES), encoding=encoding, errors="replace", newline=""
    )
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    count = 0
    for person in people:
        writer.writerow(table_row(person))
        count += 1
    text.flush()
    return count


def _write_xlsx(people: Iterable[DemoPerson], stream: BinaryIO, as_of: date) -> int:
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime.combine(as_of, time(12)), "title": "Oppdiktet uttrekk"})
    sheet = book.add_worksheet("Uttrekk")
    sheet.write_row(0, 0, HEADER)
    count = 0
    for count, person in enumerate(people, 1):
        sheet.write_row(count, 0, table_row(person))
    book.close()
    return count


class _Kept(io.RawIOBase):
    """The caller's stream under a text layer that must not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, block: object) -> int:
        data = bytes(block)  # type: ignore[call-overload]
        self._stream.write(data)
        return len(data)
