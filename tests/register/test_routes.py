"""The pages where staff bring an extract, look at it, and accept or discard it."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from outreach import clock
from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.people.models import Person
from outreach.register.models import RegisterImport, StagedChunk, StagedExtract, UploadChunk
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import national_number, table, table_row
from tests.pages import forms_of, links_of, send

EXTRACTS = Path(__file__).parent.parent / "extracts"
SAMPLE = (EXTRACTS / "persondokumenter.ndjson").read_bytes()
NUMBER = national_number(date(1990, 4, 12))
# Names and addresses of the sample's protected people.
PROTECTED = ("skygge", "vaksom", "rolig mørtel", "institusjonsveien", "sot 6", "eksempelveien 55", "eksempelveien 56")


def upload(client: FlaskClient, content: bytes, *, name: str = "uttrekk.ndjson", **fields: str) -> TestResponse:
    form = next(form for form in forms_of(client.get("/admin/register/ny")) if "as_of" in form.values)
    data: dict[str, Any] = {**form.values, **fields, "file": (io.BytesIO(content), name)}
    return client.post("/admin/register/ny", data=data, content_type="multipart/form-data")


def staged_page(client: FlaskClient, content: bytes = SAMPLE, **fields: str) -> TestResponse:
    answer = upload(client, content, **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.get(answer.location)


def press(client: FlaskClient, page: TestResponse, end: str) -> TestResponse:
    return send(client, next(form for form in forms_of(page) if form.action.endswith(end)))


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_shows_what_to_do_before_the_first_import(client: FlaskClient) -> None:
    sign_in(client)
    page = client.get("/admin/register")
    assert page.status_code == 200
    assert "Ingen uttrekk er lest inn ennå" in page.get_data(as_text=True)
    assert "/admin/register/ny" in links_of(page)


def test_an_upload_is_shown_accepted_and_gone_from_waiting(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client, as_of="2026-11-02")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Elegant Sofapute" in text
    assert "Eksempelveien 12, 3370 VIKERSUND" in text
    assert count(Person) == 0
    answer = press(client, page, "/godta")
    assert (answer.status_code, answer.location) == (303, page.request.path)
    result = client.get(answer.location, follow_redirects=True)
    assert result.request.path == page.request.path.replace("register/", "register/innlesing/")
    assert "Filen og det som ventet, er slettet." in result.get_data(as_text=True)
    assert count(Person) == 17
    assert (count(StagedExtract), count(StagedChunk)) == (0, 0)
    assert db.session.scalars(select(RegisterImport)).one().as_of == date(2026, 11, 2)


@pytest.mark.parametrize(("act", "told"), [("godta", "Uttrekket er lest inn"), ("forkast", "forkastet")])
def test_a_second_press_of_the_same_button_shows_what_the_first_one_did(
    client: FlaskClient, act: str, told: str
) -> None:
    sign_in(client)
    page = staged_page(client, as_of="2026-11-02")
    press(client, page, f"/{act}")
    before = (count(Person), count(RegisterImport), count(AuditEntry))
    again = press(client, page, f"/{act}")
    assert again.status_code == 303
    assert (count(Person), count(RegisterImport), count(AuditEntry)) == before
    assert told in client.get(again.location, follow_redirects=True).text


def test_what_is_accepted_is_what_the_command_would_store(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    press(client, staged_page(client, as_of="2026-11-02"), "/godta")
    runner = app.test_cli_runner()
    file = str(EXTRACTS / "persondokumenter.ndjson")
    result = runner.invoke(args=["register", "import", file, "--as-of", "2026-11-02", "--json"])
    assert '"unchanged": 17' in result.stdout
    assert '"new": 0' in result.stdout


def test_a_discarded_upload_leaves_nothing(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client)
    assert count(StagedChunk) == 1
    answer = press(client, page, "/forkast")
    assert answer.status_code == 303
    assert "Uttrekket er forkastet" in client.get(answer.location).get_data(as_text=True)
    assert "Uttrekket er forkastet" in client.get(page.request.path, follow_redirects=True).get_data(as_text=True)
    assert (count(StagedExtract), count(StagedChunk), count(Person), count(RegisterImport)) == (0, 0, 0, 0)


def test_what_waits_is_sealed(client: FlaskClient) -> None:
    sign_in(client)
    staged_page(client)
    raw = b"".join(db.session.scalars(select(StagedChunk.rows_sealed)))
    assert b"SOFAPUTE" not in raw.upper()
    assert b"12849022499" not in raw
    summary = db.session.scalars(select(StagedExtract.summary_json)).one()
    assert "sofapute" not in summary.casefold()


def test_an_upload_expires_after_a_day(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client)
    clock.set_clock(lambda: NOW + timedelta(hours=24))
    sign_in(client)
    assert client.get(page.request.path).status_code == 404
    upload(client, table([table_row(NUMBER)]).encode())
    assert count(StagedExtract) == 1


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN])
def test_nobody_protected_is_shown_or_counted(client: FlaskClient, role: Role) -> None:
    sign_in(client, role=role)
    page = staged_page(client)
    press(client, page, "/godta")
    for answer in (page, client.get("/admin/register")):
        text = answer.get_data(as_text=True).casefold()
        assert "beskyttet</" not in text
        assert not any(name in text for name in PROTECTED)


def test_privacy_sees_how_many_are_protected(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client)
    sign_in(client, role=Role.PRIVACY)
    text = client.get(page.request.path).get_data(as_text=True)
    assert "Beskyttet</dt><dd>3<" in text
    assert not any(name in text.casefold() for name in PROTECTED)
    assert "/godta" not in text


def test_problems_are_shown_with_row_and_column_and_without_values(client: FlaskClient) -> None:
    sign_in(client)
    bad = table_row("12345678901", Etternavn="Hemmelighet", Flyttedato="31.02.2026")
    page = staged_page(client, table([table_row(NUMBER), bad]).encode(), as_of="2026-11-02")
    text = page.get_data(as_text=True)
    assert "Datoen finnes ikke" in text
    assert "Fødselsnummeret er ikke gyldig" in text
    assert "12345678901" not in text
    assert "Hemmelighet" not in text
    table_of_problems = client.get(f"{page.request.path}/problemer.csv").get_data().decode("utf-8-sig")
    assert table_of_problems.splitlines()[0] == "Rad;Kolonne;Kode;Hva er galt;Hva skjer med raden"
    assert "3;Fødselsnummer;national_id_invalid;" in table_of_problems
    assert "12345678901" not in table_of_problems
    assert "Hemmelighet" not in table_of_problems


def test_a_file_without_a_usable_row_can_only_be_discarded(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client, table([table_row("12345678901")]).encode())
    assert [form.action.rsplit("/", 1)[-1] for form in forms_of(page) if "/register/" in form.action] == ["forkast"]
    staged = db.session.scalars(select(StagedExtract)).one()
    token = next(form for form in forms_of(page) if form.action.endswith("/forkast")).values["csrf_token"]
    answer = client.post(f"/admin/register/{staged.id}/godta", data={"csrf_token": token})
    assert answer.status_code == 422
    assert count(RegisterImport) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tom"),
        (b"%PDF-1.7", "filtypen"),
        (SAMPLE[:900], "ikke hel"),
        (b"PK\x03\x04" + bytes(80), "Regnearket"),
    ],
)
def test_an_unusable_file_is_explained_at_the_field(client: FlaskClient, content: bytes, words: str) -> None:
    sign_in(client)
    answer = upload(client, content)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text
    assert text.count('aria-invalid="true"') == 1
    assert "<title>Feil:" in text
    assert (count(StagedExtract), count(StagedChunk)) == (0, 0)


def test_the_form_says_what_is_missing(client: FlaskClient) -> None:
    sign_in(client)
    form = next(form for form in forms_of(client.get("/admin/register/ny")) if "as_of" in form.values)
    answer = client.post("/admin/register/ny", data={**form.values, "as_of": "2027-01-01"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Velg en fil." in text
    assert "Datoen kan ikke ligge fram i tid." in text


def test_a_named_person_can_answer_for_protection(client: FlaskClient) -> None:
    sign_in(client)
    content = table([table_row(NUMBER)], header=list(table_row(NUMBER))[:-1]).encode()
    page = staged_page(client, content, checked_by=" Kari Nordmann ")
    assert "Kari Nordmann" in page.get_data(as_text=True)
    press(client, page, "/godta")
    assert db.session.scalars(select(RegisterImport.protection_checked_by)).one() == "Kari Nordmann"


def test_more_than_the_limit_is_answered_in_words(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", len(SAMPLE) - 1)
    answer = upload(client, SAMPLE)
    assert answer.status_code == 413
    limit = f"{(len(SAMPLE) - 1) / 1_000_000:g}".replace(".", ",")
    assert f"større enn det vi kan ta imot her: {limit} MB. Ingenting er lagret." in answer.get_data(as_text=True)
    assert [count(model) for model in (StagedExtract, UploadChunk, StagedChunk)] == [0, 0, 0]
    # The control: with room for the form around the file, the same file is taken.
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", len(SAMPLE) + 2_000)
    assert upload(client, SAMPLE).status_code == 303
    assert count(StagedExtract) == 1


def test_warns_when_the_latest_extract_is_too_old(client: FlaskClient) -> None:
    sign_in(client)
    press(client, staged_page(client, as_of="2026-10-03"), "/godta")
    assert "for gammelt" not in client.get("/admin/register").get_data(as_text=True)
    clock.set_clock(lambda: NOW + timedelta(days=1))
    sign_in(client)
    assert "for gammelt" in client.get("/admin/register").get_data(as_text=True)


def test_looking_at_decoded_rows_is_in_the_log(client: FlaskClient) -> None:
    user = sign_in(client)
    page = staged_page(client)
    press(client, page, "/forkast")
    acts = db.session.execute(
        select(AuditEntry.act, AuditEntry.actor_id).where(AuditEntry.act.like("register.%")).order_by(AuditEntry.act)
    ).all()
    assert [tuple(row) for row in acts] == [
        ("register.discard", user.id),
        ("register.look", user.id),
        ("register.stage", user.id),
    ]


@pytest.mark.parametrize("role", [Role.DOOR_LEAD, Role.READER])
def test_other_roles_are_refused(client: FlaskClient, role: Role) -> None:
    sign_in(client)
    page = staged_page(client)
    sign_in(client, role=role)
    for path in ("/admin/register", "/admin/register/ny", page.request.path):
        assert client.get(path).status_code == 403


def test_strangers_are_sent_to_sign_in(client: FlaskClient) -> None:
    for path in ("/admin/register", "/admin/register/ny", "/admin/register/1"):
        assert client.get(path).status_code == 303
    assert client.post("/admin/register/1/godta").status_code in (303, 400)


def test_what_is_gone_is_not_found(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/admin/register/1").status_code == 404
    assert client.get("/admin/register/1/godta").status_code == 405
    token = forms_of(client.get("/admin/register/ny"))[-1].values["csrf_token"]
    for act in ("godta", "forkast"):
        assert client.post(f"/admin/register/1/{act}", data={"csrf_token": token}).status_code == 404
