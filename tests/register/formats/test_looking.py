"""What is seen of a file before it is read, and what is never seen."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from outreach.register.formats.detect import Kind
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.formats.looking import ColumnLook, FileLook, Recognition, header_shape, look_at
from outreach.register.problems import EmptyFileError, UnknownColumnsError, UnknownEncodingError, UnknownSheetError
from outreach.register.register_row import ExtractContext, RegisterRow

EXTRACTS = Path(__file__).parents[2] / "extracts"
HEADER = (
    "Fnr",
    "Navn",
    "Født",
    "Adresse",
    "Postnr",
    "Sted",
    "Flyttedato",
    "Fraflyttet kommune",
    "Kommune",
    "Gradering",
)
ROWS = (
    ("12849022499", "Lien, Åse", "12.04.1990", "Eksempelv. 12", "3370", "VIKERSUND", "01.03.2026", "3301", "3316", ""),
    ("30898837390", "Lien, Bjørn", "30.09.1988", "Eksempelv. 12", "3370", "VIKERSUND", "1.3.2026", "3301", "3316", ""),
    ("03821886901", "Dal, Liv", "03.02.2018", "Storgata 1 B", "3340", "ÅMOT", "05.05.2025", "0301", "3316", "Ugradert"),
    ("15817905398", "Skjult, Ola", "15.01.1979", "Storgata 3", "3340", "ÅMOT", "5.5.24", "4601", "3316", "FORTROLIG"),
)  # fmt: skip


def text(*lines: Sequence[str], delimiter: str = ";", encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("".join(delimiter.join(line) + "\r\n" for line in lines).encode(encoding))


def look(stream: io.BytesIO, context: ExtractContext, options: ReadOptions | None = None) -> FileLook:
    found = look_at(stream, options or ReadOptions(), context)
    assert stream.tell() == 0
    return found


def test_shows_columns_with_samples_and_why(context: ExtractContext) -> None:
    seen = look(text(HEADER, *ROWS), context)
    assert (seen.kind, seen.encoding, seen.has_header) == (Kind.CSV, "utf-8", True)
    assert seen.header == HEADER
    assert seen.columns[1] == ColumnLook("Navn", ("Lien, Åse", "Lien, Bjørn", "Dal, Liv"), "name", Recognition.HEADER)
    assert seen.rows[2][1:4] == ("Dal, Liv", "03.02.2018", "Storgata 1 B")


def test_hides_the_end_of_national_numbers(context: ExtractContext) -> None:
    seen = look(text(HEADER, *ROWS), context)
    assert seen.columns[0].samples == ("128490•••••", "308988•••••", "038218•••••")
    assert "12849022499" not in repr(seen)


@pytest.mark.parametrize("word", ["FORTROLIG", "strengt fortrolig", "Klientadresse", "kode 6"])
def test_never_shows_a_protected_person_though_the_column_is_not_recognised(context: ExtractContext, word: str) -> None:
    header = (*HEADER[:-1], "Kolonne vi ikke kjenner")
    for head in ([HEADER], [header], []):
        seen = look(text(*head, *ROWS[:3], (*ROWS[3][:-1], word)), context)
        assert "Skjult" not in repr(seen)
        assert "Lien, Åse" in repr(seen)


def test_what_a_chosen_grading_column_says_counts(context: ExtractContext) -> None:
    rows = [(*row[:-1], "X" if "Skjult" in row[1] else "") for row in reversed(ROWS)]
    stream = text((*HEADER[:-1], "Sperre"), *rows)
    assert "Skjult" in repr(look(stream, context))
    assert "Skjult" not in repr(look(stream, context, ReadOptions(mapping={"grading": "Sperre"})))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_table_without_a_header_is_known_by_its_content(context: ExtractContext, delimiter: str) -> None:
    rows = [tuple(f'"{cell}"' if "," in cell else cell for cell in row) for row in ROWS]
    stream = text(*rows, delimiter=delimiter)
    seen = look(stream, context)
    assert not seen.has_header
    assert seen.shape == ""
    assert {column.why for column in seen.columns} == {Recognition.CONTENT}
    assert list(seen.mapping.values()) == [f"Kolonne {number}" for number in range(1, 11)]
    extract = open_extract(stream, ReadOptions(), context)
    first = next(row for row in extract.rows if isinstance(row, RegisterRow))
    assert (first.row, first.name.full, first.address and first.address.lines) == (1, "Åse Lien", ("Eksempelv. 12",))
    assert extract.guessed == set(extract.columns)


def test_strange_headers_are_known_by_content_but_no_date_of_moving_is_guessed(context: ExtractContext) -> None:
    seen = look(text([f"K{number}" for number in range(10)], *ROWS), context)
    assert seen.has_header
    assert {"national_id", "name", "birth_date", "postcode", "place", "grading"} <= seen.mapping.keys()
    assert not {"moved_on", "previous_municipality"} & seen.mapping.keys()


def test_a_mapping_finds_a_header_that_we_do_not_know(context: ExtractContext) -> None:
    header = [f"K{number}" for number in range(10)]
    stream = text(["Uttrekk av 2. november"], [], header, *ROWS)
    mapping = {"moved_on": "k 6", "previous_municipality": "K7", "place": ""}
    seen = look(stream, context, ReadOptions(mapping=mapping))
    assert seen.columns[6].why is Recognition.CHOSEN
    assert "place" not in seen.mapping
    rows = open_extract(stream, ReadOptions(mapping=mapping), context).rows
    first = next(row for row in rows if isinstance(row, RegisterRow))
    assert first.moved_on is not None
    assert first.came_from is not None
    assert (first.row, first.moved_on.isoformat(), first.came_from.municipality) == (4, "2026-03-01", "3301")


def test_a_table_that_nothing_is_known_of_is_shown_and_not_read(context: ExtractContext) -> None:
    stream = text(["Alfa", "Beta"], ["rød", "grønn"], ["gul", "blå"])
    seen = look(stream, context)
    assert seen.header == ("Alfa", "Beta")
    assert seen.mapping == {}
    assert seen.columns[1].samples == ("grønn", "blå")
    with pytest.raises(UnknownColumnsError):
        open_extract(stream, ReadOptions(), context)


def test_blank_and_repeated_headers_get_names_of_their_own(context: ExtractContext) -> None:
    seen = look(text(["Fnr", "", "Adresse", "Adresse"], ["12849022499", "x", "Veien 1", "Veien 2"]), context)
    assert seen.header == ("Fnr", "Kolonne 2", "Adresse", "Adresse (2)")


def test_the_encoding_can_be_overridden(context: ExtractContext) -> None:
    stream = text(HEADER, *ROWS, encoding="cp865")
    seen = look(stream, context)
    assert seen.encoding == "windows-1252"
    assert "Lien, Åse" not in repr(seen)
    assert "cp865" in seen.encodings
    assert look(stream, context, ReadOptions(encoding="cp865")).rows[0][1] == "Lien, Åse"
    extract = open_extract(stream, ReadOptions(encoding="cp865"), context)
    assert extract.encoding == "cp865"
    with pytest.raises(UnknownEncodingError, match="klingon"):
        look(stream, context, ReadOptions(encoding="klingon"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found(context: ExtractContext, encoding: str) -> None:
    seen = look(text(HEADER, *ROWS, encoding=encoding), context)
    assert seen.rows[0][1] == "Lien, Åse"
    assert seen.encodings[0] == seen.encoding


def test_utf_16_without_a_mark_is_read_when_chosen(context: ExtractContext) -> None:
    seen = look(text(HEADER, *ROWS, encoding="utf-16-le"), context, ReadOptions(encoding="utf-16-le"))
    assert seen.rows[0][1] == "Lien, Åse"


def test_a_sheet_can_be_chosen_and_hidden_ones_do_not_exist(context: ExtractContext) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name in ("Innflyttere", "Alle", "Skjult ark"):
        sheet = book.add_worksheet(name)
        for at, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(at, 0, row)
    book.worksheets()[2].hide()
    book.close()
    stream.seek(0)
    seen = look(stream, context, ReadOptions(sheet="Alle"))
    assert (seen.sheet, seen.sheets, seen.encodings) == ("Alle", ("Innflyttere", "Alle"), ())
    assert look(stream, context).sheet == "Innflyttere"
    with pytest.raises(UnknownSheetError):
        look(stream, context, ReadOptions(sheet="Skjult ark"))


@pytest.mark.parametrize(
    ("name", "kind", "first"),
    [
        ("persondokumenter.ndjson", Kind.FREG, "Elegant Sofapute"),
        ("bulkoppslag-svar.json", Kind.FREG, "Elegant Sofapute"),
        ("hendelser-feed.json", Kind.FEED, "endringIBostedsadresse"),
    ],
)
def test_documents_and_events_are_shown_too(context: ExtractContext, name: str, kind: Kind, first: str) -> None:
    seen = look(io.BytesIO((EXTRACTS / name).read_bytes()), context)
    assert (seen.kind, len(seen.rows), seen.rows[0][0]) == (kind, 3, first)


def test_protected_documents_are_not_shown(context: ExtractContext) -> None:
    lines = (EXTRACTS / "persondokumenter.ndjson").read_bytes().splitlines(keepends=True)
    protected = [line for line in lines if b'"STUM"' in line or b'"VAKSOM"' in line or b'"ROLIG"' in line]
    assert len(protected) == 3
    assert look(io.BytesIO(b"".join(protected)), context).rows == ()


def test_the_shape_is_the_same_for_a_header_like_this() -> None:
    one = header_shape(["Fødselsnr.", "c/o", "Fraflyttet kommune(nr)"])
    assert one == header_shape([" fødselsnr", "FRAFLYTTET_KOMMUNENR", "C/O"])
    assert one != header_shape(["Fødselsnr.", "Fraflyttet kommune(nr)"])


def test_an_empty_file_is_refused(context: ExtractContext) -> None:
    with pytest.raises(EmptyFileError):
        look(io.BytesIO(b" \r\n"), context)
