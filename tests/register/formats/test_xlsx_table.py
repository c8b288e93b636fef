"""Workbooks: cells as spreadsheets keep them, hidden sheets, and files that are made to do harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from outreach.people.postal_address import PostalAddress
from outreach.register.formats import xlsx_table, zip_safety
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.formats.zip_safety import refuse_bomb
from outreach.register.problems import (
    BrokenWorkbookError,
    OversizedWorkbookError,
    ScatteredSheetError,
    TooManyColumnsError,
    UnknownColumnsError,
)
from outreach.register.register_row import ExtractContext, RegisterRow

HEADER = ("Fødselsnummer", "Navn", "Adresse", "Postnr", "Flyttedato", "Fraflyttet kommune", "Gradering")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[Any], None]) -> io.BytesIO:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    fill(book)
    book.close()
    stream.seek(0)
    return stream


def read(stream: io.BytesIO, context: ExtractContext) -> list[RegisterRow]:
    return [row for row in open_extract(stream, ReadOptions(), context).rows if isinstance(row, RegisterRow)]


def fill_plainly(book: Any) -> None:
    sheet = book.add_worksheet("Uttrekk")
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ("12849022499", "Lien, Åse", "Eksempelveien 12", "3370", "01.03.2026", "3301", ""))


def test_a_merged_header_above_the_columns_that_it_divides_into_is_no_person(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Uttrekk")
        sheet.write(0, 0, "Uttrekk fra registeret")
        sheet.merge_range(2, 0, 3, 0, "Fødselsnummer")
        sheet.merge_range(2, 1, 2, 2, "Navn")
        sheet.merge_range(2, 3, 2, 4, "Adresse")
        sheet.merge_range(2, 5, 3, 5, "Gradering")
        sheet.write_row(3, 1, ("Etternavn", "Fornavn", "Gateadresse", "Postnr"))
        sheet.write_row(4, 0, ("12849022499", "Lien", "Åse", "Eksempelveien 12", "3370", "FORTROLIG"))

    (row,) = read(workbook(fill), context)
    assert (row.row, row.national_ids, row.postcode) == (5, ("12849022499",), "3370")
    assert (row.name.given, row.name.family) == ("Åse", "Lien")
    assert row.is_protected
    assert row.problems == ()


def test_reads_numbers_and_dates_as_a_person_sees_them(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Uttrekk")
        sheet.write(0, 0, "Uttrekk fra registeret")
        sheet.write_row(2, 1, HEADER)
        sheet.write_row(3, 1, (1810678158, "Åse Lien", "Eksempelveien 12", 370))
        sheet.write_datetime(3, 5, datetime(2026, 3, 1), book.add_format({"num_format": "dd.mm.yyyy"}))  # noqa: DTZ001
        sheet.write(3, 6, 301)
        sheet.write_row(4, 1, ("12849022499", "Bjørn Lien", "Eksempelveien 12", "3370", 46082, 623))

    first, second = read(workbook(fill), context)
    assert first.row == 4
    assert first.national_ids == ("01810678158",)
    assert first.postcode == "0370"
    assert (first.moved_on, second.moved_on) == (date(2026, 3, 1), date(2026, 3, 1))
    assert first.came_from is not None
    assert second.came_from is not None
    assert (first.came_from.municipality, second.came_from.municipality) == ("0301", "3316")


@pytest.mark.parametrize(
    ("last", "names", "cells"),
    [
        (2, {"given_name": "Navn", "family_name": "Kolonne 3"}, ("Åse", "Lien")),
        (3, {"given_name": "Navn", "middle_name": "Kolonne 3", "family_name": "Kolonne 4"}, ("Åse", "Marie", "Lien")),
    ],
)
def test_a_header_over_several_columns_of_names_is_divided_as_a_name_is_said(
    context: ExtractContext, last: int, names: dict[str, str], cells: tuple[str, ...]
) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Uttrekk")
        sheet.write(0, 0, "Uttrekk fra registeret")
        sheet.write(1, 0, "Fødselsnummer")
        sheet.merge_range(1, 1, 1, last, "Navn")
        sheet.write_row(1, last + 1, ("Adresse", "Gradering"))
        sheet.write_row(2, 0, ("12849022499", *cells, "Eksempelveien 12", ""))

    stream = workbook(fill)
    extract = open_extract(stream, ReadOptions(), context)
    assert {field: header for field, header in extract.columns.items() if "name" in field} == names
    assert extract.guessed == names.keys()
    (row,) = extract.rows
    assert isinstance(row, RegisterRow)
    assert row.name.full == " ".join(cells)
    stream.seek(0)
    whole = open_extract(stream, ReadOptions(mapping={"name": "Navn"}), context)
    assert (whole.columns["name"], whole.guessed) == ("Navn", frozenset())


def test_a_header_over_several_columns_tells_nothing_where_the_parts_have_their_own(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Uttrekk")
        sheet.merge_range(0, 0, 0, 1, "Navn")
        sheet.write_row(0, 2, ("Etternavn", "Fødselsnummer", "Adresse", "Gradering"))
        sheet.write_row(1, 0, ("Åse Lien", "", "Lien", "12849022499", "Eksempelveien 12", ""))

    extract = open_extract(workbook(fill), ReadOptions(), context)
    assert (extract.columns["name"], extract.columns["family_name"], extract.guessed) == ("Navn", "Etternavn", set())


def test_leaves_hidden_sheets_out(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        hidden = book.add_worksheet("Skjult")
        hidden.write_row(0, 0, HEADER)
        hidden.write_row(1, 0, ("12849022499", "Skjult Person", "Eksempelveien 1", "3370"))
        notes = book.add_worksheet("Merknader")
        notes.write(0, 0, "Les dette først")
        notes.activate()
        hidden.hide()
        sheet = book.add_worksheet("Uttrekk")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ("12849022499", "Åse Lien", "Eksempelveien 12", "3370"))

    (row,) = read(workbook(fill), context)
    assert row.name.full == "Åse Lien"
    assert row.address == PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")


def test_refuses_a_workbook_without_known_headers(context: ExtractContext) -> None:
    with pytest.raises(UnknownColumnsError):
        read(workbook(lambda book: book.add_worksheet("Tomt")), context)


def repacked(stream: io.BytesIO, change: Callable[[bytes], bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == SHEET else content)
    packed.seek(0)
    return packed


def test_refuses_a_zip_bomb(context: ExtractContext) -> None:
    bomb = workbook(fill_plainly)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(700_000_000))
    bomb.seek(0)
    assert bomb.getbuffer().nbytes < 4_000_000
    with pytest.raises(OversizedWorkbookError):
        read(bomb, context)


def test_refuses_a_bomb_that_lies_about_its_size(context: ExtractContext) -> None:
    bomb = repacked(workbook(fill_plainly), lambda xml: xml + b" " * 200_000_000)
    content = bytearray(bomb.getvalue())
    with zipfile.ZipFile(bomb) as archive:
        true_size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert true_size in content
    lie = io.BytesIO(bytes(content).replace(true_size, (1000).to_bytes(4, "little")))
    with pytest.raises(OversizedWorkbookError):
        read(lie, context)


def test_the_control_workbook_is_read_though_it_packs_well(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        fill_plainly(book)
        sheet = book.worksheets()[0]
        for row in range(2, 3_000):
            sheet.write_row(row, 0, ("12849022499", "Lien, Åse", "Eksempelveien 12", "3370", "01.03.2026", "3301", ""))

    assert len(read(workbook(fill), context)) == 2_999


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        (b'<c r="XFD2"><v>1</v></c>', TooManyColumnsError),
        (b"<c r='AZ1048576'><v>1</v></c>", OversizedWorkbookError),
        (b'<c r="G1048576"><v>1</v></c>', ScatteredSheetError),
        (b'</row><row r="1048576"><c><v>1</v></c>', ScatteredSheetError),
        (b'</row><row ht="15" r="1048576"><c><v>1</v></c>', ScatteredSheetError),
        (b"</row>" + b"<row/>" * 1_000_000 + b"<row><c><v>1</v></c>", ScatteredSheetError),
        (b"<c><v>1</v></c>" * 401, TooManyColumnsError),
        (b"<x:c><x:v>1</x:v></x:c>" * 401, TooManyColumnsError),
    ],
)
def test_refuses_a_sheet_that_spans_the_world(context: ExtractContext, cell: bytes, error: type[Exception]) -> None:
    def plant(xml: bytes) -> bytes:
        return xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>")

    def plant_named(xml: bytes) -> bytes:
        return plant(xml).replace(b"<row", b"<x:row").replace(b"<c ", b"<x:c ")

    with pytest.raises(error):
        read(repacked(workbook(fill_plainly), plant_named if b":" in cell else plant), context)


def test_a_large_sheet_of_which_little_is_filled_is_read(context: ExtractContext) -> None:
    """The control of the sheets that span the world: 80,000 rows by 53 columns, of which three are filled."""
    row = b'<row r="%d"><c r="A%d"/><c r="B%d"/><c r="BA%d"/></row>'
    rows = b"".join(row % (number, number, number, number) for number in range(3, 80_000))
    stream = repacked(workbook(fill_plainly), lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    refuse_bomb(stream)
    assert xlsx_table.open_table(stream, {}).header[:2] == HEADER[:2]


def test_refuses_more_columns_than_any_extract_has(context: ExtractContext) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Bredt").write_row(0, 0, (*HEADER, *(f"kolonne {number}" for number in range(300))))

    with pytest.raises(TooManyColumnsError):
        read(workbook(fill), context)


def test_refuses_a_damaged_workbook(context: ExtractContext) -> None:
    content = workbook(fill_plainly).getvalue()
    with pytest.raises(BrokenWorkbookError):
        read(io.BytesIO(content[: len(content) // 2]), context)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hei.txt", "hei")
    other.seek(0)
    with pytest.raises(BrokenWorkbookError):
        read(other, context)


def test_refuses_more_entries_than_a_workbook_has(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = workbook(fill_plainly)
    monkeypatch.setattr(zip_safety, "MOST_ENTRIES", 1)
    with pytest.raises(OversizedWorkbookError):
        zip_safety.refuse_bomb(stream)
