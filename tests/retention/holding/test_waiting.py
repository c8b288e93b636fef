"""Access covers what waits for a yes: rows are found, shown and exported, and nobody protected is found by any way."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import Person, ProtectedIdentity
from outreach.register.models import StagedExtract
from outreach.register.stages import Stage
from outreach.register.staging.searching import queries as waiting
from outreach.retention.holding import service
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import HEADER, national_number, table, table_row
from tests.register.feed.test_service import event
from tests.register.test_routes import press, staged_page
from tests.retention.holding.test_routes import NOBODY, PAGE, find, run, told

NUMBER, OTHER, THIRD = (national_number(date(1990, 4, 12), serial) for serial in range(3))
OPEN = table_row(NUMBER, Fornavn="Kanarifugl", Fødselsdato="12.04.1990")
BESIDE = table_row(OTHER, Fornavn="Spurvefugl", Adresse="Åkerveien 1", Fødselsdato="12.04.1990")


def bring(client: FlaskClient, *rows: dict[str, str]) -> Any:
    """Upload a table of `rows` as an organiser, and return the page on which it waits; then look as privacy."""
    sign_in(client)
    page = staged_page(client, table(rows, header=[*HEADER, "Fødselsdato"]).encode(), as_of="2026-11-02")
    sign_in(client, role=Role.PRIVACY)
    return page


def upload_of(page: Any) -> str:
    return str(page.request.path).rsplit("/", 1)[1]


def test_a_row_that_waits_is_found_and_shown_with_nothing_of_others(client: FlaskClient) -> None:
    upload = upload_of(bring(client, BESIDE, OPEN))
    row = f"{PAGE}/venter/{upload}/1"
    for typed, year in (("kanari", ""), ("kanari", "1990"), (NUMBER, ""), (f"{upload}.1", "")):
        assert f'"{row}"' in find(client, typed, birth_year=year).text, typed
    for typed, year in (("kanari", "1991"), (THIRD, ""), ("meise", ""), (f"{upload}.2", "")):
        assert NOBODY in find(client, typed, birth_year=year).text, typed
    shown = client.get(row)
    assert shown.status_code == 200
    for words in ("Kanarifugl Sofapute", "12.\u00a0april 1990", "Eksempelveien 12, 3370 VIKERSUND", "Slettes senest"):
        assert words in shown.text, words
    assert "Spurvefugl" not in shown.text
    assert NUMBER not in shown.text
    looks = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "person.show_held")).all()
    assert [(look.subject_kind, look.subject_id) for look in looks] == [("staged_extract", int(upload))]


@pytest.mark.parametrize("end", ["godta", "forkast", "a day"])
def test_what_waited_is_not_found_once_it_is_gone(client: FlaskClient, end: str) -> None:
    page = bring(client, OPEN)
    row = f"{PAGE}/venter/{upload_of(page)}/0"
    assert client.get(row).status_code == 200
    sign_in(client)
    if end == "a day":
        clock.set_clock(lambda: NOW + timedelta(hours=24))
    else:
        assert press(client, page, f"/{end}").status_code == 303
    sign_in(client, role=Role.PRIVACY)
    assert client.get(row).status_code == 404
    assert (NOBODY in find(client, "kanari").text) is (end != "godta")


def test_the_export_of_one_we_hold_has_what_waits(client: FlaskClient) -> None:
    page = bring(client, OPEN)
    sign_in(client)
    press(client, page, "/godta")
    bring(client, {**OPEN, "Adresse": "Nyveien 3"}, BESIDE)
    person = db.session.scalars(db.select(Person)).one()
    [row] = service.held_on(person, now=NOW)["waiting_files"]
    assert (row["name"], row["birth_date"], row["has_national_number"]) == ("Kanarifugl Sofapute", "1990-04-12", True)
    assert row["address"] == "Nyveien 3, 3370 VIKERSUND"
    assert "Nyveien 3" in client.get(f"{PAGE}/{person.id}").text


def test_the_commands_find_and_export_a_row_that_waits(client: FlaskClient, app: Flask, tmp_path: Path) -> None:
    ref = f"{upload_of(bring(client, OPEN, BESIDE))}.0"
    found = json.loads(run(app, "find", "kanari", "--json").stdout)
    assert found["people"] == []
    assert found["waiting"] == [{"ref": ref, "name": "Kanarifugl Sofapute", "birth_year": 1990}]
    assert f"{ref}  Kanarifugl Sofapute  1990" in run(app, "find", "kanari").stdout
    assert run(app, "export", ref, "--out", str(tmp_path / "ut")).exit_code == 0
    for name in ("innsyn.json", "innsyn.html"):
        text = (tmp_path / "ut" / name).read_text(encoding="utf-8")
        assert "Kanarifugl" in text
        assert "Spurvefugl" not in text
    for command in (["export", f"{ref}9", "--out", str(tmp_path)], ["erase", ref]):
        result = run(app, *command)
        assert (result.exit_code, result.stderr.strip()) == (1, NOBODY)


def _marked(client: FlaskClient) -> list[str]:
    """One of the register's protected, in a file without a grade."""
    db.session.add(ProtectedIdentity(identity_hash=key_ring().identity_hash(NUMBER), marked_at_utc=NOW))
    db.session.commit()
    return [upload_of(bring(client, OPEN))]


def _graded(client: FlaskClient) -> list[str]:
    return [upload_of(bring(client, {**OPEN, "Gradering": "fortrolig"}))]


def _graded_elsewhere(client: FlaskClient) -> list[str]:
    """An older file that waits does not know yet what a newer one says."""
    return [upload_of(bring(client, OPEN)), upload_of(bring(client, {**OPEN, "Gradering": "ukjent kode"}))]


def _graded_without_number(client: FlaskClient) -> list[str]:
    graded = {**OPEN, "Fødselsnummer": "", "Gradering": "fortrolig"}
    return [upload_of(bring(client, {**OPEN, "Fødselsnummer": ""}, graded))]


def _told_by_a_feed(client: FlaskClient) -> list[str]:
    sign_in(client)
    news = [event(NUMBER, "endringIAdressebeskyttelse"), event(NUMBER, "personErDoed"), event(THIRD, "personErDoed")]
    page = staged_page(client, json.dumps(news).encode(), as_of="2026-11-02")
    return [upload_of(page), upload_of(bring(client, OPEN))]


@pytest.mark.parametrize("hide", [_marked, _graded, _graded_elsewhere, _graded_without_number, _told_by_a_feed])
def test_nobody_protected_is_found_in_what_waits(client: FlaskClient, hide: Any) -> None:
    uploads = hide(client)
    bring(client, BESIDE)
    assert "Spurvefugl" in find(client, "spurv").text
    pages = {told(find(client, typed).text, typed) for typed in (NUMBER, national_number(date(1960, 5, 1)))}
    assert len(pages) == 1
    assert NOBODY in find(client, "kanari").text
    feed_row = {"0": THIRD} if hide is _told_by_a_feed else {}
    for upload in uploads:
        for place in range(3):
            answer = client.get(f"{PAGE}/venter/{upload}/{place}")
            assert answer.status_code == 404 or (feed_row and upload == uploads[0]), place
            assert "Kanarifugl" not in answer.text


def test_an_event_that_waits_is_told_to_the_person_it_concerns(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client, json.dumps([event(THIRD, "personErDoed")]).encode(), as_of="2026-11-02")
    sign_in(client, role=Role.PRIVACY)
    row = f"{PAGE}/venter/{upload_of(page)}/0"
    assert f'"{row}"' in find(client, THIRD).text
    assert "Er død." in client.get(row).text


def test_what_is_too_large_for_a_page_is_said_and_left_to_the_command(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bring(client, OPEN)
    sign_in(client)
    press(client, page, "/godta")
    ref = f"{upload_of(bring(client, {**OPEN, 'Adresse': 'Nyveien 3'}))}.0"
    person = db.session.scalars(db.select(Person)).one()
    monkeypatch.setattr(waiting, "MOST_ROWS_ON_A_PAGE", 499)
    assert "Filene som venter, er ikke med" in find(client, "kanari").text
    assert "må hente det" in client.get(f"{PAGE}/{person.id}").text
    assert client.get(f"{PAGE}/venter/{ref.replace('.', '/')}").status_code == 404
    assert json.loads(run(app, "find", "kanari", "--json").stdout)["waiting"][0]["ref"] == ref
    assert service.held_on(person, now=NOW)["waiting_files"][0]["address"] == "Nyveien 3, 3370 VIKERSUND"
    monkeypatch.setattr(waiting, "MOST_ROWS_ON_A_PAGE", 500)
    assert ref.split(".", maxsplit=1)[0] in find(client, "kanari").text


def test_a_file_that_is_not_read_yet_is_named(client: FlaskClient) -> None:
    bring(client, OPEN)
    assert "ikke lest ferdig" not in find(client, "kanari").text
    db.session.execute(db.update(StagedExtract).values(stage=Stage.CHECKING.value))
    db.session.commit()
    text = find(client, "kanari").text
    assert "1 fil er ikke lest ferdig" in text
    assert NOBODY in text
