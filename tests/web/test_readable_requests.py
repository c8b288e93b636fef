"""NUL never reaches a view: PostgreSQL would refuse to store it, and a page that shows it is malformed."""

from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

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
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    sent = {"code": ["a\0b", "æ\0"], "other\0": "\0"}
    answer = client.post("/svar?q=x%00y&q=z", data=sent, content_type=kind)
    assert answer.get_json() == {"args": {"q": "xy"}, "form": {"code": ["ab", "æ"], "other": [""]}}


def test_no_page_has_nul_in_its_path(client: FlaskClient) -> None:
    assert client.get("/arrangement/ny-i-modum%002026").status_code == 404
    assert client.get("/%00").status_code == 404


@pytest.mark.parametrize("sent", [None, (), [("a", "x\0")], {"a": "x\0"}, MultiDict([("a", "x\0")])])
def test_values_are_made_of_whatever_the_framework_gives(sent: Any) -> None:
    assert ReadableValues(sent).to_dict() == ({"a": "x"} if sent else {})
