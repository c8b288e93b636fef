"""Files that are broken, strange or made to do harm: each is refused or reported whole, in Norwegian, and quickly.

Every case is read through the import itself, so that "nothing is stored" is seen in the database.
"""

import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import func, select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.people.models import Person
from outreach.register import problems
from outreach.register.checking import FileWarning
from outreach.register.formats.extract import ReadOptions
from outreach.register.problems import Code
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, ImportResult, import_extract
from tests.factories.people import HEADER, national_number, ndjson, person_document, residence, table, table_row

MOST_SECONDS = 2
ANNE, BJORN, CILLE = (national_number(date(1990, 4, 12), serial) for serial in range(3))
ACT = Act(as_of=date(2026, 11, 2), actor=COMMAND, now=datetime(2026, 11, 2, 11, tzinfo=UTC))
SHEET = "xl/worksheets/sheet1.xml"
Read = Callable[..., ImportResult]


@pytest.fixture
def read(app: Flask, context: ExtractContext) -> Read:
    def run(content: bytes | str, options: ReadOptions | None = None) -> ImportResult:
        stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
        start = time.process_time()
        try:
            return import_extract(stream, options=options or ReadOptions(), context=context, act=ACT)
        finally:
            assert time.process_time() - start < MOST_SECONDS

    return run


def rows(*cells: dict[str, str]) -> str:
    return table([table_row(number, **one) for number, one in zip((ANNE, BJORN, CILLE), cells, strict=False)])


def workbook(*lines: Any, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    plain, packed = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain, {"strings_to_numbers": False})
    sheet = book.add_worksheet("Uttrekk")
    for at, line in enumerate(lines):
        sheet.write_row(at, 0, line)
    book.close()
    if change is None:
        return plain.getvalue()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return packed.getvalue()


def one_row(**cells: str) -> list[str]:
    return list(table_row(ANNE, **cells).values())


def with_entities(name: str, xml: bytes) -> bytes:
    if name != "xl/sharedStrings.xml":
        return xml
    bomb = b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 12))
    head, rest = xml.split(b"?>", 1)
    return head + b'?><!DOCTYPE sst [<!ENTITY a0 "ha">' + bomb + b"]>" + rest.replace(b"Elegant", b"&a11;")


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, xml: re.sub(old, new, xml) if name == SHEET else xml


DOCUMENT = json.dumps(person_document(ANNE, residence("2026-03-01")))
WIDE = [f"Kolonne {at}" for at in range(16_384 - len(HEADER))]
BROKEN_FILES: dict[str, tuple[bytes | str, type[problems.UnusableFileError]]] = {
    "nothing": (b"", problems.EmptyFileError),
    "only spaces": (b"\xef\xbb\xbf \r\n\r\n", problems.EmptyFileError),
    "spaces and spaces": (b" " * 5_000_000, problems.EmptyFileError),
    "a PDF called csv": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", problems.WrongFileTypeError),
    "a web page": (b"<!DOCTYPE html><html>", problems.WrongFileTypeError),
    "XML": (b'<?xml version="1.0"?><person/>', problems.WrongFileTypeError),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, problems.OldWorkbookError),
    "a zip that is no workbook": (b"PK\x03\x04" + b"\0" * 100, problems.BrokenWorkbookError),
    "half a workbook": (workbook(HEADER, one_row())[:3000], problems.BrokenWorkbookError),
    "a database": (b"SQLite format 3\0" + b"\1" * 100, problems.WrongFileTypeError),
    "CSV with a NUL far in": (rows({}) + "x" * 9000 + "\0;x\n", problems.UnreadableTextError),
    "no header": ("hei;hopp\nja;nei\n", problems.UnknownColumnsError),
    "only a header": (table([]), problems.NoRowsError),
    "missing columns": ("Fødselsnummer;Fornavn;Gradering\n", problems.MissingColumnsError),
    "no grading": ("Fødselsnummer;Navn;Adresse\n", problems.MissingGradingError),
    "an open quotation": (table([table_row(ANNE)]) + '"12849022499;Lien', problems.BrokenTableError),
    "16,384 columns": (";".join([*HEADER, *WIDE]) + "\n", problems.TooManyColumnsError),
    "16,384 columns in a sheet": (workbook([*HEADER, *WIDE]), problems.TooManyColumnsError),
    "a cell of 1 MB": (rows({"Etternavn": "x" * 1_000_000}), problems.BrokenTableError),
    "an entity bomb": (workbook(HEADER, one_row(), change=with_entities), problems.BrokenWorkbookError),
    "a sheet that spans the world": (
        workbook(HEADER, one_row(), change=in_sheet(b'r="A2"', b'r="BA1048576"')),
        problems.OversizedWorkbookError,
    ),
    "half of NDJSON": (DOCUMENT + "\n" + DOCUMENT[:200], problems.BrokenJsonError),
    "half of an array": (f"[{DOCUMENT},{DOCUMENT[:200]}", problems.BrokenJsonError),
    "deeply nested JSON": ("[" * 200_000, problems.BrokenJsonError),
    "deeply nested in a person": ('{"navn":' * 100_000, problems.BrokenJsonError),
    "a huge integer": ('{"navn": ' + "9" * 100_000 + "}", problems.BrokenJsonError),
    "NaN": ('{"navn": NaN}', problems.BrokenJsonError),
    "a name twice": (
        DOCUMENT[:-2] + ',"adressebeskyttelse":[{"graderingsnivaa":"fortrolig"}],"adressebeskyttelse":[]}}',
        problems.BrokenJsonError,
    ),
    "an endless text": ('[{"navn": "' + "x" * 20_000_000, problems.BrokenJsonError),
    "other JSON": ('{"a": 1}', problems.NotPersonsError),
    "a list of texts": ('["a", "b"]', problems.NotPersonsError),
    "an empty list": ("[]", problems.NoRowsError),
    "only numbers": ('{"foedselsEllerDNummer": ["12849022499"]}', problems.OnlyNumbersError),
}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_stored(read: Read, name: str) -> None:
    content, error = BROKEN_FILES[name]
    with pytest.raises(error) as raised:
        read(content)
    assert str(raised.value).endswith(".")
    assert db.session.scalar(select(func.count(Person.id))) == 0


def found(result: ImportResult) -> list[tuple[int, str, Code]]:
    return [(one.row, one.column, one.code) for one in result.summary.problems]


def test_all_problems_of_all_rows_are_told_at_once(read: Read) -> None:
    result = read(
        rows(
            {"Etternavn": "x" * 10_000, "Flyttedato": "31.02.2026", "Postnr": "337"},
            {"Flyttedato": "03.11.2026", "Adresse": "=HYPERLINK(1)", "Postnr": "abcd"},
            {"Fødselsnummer": "1.2849E+10", "Etternavn": "", "Fornavn": ""},
        )
    )
    assert set(found(result)) == {
        (2, "Etternavn", Code.TEXT_TOO_LONG),
        (2, "Flyttedato", Code.DATE_INVALID),
        (2, "Postnr", Code.POSTCODE_UNKNOWN),
        (3, "Flyttedato", Code.DATE_IN_FUTURE),
        (3, "Adresse", Code.FORMULA),
        (3, "Postnr", Code.POSTCODE_INVALID),
        (4, "Fødselsnummer", Code.NATIONAL_ID_ROUNDED),
        (4, "Etternavn", Code.NAME_MISSING),
    }
    assert (result.summary.accepted, result.import_id) == (0, None)


def test_two_rows_of_one_person_that_differ_are_both_kept_from_letters(read: Read) -> None:
    result = read(table([table_row(ANNE), table_row(BJORN), table_row(ANNE, Etternavn="Lien")]))
    assert found(result) == [(4, "Fødselsnummer", Code.DUPLICATE_NUMBER)]
    held = db.session.scalars(select(Person.is_held_back).order_by(Person.is_held_back)).all()
    assert held == [False, True]


def test_half_a_line_does_not_lose_its_grading(read: Read) -> None:
    whole = table([table_row(ANNE), table_row(BJORN, Gradering="FORTROLIG")])
    result = read(whole[: whole.rindex(";")])
    assert found(result) == [(3, "Gradering", Code.TOO_FEW_CELLS)]
    cut_inside = read(whole[: whole.rindex("FORT") + 3])
    assert cut_inside.counts.protected == 1


def test_marks_that_nobody_sees_are_taken_away(read: Read) -> None:
    cells = {"Fornavn": "\u202eÅse\u200b", "Flyttedato": "\u200e01.03.2026", "Postnr": "\ufeff3370"}
    result = read(table([table_row(ANNE[:6] + "\u200b" + ANNE[6:], **cells)]))
    assert found(result) == []
    kept = db.session.scalars(select(Person)).one()
    assert (kept.given_name, kept.postcode, kept.moved_on) == ("Åse", "3370", date(2026, 3, 1))
    assert kept.identity_hash is not None


def test_formulas_count_by_value_and_quoted_cells_by_their_text(read: Read) -> None:
    result = read(rows({"Etternavn": '="Lien"', "Postnr": '="3370"', "Fødselsnummer": f'="{ANNE}"'}))
    assert found(result) == []
    assert db.session.scalars(select(Person)).one().family_name == "Lien"
    formula = in_sheet(rb'<c r="F2" t="s"><v>\d+', rb'<c r="F2" t="str"><f>"33"&amp;"70"</f><v>3370')
    assert found(read(workbook(HEADER, one_row(), change=formula))) == []


def test_what_a_spreadsheet_shows_for_an_error_is_no_value_and_no_grading(read: Read) -> None:
    broken = {"Etternavn": "#NAVN?", "Fraflyttet kommune": "#REF!"}
    result = read(rows({"Gradering": "#I/T"}, broken, {"Adresse": "Vei #3"}))
    assert set(found(result)) == {
        (2, "Gradering", Code.CELL_ERROR),
        (3, "Etternavn", Code.CELL_ERROR),
        (3, "Fraflyttet kommune", Code.CELL_ERROR),
    }
    assert (result.summary.accepted, result.counts.protected) == (1, 0)


def test_an_extract_of_another_municipality_is_warned_of(read: Read) -> None:
    here, elsewhere = {}, {"Kommunenr": "3301"}
    assert FileWarning.FEW_RESIDENTS in read(rows(here, elsewhere, elsewhere)).warnings
    assert FileWarning.FEW_RESIDENTS not in read(rows(here, here, elsewhere)).warnings
    assert FileWarning.NO_RESIDENTS in read(rows(elsewhere, elsewhere)).warnings


def test_columns_found_by_content_are_warned_of(read: Read) -> None:
    lines = rows({}, {"Gradering": "ugradert"}, {}).split("\r\n", 1)[1]
    whole = f"Nr;{lines.replace(';', ';', 1)}"
    assert FileWarning.GUESSED_COLUMNS not in read(rows({}, {}, {})).warnings
    renamed = ";".join(["Hvem", *HEADER[1:]]) + "\r\n" + whole.removeprefix("Nr;")
    assert FileWarning.GUESSED_COLUMNS in read(renamed).warnings


def test_two_columns_of_one_name_are_warned_of(read: Read) -> None:
    head, lines = rows({}, {}).split("\r\n", 1)
    assert FileWarning.REPEATED_COLUMNS not in read(f"{head}\r\n{lines}").warnings
    twice = read(f"{head};FORNAVN\r\n" + lines.replace("\r\n", ";Ole\r\n"))
    assert FileWarning.REPEATED_COLUMNS in twice.warnings


@pytest.mark.parametrize(
    "homes",
    [
        [residence("9999-12-31", is_current=False), residence("2026-03-01")],
        [residence("0001-01-01", is_current=False, street="Vei"), residence("2026-03-01")],
        [residence("9999-12-31", adressegradering="fortrolig")],
        [residence(None, gyldighetstidspunkt="9999-12-31T23:59:59Z")],
        [residence("2026-03-01", municipality="x" * 10_000)],
        [residence("2026-03-01", municipality="331600000")],
    ],
)
def test_dates_and_codes_at_the_edge_of_the_world_do_not_crash(read: Read, homes: list[dict[str, Any]]) -> None:
    arrivals = [{"gyldighetstidspunkt": day, "fraflyttingsland": "SWE"} for day in ("9999-12-31", "0001-01-01")]
    result = read(ndjson([person_document(ANNE, *homes, innflytting=arrivals)]))
    assert result.summary.rows == 1


@pytest.mark.parametrize("junk", [None, 7, "tekst", [], [7, None], {"a": []}, [[]], True, [{"erGjeldende": "ja"}]])
def test_properties_of_any_shape_do_not_crash(read: Read, junk: Any) -> None:
    usual = person_document(ANNE, residence("2026-03-01"))["folkeregisterperson"]
    documents = [{**usual, name: junk} for name in (*usual, "adressebeskyttelse", "innflytting", "postadresse")]
    assert read(ndjson(documents)).summary.rows == len(documents)
    deep = {"erGjeldende": True, "adressegradering": "ugradert", "vegadresse": junk, "flyttedato": junk}
    assert read(ndjson([person_document(ANNE, deep)])).summary.rows == 1


def test_a_character_that_could_not_be_read_is_warned_of_in_documents_too(read: Read) -> None:
    document = person_document(ANNE, residence("2026-03-01", street="Sk\ufffdleveien"))
    document["folkeregisterperson"]["navn"] = [{"erGjeldende": True, "fornavn": "\ud800se", "etternavn": "Lien"}]
    result = read(json.dumps(document))
    assert [(one.code, one.is_warning) for one in result.summary.problems] == [(Code.LOSSY_CHARACTER, True)] * 2
    assert (result.summary.accepted, len({one.column for one in result.summary.problems})) == (1, 2)


def test_a_year_in_signs_that_only_look_like_digits_does_not_crash(read: Read) -> None:
    document = person_document(ANNE, residence("2026-03-01"), foedsel=[{"erGjeldende": True, "foedselsaar": "199²"}])
    assert read(json.dumps(document)).summary.accepted == 1


def test_an_unknown_grading_protects(read: Read) -> None:
    entry = [{"erGjeldende": True, "graderingsnivaa": "NOE_NYTT"}]
    result = read(ndjson([person_document(ANNE, residence("2026-03-01"), adressebeskyttelse=entry)]))
    assert result.counts.protected == 1


def test_documents_as_tenor_wraps_them_are_read(read: Read) -> None:
    person = person_document(ANNE, residence("2026-03-01"))["folkeregisterperson"]
    wrapped = {"id": "1", "tenorMetadata": {"kildedata": json.dumps(person)}}
    for answer in ({"dokumentListe": [wrapped, wrapped]}, [wrapped]):
        assert read(json.dumps(answer)).summary.accepted == 1
    broken = {"tenorMetadata": {"kildedata": "{halv"}}
    result = read(json.dumps({"dokumentListe": [wrapped, broken]}))
    assert found(result) == [(2, "", Code.NOT_A_PERSON)]
