"""Reports as tables for files (CSV, XLSX). In: published figures. Out: rows; None is a hidden number. Pure.

One long table holds everything of any number of events: a number a row, so that a spreadsheet can turn it any way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter

from outreach.formats.safe_csv import safe_row
from outreach.reports.figures import Dimension
from outreach.reports.published import Published

HIDDEN = "<5"
_WIDTHS = (34, 12, 12, 26, 26, 22, 10)


@dataclass(frozen=True)
class ReportedEvent:
    """An event as files tell of it, with what may be published."""

    title: str
    day: date
    city: str
    published: Published


@dataclass(frozen=True)
class Naming:
    """What things are called, in the reader's language: totals and measures by name, dimensions, and buckets."""

    totals: dict[str, str]
    measures: dict[str, str]
    dimensions: dict[str, str]
    buckets: dict[tuple[str, str], str]
    whole: str


def long_rows(events: Iterable[ReportedEvent], naming: Naming) -> list[tuple[object, ...]]:
    """Return (event, day, city, by, bucket, measure, number) of every number."""
    found: list[tuple[object, ...]] = []
    for event in events:
        about = (event.title, event.day.isoformat(), event.city)
        for (dimension, bucket, measure), number in event.published.rows():
            what = naming.totals[measure] if not dimension else naming.measures[measure]
            of = naming.dimensions[dimension] if dimension else naming.whole
            named = naming.buckets.get((dimension, bucket), bucket)
            found.append((*about, of, named, what, HIDDEN if number is None else number))
    return found


def buckets_of(events: Iterable[ReportedEvent]) -> list[tuple[Dimension, str]]:
    """Return each dimension and bucket that occurs, once."""
    keys = (key for event in events for key, _number in event.published.rows() if key[0])
    return list(dict.fromkeys((Dimension(key[0]), key[1]) for key in keys))


def workbook(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], note: str) -> bytes:
    """Return an XLSX of one sheet: `title`, `note`, a bold row of `columns` with a filter, and `rows`. No formulas."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet()
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, note)
    sheet.write_row(3, 0, columns, bold)
    sheet.freeze_panes(4, 0)
    for at, row in enumerate(rows, start=4):
        sheet.write_row(at, 0, safe_row(row))
    sheet.autofilter(3, 0, 3 + max(len(rows), 1), len(columns) - 1)
    book.close()
    return out.getvalue()
