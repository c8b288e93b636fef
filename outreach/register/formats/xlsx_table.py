"""XLSX workbooks: the first visible sheet with a header that we know. A binary stream in, header and records out.

Cells come as numbers, dates and texts; they are written as a person would see them. Hidden sheets are left out, since
nobody who looked at the file has seen them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from outreach.register.formats import headers
from outreach.register.formats.zip_safety import refuse_bomb
from outreach.register.problems import BrokenWorkbookError, UnknownColumnsError

_ROWS_TO_HEADER = 20
Record = tuple[int, Sequence[str]]


def records(stream: BinaryIO) -> tuple[Sequence[str], Iterator[Record]]:
    """Return the header of the workbook and an iterator of (row, cells) below it.

    Raises OversizedWorkbookError, BrokenWorkbookError, UnknownColumnsError.
    """
    refuse_bomb(stream)
    for sheet in _visible_sheets(stream):
        numbered = ((row, [_text(cell) for cell in cells]) for row, cells in enumerate(sheet.iter_rows(), start=1))
        for row, cells in numbered:
            if headers.is_header(cells):
                return cells, numbered
            if row >= _ROWS_TO_HEADER:
                break
    raise UnknownColumnsError


def _visible_sheets(stream: BinaryIO) -> Iterator[Any]:
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        for sheet in workbook.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
                yield workbook.get_sheet_by_name(sheet.name)
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenWorkbookError from error


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
