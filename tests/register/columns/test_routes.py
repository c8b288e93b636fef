"""The page where a person says which column is which field: corrected, remembered, no protected row on it."""

import io
import json
from datetime import date

import pytest
import xlsxwriter
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.accounts.roles import Role
from outreach.database import db
from outreach.people.models import Person
from outreach.register.models import RegisterMapping, StagedChunk, StagedExtract, UploadChunk
from tests.factories.accounts import sign_in
from tests.factories.people import national_number, table, table_row
from tests.pages import Form, forms_of, send
from tests.register.test_routes import count, press, upload

ANNE, BJORN = (national_number(date(1990, 4, 12), serial) for serial in range(2))
# Headers that nobody recognises, for the columns of HEADER in tests/factories/people.py.
ODD = ("Nr", "A", "B", "Hvor", "Leil", "PNR", "By", "K", "Dato", "Fra", "Tilstand", "Hemmelig")
FIELDS = (
    "national_id", "family_name", "given_name", "street_address", "dwelling_number", "postcode", "place",
    "municipality", "moved_on", "previous_municipality", "status", "grading",
)  # fmt: skip


def odd_table(*numbers: str, **cells: str) -> bytes:
    text = table([table_row(number, **cells) for number in numbers])
    _, _, rows = text.partition("\r\n")
    return (";".join(ODD) + "\r\n" + rows).encode()


def columns_form(client: FlaskClient, path: str) -> Form:
    answer = client.get(path, follow_redirects=True)
    assert answer.request.path.endswith("/kolonner"), answer.request.path
    return next(form for form in forms_of(answer) if any(name.startswith("column_") for name in form.values))


def all_chosen() -> dict[str, str]:
    return {f"column_{at}": field for at, field in enumerate(FIELDS)}


def bring(client: FlaskClient, content: bytes, **fields: str) -> str:
    answer = upload(client, content, name="liste.csv", as_of="2026-11-02", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_unknown_headers_are_shown_with_samples_and_what_is_missing_by_name(client: FlaskClient) -> None:
    sign_in(client)
    path = bring(client, odd_table(ANNE))
    text = client.get(path, follow_redirects=True).get_data(as_text=True)
    assert "Filen kan ikke leses ennå" in text
    assert "I filen: Sofapute" in text
    assert ANNE not in text
    assert ANNE[:6] in text
    for name in ODD:
        assert name in text


def test_chosen_columns_are_read_remembered_and_used_the_next_time(client: FlaskClient) -> None:
    sign_in(client)
    path = bring(client, odd_table(ANNE))
    answer = send(client, columns_form(client, path), button="read", **all_chosen())
    assert (answer.status_code, answer.location) == (303, path)
    shown = client.get(path)
    assert "Elegant Sofapute" in shown.get_data(as_text=True)
    press(client, shown, "/godta")
    assert count(Person) == 1
    again = client.get(bring(client, odd_table(ANNE, BJORN)))
    assert "Slik dere valgte sist" in again.get_data(as_text=True)
    press(client, again, "/godta")
    assert count(Person) == 2


def test_what_is_remembered_holds_neither_headers_nor_cells(client: FlaskClient) -> None:
    sign_in(client)
    send(client, columns_form(client, bring(client, odd_table(ANNE))), button="read", **all_chosen())
    kept = db.session.scalars(select(RegisterMapping)).one()
    values = list(json.loads(kept.fields_json).values())
    assert all(not value or value.startswith("1:") for value in values)
    for word in ("Hvor", "Tilstand", "Hemmelig", "Sofapute", ANNE):
        assert word not in kept.fields_json + kept.shape_hash


def test_a_recognised_file_goes_straight_on_and_can_be_corrected(client: FlaskClient) -> None:
    sign_in(client)
    path = bring(client, table([table_row(ANNE, Status="ukjent kode")]).encode())
    assert "Rader du bør se på" in client.get(path).get_data(as_text=True)
    form = columns_form(client, f"{path}/kolonner")
    assert form.values["column_0"] == "national_id"
    answer = send(client, form, button="read", column_10="")
    assert answer.status_code == 303
    text = client.get(path).get_data(as_text=True)
    assert "Ingen rader har problemer." in text
    assert "Valgt for denne filen" in text
    assert count(StagedChunk) == 1


def test_a_field_for_two_columns_and_a_missing_one_are_told(client: FlaskClient) -> None:
    sign_in(client)
    form = columns_form(client, bring(client, odd_table(ANNE)))
    twice = send(client, form, button="read", **{**all_chosen(), "column_2": "family_name"})
    assert twice.status_code == 422
    assert "Etternavn er valgt for en annen kolonne også." in twice.get_data(as_text=True)
    missing = send(client, form, button="read", **{**all_chosen(), "column_0": "", "column_3": ""})
    assert missing.status_code == 422
    text = missing.get_data(as_text=True)
    assert "Filen mangler kolonner vi må ha: fødselsnummer, adresse." in text
    assert "<title>Feil:" in text
    assert db.session.scalars(select(StagedExtract.stage)).one() == "columns"


def test_a_table_without_grading_waits_for_a_column_or_a_name(client: FlaskClient) -> None:
    sign_in(client)
    content = table([table_row(ANNE)], header=list(table_row(ANNE))[:-1]).encode()
    path = bring(client, content)
    form = columns_form(client, path)
    assert "mangler kolonnen gradering" in client.get(path, follow_redirects=True).get_data(as_text=True)
    assert send(client, form, button="read").status_code == 422
    assert send(client, form, button="read", checked_by=" Kari Nordmann ").status_code == 303
    assert "Kari Nordmann" in client.get(path).get_data(as_text=True)


def test_another_encoding_is_shown_before_it_is_chosen(client: FlaskClient) -> None:
    sign_in(client)
    content = table([table_row(ANNE, Etternavn="Bråthen")]).encode()
    path = bring(client, content)
    form = columns_form(client, f"{path}/kolonner")
    assert form.values["encoding"] == "utf-8"
    wrong = send(client, form, button="show", encoding="windows-1252")
    assert wrong.status_code == 200
    assert "BrÃ¥then" in wrong.get_data(as_text=True)
    assert "Bråthen" in client.get(path).get_data(as_text=True)
    shown = next(one for one in forms_of(wrong) if "column_0" in one.values)
    assert shown.values["column_0"] == "national_id"
    assert send(client, shown, button="read").status_code == 303
    assert "BrÃ¥then" in client.get(path).get_data(as_text=True)
    back = columns_form(client, f"{path}/kolonner")
    assert send(client, back, button="read", encoding="utf-8").status_code == 303
    assert "Bråthen" in client.get(path).get_data(as_text=True)


def test_another_sheet_has_other_columns(client: FlaskClient) -> None:
    sign_in(client)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, number, step in (("Uttrekk", ANNE, 1), ("Gammelt", BJORN, -1)):
        row = table_row(number, Etternavn=f"Fra{name}")
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, list(row)[::step])
        sheet.write_row(1, 0, list(row.values())[::step])
    book.close()
    path = bring(client, stream.getvalue())
    form = columns_form(client, f"{path}/kolonner")
    other = send(client, form, button="read", sheet="Gammelt")
    assert other.status_code == 200
    assert "FraGammelt" in other.get_data(as_text=True)
    shown = next(one for one in forms_of(other) if "column_0" in one.values)
    assert shown.values["column_11"] == "national_id"
    assert send(client, shown, button="read").status_code == 303
    assert "Fragammelt" in client.get(path).get_data(as_text=True).replace("FraGammelt", "Fragammelt")


def test_a_protected_row_is_never_a_sample(client: FlaskClient) -> None:
    sign_in(client)
    rows = odd_table(ANNE, Etternavn="Kanarifugl", Adresse="Kanariveien 7", Gradering="strengt fortrolig")
    _, _, open_rows = odd_table(BJORN).partition(b"\r\n")
    text = client.get(bring(client, rows + open_rows), follow_redirects=True).get_data(as_text=True)
    assert "Sofapute" in text
    assert "Kanari" not in text


def test_what_was_seen_is_sealed(client: FlaskClient) -> None:
    sign_in(client)
    bring(client, odd_table(ANNE))
    staged = db.session.scalars(select(StagedExtract)).one()
    sealed = b"".join(bytes(one) for one in db.session.scalars(select(UploadChunk.bytes_sealed)))
    for raw in (bytes(staged.look_sealed or b""), sealed, staged.options_json.encode(), staged.summary_json.encode()):
        assert b"Sofapute" not in raw
        assert ANNE.encode() not in raw


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.READER])
def test_only_those_who_import_choose_columns(client: FlaskClient, role: Role) -> None:
    sign_in(client)
    path = bring(client, odd_table(ANNE))
    sign_in(client, role=role)
    assert client.get(f"{path}/kolonner").status_code == 403


def test_a_header_over_first_and_last_name_is_suggested_as_both_and_read_when_a_person_says_so(
    client: FlaskClient,
) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Fødselsnummer")
    sheet.merge_range(0, 1, 0, 2, "Navn")
    sheet.write_row(0, 3, ("Adresse", "Postnr", "Kommunenr", "Status", "Gradering"))
    sheet.write_row(1, 0, (ANNE, "Åse", "Lien", "Eksempelveien 12", "3370", "3316", "bosatt", ""))
    book.close()
    sign_in(client)
    path = bring(client, stream.getvalue())
    form = columns_form(client, path)
    assert (form.values["column_1"], form.values["column_2"]) == ("given_name", "family_name")
    assert "Overskriften dekker flere kolonner." in client.get(path, follow_redirects=True).get_data(as_text=True)
    assert count(StagedChunk) == 0
    send(client, form, act="read")
    press(client, client.get(path), "/godta")
    person = db.session.scalars(select(Person)).one()
    assert (person.given_name, person.family_name) == ("Åse", "Lien")
