"""Cells of tables as people and spreadsheets write them."""

import io
from datetime import date

import pytest

from outreach.people.person import PersonName
from outreach.people.postal_address import PostalAddress
from outreach.register.formats.extract import Extract, ReadOptions, open_extract
from outreach.register.problems import BrokenTableError, Code, TooManyColumnsError
from outreach.register.register_row import CameFrom, ExtractContext, RegisterRow
from tests.factories.people import table, table_row

NUMBER = "12849022499"


def opened(text: str, context: ExtractContext, **options: bool) -> Extract:
    return open_extract(io.BytesIO(text.encode()), ReadOptions(**options), context)  # type: ignore[arg-type]


def one(context: ExtractContext, **cells: str) -> RegisterRow:
    header = list(dict.fromkeys([*table_row(NUMBER), *cells]))
    (row,) = opened(table([{**table_row(NUMBER), **cells}], header=header), context).rows
    assert isinstance(row, RegisterRow)
    return row


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_finds_the_delimiter(context: ExtractContext, delimiter: str) -> None:
    (row,) = opened(
        table([table_row(NUMBER, Adresse="Veien 1, oppgang B; 2. etg.")], delimiter=delimiter), context
    ).rows
    assert isinstance(row, RegisterRow)
    assert row.national_ids == (NUMBER,)


@pytest.mark.parametrize(
    "header",
    [
        ";Navn;;Adresse;;;\nFødselsnummer;Fornavn;Etternavn;Gateadresse;Postnr;Poststed;Gradering\n",
        "Fødselsnummer;Navn;;Adresse;;;Gradering\n;Fornavn;Etternavn;Gateadresse;Postnr;Poststed;\n",
        "Personnøkkel;Navn;;Bosted;;;Gradering\nFnr;Fornavn;Etternavn;Adresse;Postnr;Poststed;\n",
        "Uttrekk 2. november\n\nFødselsnummer;Navn;;Adresse;;;Gradering\n;Fornavn;Etternavn;;Postnr;Poststed;\n",
        "Uttrekk;Modum kommune\nFødselsnummer;Fornavn;Etternavn;Adresse;Postnr;Poststed;Gradering\n",
    ],
)
def test_a_header_may_be_divided_over_two_rows(context: ExtractContext, header: str) -> None:
    found = opened(f"{header}{NUMBER};Åse;Lien;Veien 1;3370;VIKERSUND;\n", context)
    (row,) = found.rows
    assert isinstance(row, RegisterRow)
    assert row.national_ids == (NUMBER,)
    assert row.name == PersonName("Åse", "", "Lien")
    assert row.postcode == "3370"
    assert row.problems == ()


def test_skips_a_title_above_the_header_and_blank_rows(context: ExtractContext) -> None:
    text = "Uttrekk 2. november\n\n" + table([table_row(NUMBER)]) + ";;;;;;;;;;;\n"
    (row,) = opened(text, context).rows
    assert isinstance(row, RegisterRow)
    assert row.row == 4


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("128490 22499", "12849022499"),
        ('="12849022499"', "12849022499"),
        ("'12849022499", "12849022499"),
        ("1018012345", "01018012345"),
    ],
)
def test_cleans_a_number(context: ExtractContext, cell: str, number: str) -> None:
    assert one(context, Fødselsnummer=cell).national_ids == (number,)


def test_a_rounded_number_is_told_as_such(context: ExtractContext) -> None:
    row = one(context, Fødselsnummer="1,2849E+10")
    assert row.national_ids == ()
    assert [problem.code for problem in row.problems] == [Code.NATIONAL_ID_ROUNDED]


def test_reads_a_name_in_one_column(context: ExtractContext) -> None:
    text = table(
        [{**table_row(NUMBER), "Navn": "LIEN, BJØRN ERIK"}], header=["Fødselsnummer", "Navn", "Adresse", "Gradering"]
    )
    (row,) = opened(text, context).rows
    assert isinstance(row, RegisterRow)
    assert row.name == PersonName("Bjørn", "Erik", "Lien")


def test_splits_a_whole_address_in_one_column(context: ExtractContext) -> None:
    row = one(context, Adresse="Eksempelveien 12, 3370 VIKERSUND", Postnr="", Poststed="")
    assert row.address == PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")


def test_the_place_of_a_postcode_is_known(context: ExtractContext) -> None:
    assert one(context, Poststed="").address == PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")
    assert one(context, Postnr="370", Poststed="").postcode == "0370"


def test_care_of_and_address_lines_come_before_the_street(context: ExtractContext) -> None:
    row = one(context, **{"c/o": "Berg", "Adresselinje 1": "Oppgang B"})
    assert row.address is not None
    assert row.address.lines == ("c/o Berg", "Oppgang B", "Eksempelveien 12")


@pytest.mark.parametrize(
    ("before", "country", "came_from"),
    [
        ("3301", "", CameFrom("3301", "")),
        ("301", "", CameFrom("0301", "")),
        ("0623", "", CameFrom("3316", "")),
        ("Modum", "", CameFrom("3316", "")),
        ("MODUM KOMMUNE", "", CameFrom("3316", "")),
        ("3301 Drammen", "", CameFrom("3301", "")),
        ("Oslo", "", CameFrom("0301", "")),
        ("Langtvekkistan", "", CameFrom("ukjent", "")),
        ("", "Polen", CameFrom("", "Polen")),
        ("Utlandet", "", CameFrom("", "Utlandet")),
        ("", "", CameFrom("", "")),
    ],
)
def test_knows_where_somebody_came_from(
    context: ExtractContext, before: str, country: str, came_from: CameFrom
) -> None:
    assert one(context, **{"Fraflyttet kommune": before, "Fraflyttingsland": country}).came_from == came_from


@pytest.mark.parametrize(
    ("cell", "status"),
    [("", "bosatt"), ("BOSATT", "bosatt"), ("Død", "doed"), ("Utflyttet", "utflyttet"), ("hm", "ukjent")],
)
def test_reads_the_status(context: ExtractContext, cell: str, status: str) -> None:
    row = one(context, Status=cell)
    assert row.status == status
    assert [problem.code for problem in row.problems] == ([Code.STATUS_UNKNOWN] if status == "ukjent" else [])


def test_a_short_birth_year_leaves_the_date_open(context: ExtractContext) -> None:
    assert one(context, Fødselsdato="12.04.90").birth_date is None
    assert one(context, Fødselsdato="12.04.1990").birth_date == date(1990, 4, 12)


def test_a_row_with_too_many_cells_is_a_problem(context: ExtractContext) -> None:
    text = table([table_row(NUMBER)]).rstrip() + ";for;mye\r\n"
    (row,) = opened(text, context).rows
    assert isinstance(row, RegisterRow)
    assert [problem.code for problem in row.problems] == [Code.TOO_MANY_CELLS]


def test_a_short_row_is_read_with_empty_cells(context: ExtractContext) -> None:
    text = table([]) + f"{NUMBER};Lien\r\n"
    (row,) = opened(text, context).rows
    assert isinstance(row, RegisterRow)
    assert (row.name.family, row.address) == ("Lien", None)


def test_a_table_of_another_world_is_refused(context: ExtractContext) -> None:
    header = [*table_row(NUMBER), *(f"k{number}" for number in range(16_384))]
    with pytest.raises(TooManyColumnsError):
        opened(table([table_row(NUMBER)], header=header), context)
    with pytest.raises(BrokenTableError):
        list(opened(table([table_row(NUMBER)]) + f'"{"x" * 200_000}"', context).rows)
