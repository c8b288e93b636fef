"""What no person types never reaches a view: NUL, which PostgreSQL refuses, and marks that turn the text after them."""

from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from outreach.web import form_guard
from outreach.web.access import guarded
from outreach.web.readable_requests import ReadableValues


@guarded("public")
def _echo() -> dict[str, Any]:
    return {"args": request.args.to_dict(), "form": request.form.to_dict(flat=False)}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_forms_and_addresses_come_without_nul(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setitem(app.view_functions, "invitations.find_invitation", _echo)
    monkeypatch.setattr(form_guard, "check_mark", lambda: None)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    sent = {"code": ["a\0b", "æ\0"], "other\0": "\0"}
    answer = client.post("/svar?q=x%00y&q=z", data=sent, content_type=kind)
    assert answer.get_json() == {"args": {"q": "xy"}, "form": {"code": ["ab", "æ"], "other": [""]}}


@pytest.mark.parametrize("mark", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_a_mark_that_turns_the_text_is_left_out(mark: str) -> None:
    assert ReadableValues({"subject": f"Velkommen {mark}gpj.exe"})["subject"] == "Velkommen gpj.exe"


@pytest.mark.parametrize(
    "text", ["Modum \u200e(3316)", "\u0645\u0631\u062d\u0628\u0627\u200f!", "ærlig", "👨\u200d👩\u200d👧", "", "a\nb\t"]
)
def test_what_people_type_stays(text: str) -> None:
    assert ReadableValues({"subject": text})["subject"] == text


def test_no_page_has_nul_in_its_path(client: FlaskClient) -> None:
    assert client.get("/arrangement/ny-i-modum%002026").status_code == 404
    assert client.get("/%00").status_code == 404


@pytest.mark.parametrize("sent", [None, (), [("a", "x\0")], {"a": "x\0"}, MultiDict([("a", "x\0")])])
def test_values_are_made_of_whatever_the_framework_gives(sent: Any) -> None:
    assert ReadableValues(sent).to_dict() == ({"a": "x"} if sent else {})


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000])
def test_json_that_is_nested_too_deep_is_no_json(client: FlaskClient, body: str) -> None:
    answer = client.post("/api/door/v1/pair", data=body, content_type="application/json")
    assert answer.status_code == 422
