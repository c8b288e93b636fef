"""What stands aside: kept before a page is shown, and never a reason to say that something done was not."""

from typing import Any

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.audit.service import record
from outreach.database import db
from outreach.web.access import guarded
from outreach.web.transactions import aside
from tests.pages import forms_of


def fail() -> None:
    raise OperationalError("insert", {}, Exception("the writer's place was taken"))


def look() -> None:
    record("event.look", subject_kind="event", subject_id=7, actor=COMMAND, now=clock.now_utc())


def test_what_was_done_is_told_as_done_and_the_rest_aside_is_kept(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done() -> Any:
        record("event.edit", subject_kind="event", subject_id=7, actor=COMMAND, now=clock.now_utc())
        aside(fail)
        aside(look)
        return redirect("/svar", 303)

    [form] = [form for form in forms_of(client.get("/svar")) if "csrf_token" in form.values]
    monkeypatch.setitem(app.view_functions, "invitations.find_invitation", guarded("public")(done))
    app.extensions["csrf"].exempt(app.view_functions["invitations.find_invitation"])
    answer = client.post("/svar", data=form.values)
    assert answer.status_code == 303
    assert set(db.session.scalars(select(AuditEntry.act))) == {"event.edit", "event.look"}


def test_a_page_whose_look_cannot_be_noted_is_not_shown(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page() -> str:
        aside(fail)
        return "navn"

    monkeypatch.setitem(app.view_functions, "site.logo", guarded("public")(page))
    with pytest.raises(OperationalError):
        client.get("/logo")
