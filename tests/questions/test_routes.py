"""The pages on which guests ask and staff answer."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.questions.models import Question
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.factories.questions import make_question
from tests.pages import forms_of, links_of, send


def questions() -> list[Question]:
    return list(db.session.scalars(db.select(Question).order_by(Question.asked_at_utc, Question.id)))


def ask(client: FlaskClient, path: str = "/spor-oss", **values: str):
    form = next(form for form in forms_of(client.get(path)) if "text" in form.values)
    return send(client, form, **values)


def test_anybody_asks_without_an_account_or_contact(client: FlaskClient) -> None:
    make_event()
    assert "/spor-oss" in links_of(client.get("/"))
    answer = ask(client, text="Er det parkering?")
    assert answer.status_code == 303
    assert "Takk, vi har fått spørsmålet" in client.get(answer.location).text
    [row] = questions()
    assert (row.text, row.email, row.invitation_id, row.language) == ("Er det parkering?", None, None, "nb")


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(client: FlaskClient) -> None:
    answer = ask(client, text="Hei", email="ikke en adresse", mobile="12")
    assert answer.status_code == 422
    assert "<title>Feil:" in answer.text
    for words in ("Skriv e-postadressen slik", "Skriv mobilnummeret med 8 sifre"):
        assert words in answer.text
    assert next(form for form in forms_of(answer) if "text" in form.values).values["text"].strip() == "Hei"
    assert "Skriv hva du lurer på." in ask(client, text=" ").text
    assert "Du har skrevet 2001 tegn" in ask(client, text="a" * 2001).text
    assert questions() == []


def test_from_a_households_page_it_is_known_whom_it_is_about(client: FlaskClient) -> None:
    invited = make_invited()
    page = client.get(f"/i/{invited.code}")
    assert f"/i/{invited.code}/spor" in links_of(page)
    answer = ask(client, f"/i/{invited.code}/spor", text="Kan vi ta med bestemor?", mobile="412 34 567")
    assert answer.status_code == 303
    assert "Tilbake til invitasjonen" in client.get(answer.location).text
    [row] = questions()
    assert (row.event_id, row.invitation_id, row.mobile) == (invited.event.id, invited.invitation.id, "+4741234567")


def test_an_event_can_be_named_and_a_draft_cannot(client: FlaskClient) -> None:
    event, draft = make_event(), make_event(slug="kladd", title="Hemmelig kladd", publish=False)
    assert event.title in client.get(f"/spor-oss?om={event.slug}").text
    assert draft.title not in client.get(f"/spor-oss?om={draft.slug}").text
    ask(client, f"/spor-oss?om={event.slug}", text="Når?")
    ask(client, f"/spor-oss?om={draft.slug}", text="Når?")
    assert {row.event_id for row in questions()} == {event.id, None}


def test_many_questions_in_a_row_have_to_wait_and_nobody_is_locked_out(client: FlaskClient) -> None:
    for number in range(5):
        assert ask(client, text=f"Nummer {number}").status_code == 303
    slowed = ask(client, text="Nummer 6")
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) <= 60
    assert len(questions()) == 5


def test_staff_take_and_answer_by_email(client: FlaskClient) -> None:
    row = make_question(make_event(), email="olena@eksempel.example")
    user = sign_in(client)
    page = client.get(f"/admin/sporsmal/{row.id}")
    assert row.text in page.text
    take = next(form for form in forms_of(page) if form.action.endswith("/ta"))
    assert send(client, take).status_code == 303
    listed = client.get("/admin/sporsmal").text
    assert user.display_name in listed
    assert "Blir besvart" in listed
    form = next(form for form in forms_of(client.get(f"/admin/sporsmal/{row.id}")) if form.action.endswith("/svar"))
    assert form.values["way"] == "email"
    assert send(client, form, text="").status_code == 422
    assert send(client, form, text="Ja, det er heis.").status_code == 303
    assert send(client, form, text="Ja, det er heis.").status_code == 409
    assert db.session.scalars(db.select(OutboxMessage.kind)).all() == ["question_answer"]
    assert "Besvart" in client.get("/admin/sporsmal?vis=answered").text


def test_without_an_address_only_the_phone_is_left(client: FlaskClient) -> None:
    row = make_question()
    sign_in(client)
    form = next(form for form in forms_of(client.get(f"/admin/sporsmal/{row.id}")) if form.action.endswith("/svar"))
    assert form.values["way"] == "phone"
    refused = send(client, form, text="Ja.", way="email")
    assert (refused.status_code, "ikke gitt noen e-postadresse" in refused.text) == (422, True)
    assert send(client, form, text="Ringte og svarte.").status_code == 303
    close = next(form for form in forms_of(client.get(f"/admin/sporsmal/{row.id}")) if form.action.endswith("/lukk"))
    assert send(client, close).status_code == 303


@pytest.mark.parametrize("role", ["reader", "privacy", "door-lead"])
def test_others_do_not_read_questions(client: FlaskClient, role: str) -> None:
    row = make_question()
    sign_in(client, role=role)
    assert client.get(f"/admin/sporsmal/{row.id}").status_code == 403


def test_the_archive_gets_marked_texts_alone(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    marked = make_question(text="Er det heis?")
    make_question(text="Jeg heter Olena og bor i Storgata")
    sign_in(client)
    page = client.get(f"/admin/sporsmal/{marked.id}")
    assert send(client, next(form for form in forms_of(page) if form.action.endswith("/fri"))).status_code == 303
    out = tmp_path / "arkiv.json"
    assert app.test_cli_runner().invoke(args=["questions", "archive", "--out", str(out)]).exit_code == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["texts"] == [{"asked_on": "2026-11-02", "question": "Er det heis?", "answer": ""}]
    assert "Olena" not in out.read_text("utf-8")
