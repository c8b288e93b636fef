"""XLSX workbooks: the first visible sheet with a table that we know, or the chosen one. A binary stream in, table out.

Cells come as numbers, dates and texts; they are written as a person would see them. Hidden sheets are left out, since
nobody who looked at the file has seen them. A cell without a known value says that it has none (`cell_errors`).
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from outreach.register.formats.cell_errors import SHOWN, FoundErrors, Places
from outreach.register.formats.table_head import Record, Table, table_of
from outreach.register.formats.zip_safety import refuse_bomb
from outreach.register.problems import BrokenWorkbookError, UnknownColumnsError, UnknownSheetError


def open_table(
    stream: BinaryIO, mapping: Mapping[str, str], *, chosen_sheet: str = "", is_only_looked_at: bool = False
) -> Table:
    """Return the table of the chosen sheet, else of the first visible one in which a table is recognised.

    Raises OversizedWorkbookError, BrokenWorkbookError, UnknownSheetError, UnknownColumnsError, TooManyColumnsError.
    """
    found = refuse_bomb(stream)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        names = _visible_sheets(workbook)
        if chosen_sheet and chosen_sheet not in names:
            raise UnknownSheetError(name=chosen_sheet[:60])
        for name in [chosen_sheet] if chosen_sheet else names:
            with suppress(UnknownColumnsError):
                return _table(workbook, name, names, mapping, found)
        if is_only_looked_at and names:
            return _table(workbook, chosen_sheet or names[0], names, mapping, found, is_only_looked_at=True)
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenWorkbookError from error
    raise UnknownColumnsError


def _table(
    workbook: CalamineWorkbook,
    name: str,
    names: tuple[str, ...],
    mapping: Mapping[str, str],
    found: FoundErrors,
    *,
    is_only_looked_at: bool = False,
) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    errors = found.of_sheet(workbook.sheet_names.index(name))
    table = table_of(_records(sheet, errors), mapping, is_only_looked_at=is_only_looked_at)
    spans = _spans(sheet, table.row - 1) if table.has_header else {}
    # A day number that may be four years off is not read: people write the date instead.
    return replace(table, serials=not found.counts_from_1904, sheet=name, sheets=names, spans=spans)


def _spans(sheet: CalamineSheet, row: int) -> dict[int, int]:
    """Return the first and last column of each merged cell of `row`, from 0, that is wider than one column."""
    merged = sheet.merged_cell_ranges or []
    return {left: right for (top, left), (bottom, right) in merged if top <= row <= bottom and left < right}


def _visible_sheets(workbook: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    )


def _records(sheet: CalamineSheet, errors: Places) -> Iterator[Record]:
    rows = sheet.iter_rows()
    if not errors:
        return ((row, [_text(cell) for cell in cells]) for row, cells in enumerate(rows, start=1))
    return (
        (row, [SHOWN if (row - 1, at) in errors else _text(cell) for at, cell in enumerate(cells)])
        for row, cells in enumerate(rows, start=1)
    )


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
