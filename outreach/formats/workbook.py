"""A list as a workbook (XLSX). In: a heading, columns and rows. Out: bytes; no cell is ever a formula or a link."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from outreach.formats.safe_csv import safe_row


def workbook(
    sheet_name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[int],
) -> bytes:
    """Return one sheet with `title`, a bold row of `columns` that stays in sight, and `rows`, wrapped.

    `widths`: of the columns, in characters. Texts that a program might take for a formula begin with a quote.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(sheet_name[:31])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, wrapped)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_row(2, 0, columns, bold)
    sheet.freeze_panes(3, 0)
    for at, row in enumerate(rows, start=3):
        sheet.write_row(at, 0, safe_row(row))
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
