"""Cells without a known value: never read as empty ones, which would tell that nobody is protected."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from outreach.register.formats import cell_errors, zip_safety
from outreach.register.formats.cell_errors import is_shown_error
from outreach.register.problems import Code, UnplacedErrorError
from outreach.register.register_row import ExtractContext
from tests.register.formats.test_xlsx_table import HEADER, fill_plainly, read, repacked, workbook

GRADING = HEADER.index("Gradering")


def _with_a_last_column(book: Any, write: Callable[[Any, int], Any]) -> None:
    fill_plainly(book)
    sheet = book.get_worksheet_by_name("Uttrekk")
    sheet.write(0, len(HEADER), "Merknad")
    sheet.write_row(2, 0, ("12849022302", "Lien, Bo", "Eksempelveien 12", "3370", "01.03.2026", "3301", ""))
    write(sheet, 2)


def _with_grading(book: Any, answer: str | int) -> None:
    _with_a_last_column(book, lambda sheet, row: sheet.write_formula(row, GRADING, "=A1&B1", None, answer))


def codes(stream: io.BytesIO, context: ExtractContext) -> list[tuple[int, str, Code]]:
    stream.seek(0)
    return [(one.row, one.column, one.code) for row in read(stream, context) for one in row.problems]


def _answering(kind: bytes, answer: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        before, after = b"><f>A1&amp;B1</f><v>7</v>", kind + b"<f>A1&amp;B1</f>" + answer
        assert before in xml
        return xml.replace(before, after)

    return change


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!"])
def test_a_grading_that_shows_an_error_is_not_an_empty_one(context: ExtractContext, shown: str) -> None:
    made = workbook(lambda book: _with_grading(book, shown))
    assert codes(made, context) == [(3, "Gradering", Code.CELL_ERROR)]
    made.seek(0)
    assert [row.is_protected for row in read(made, context)] == [False, False]


def test_a_formula_whose_answer_was_never_saved_is_not_an_empty_cell(context: ExtractContext) -> None:
    made = workbook(lambda book: _with_grading(book, 7))
    for answer in (b"", b"<v/>", b"<v></v>"):
        made.seek(0)
        unanswered = repacked(made, _answering(b">", answer))
        assert codes(unanswered, context) == [(3, "Gradering", Code.CELL_ERROR)], answer
    made.seek(0)
    empty_text = repacked(made, _answering(b' t="str">', b"<v></v>"))
    assert codes(empty_text, context) == []


def test_an_error_in_a_column_that_nobody_uses_or_in_another_sheet_takes_no_row(context: ExtractContext) -> None:
    def write(sheet: Any, row: int) -> None:
        sheet.write_formula(row, len(HEADER), "=1/0", None, "#DIV/0!")

    def fill(book: Any) -> None:
        book.add_worksheet("Forside").write_formula(2, GRADING, "=1/0", None, "#DIV/0!")
        _with_a_last_column(book, write)

    assert (codes(workbook(fill), context), len(read(workbook(fill), context))) == ([], 2)


def test_an_error_far_down_is_found_where_pieces_meet(context: ExtractContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_safety, "_PIECE_BYTES", 61)
    made = workbook(lambda book: _with_grading(book, "#N/A"))
    assert codes(made, context) == [(3, "Gradering", Code.CELL_ERROR)]


def test_an_error_in_a_cell_without_a_place_refuses_the_file(context: ExtractContext) -> None:
    made = workbook(lambda book: _with_grading(book, "#N/A"))
    with pytest.raises(UnplacedErrorError):
        read(repacked(made, lambda xml: re.sub(rb' r="[A-Z]+\d+"', b"", xml)), context)


@pytest.mark.parametrize(("since_1904", "problems"), [(False, []), (True, [(2, "Flyttedato", Code.DATE_INVALID)])])
def test_a_bare_day_number_is_read_only_where_its_first_day_is_known(
    context: ExtractContext, since_1904: bool, problems: list[Any]
) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"date_1904": since_1904})
    fill_plainly(book)
    book.get_worksheet_by_name("Uttrekk").write(1, 4, 46082.75)
    book.close()
    assert codes(stream, context) == problems


@pytest.mark.parametrize(
    "cell", ["#N/A", "#I/T", "#REF!", "#VERDI!", "#NAVN?", "#DIV/0!", "#TALL!", "#FEIL!", "Err:502"]
)
def test_an_error_is_known_however_it_is_shown(cell: str) -> None:
    assert is_shown_error(cell)


@pytest.mark.parametrize("cell", ["", "#", "# 3", "Leilighet #3", "Err", "E6", "Einar", "#3", "nr. #A"])
def test_what_people_write_is_no_error(cell: str) -> None:
    assert not is_shown_error(cell)


def test_cells_that_never_end_are_searched_quickly() -> None:
    found = cell_errors.FoundErrors()
    for _ in range(8):
        found.add("xl/worksheets/sheet1.xml", b'<c r="A1" t="e">' * 16_384)
    assert found.of_sheet(0) == frozenset()
