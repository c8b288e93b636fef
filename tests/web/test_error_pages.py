"""Faults become pages: also when the database is gone, and never with a stack trace in them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from outreach.web.access import guarded


@guarded("public")
def _database_is_gone() -> str:
    raise OperationalError("select 1", {}, Exception("unable to open database file"))


@guarded("public")
def _crash() -> str:
    raise ValueError("secret detail")


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (_database_is_gone, 503, "Tjenesten er ikke tilgjengelig akkurat nå"),
        (_crash, 500, "Noe gikk galt hos oss"),
    ],
)
def test_a_fault_of_ours_is_told_in_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, view: object, status: int, words: str
) -> None:
    monkeypatch.setitem(app.view_functions, "site.privacy", view)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = client.get("/personvern")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert words in page
    assert "secret detail" not in page
    assert "Traceback" not in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_leads_on(client: FlaskClient) -> None:
    answer = client.get("/finnes-ikke")
    assert answer.status_code == 404
    assert 'href="/svar"' in answer.get_data(as_text=True)


def test_under_api_a_fault_is_data(client: FlaskClient) -> None:
    answer = client.get("/api/finnes-ikke")
    assert answer.status_code == 404
    assert answer.get_json() == {"error": "404"}


def test_a_form_without_its_token_is_refused_with_words(client: FlaskClient) -> None:
    answer = client.post("/svar", data={"code": "x"})
    assert answer.status_code == 400
    assert "Vi forstod ikke det som ble sendt" in answer.get_data(as_text=True)
