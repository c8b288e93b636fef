"""Goals are set by organisers, seen by everybody of staff, and stand on the start page with a word."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.database import db
from outreach.events.event import Kind
from outreach.reports.goals import queries
from outreach.reports.models import YearlyGoal
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.evening_figures import lived_evening
from tests.factories.events import make_event
from tests.pages import forms_of, send
from tests.statements import noted

PAGE = "/admin/maal"
DATED = {"words": "Kvelden er datofestet", "kind": "dated", "event_kind": "ny-i-modum", "due_on": "2026-12-01"}


def _set(client: FlaskClient, **values: str) -> int:
    form = next(form for form in forms_of(client.get(PAGE)) if "words" in form.values)
    return send(client, form, **values).status_code


def test_a_goal_stands_on_the_start_page_with_its_word(client: FlaskClient) -> None:
    sign_in(client, role="organiser")
    assert _set(client, **DATED) == 303
    assert "Ikke nådd" in client.get("/admin/").text
    make_event()
    sign_in(client, role="reader")
    start = client.get("/admin/").text
    assert "Kvelden er datofestet" in start
    assert "Nådd" in start
    assert "Sett et mål" not in client.get(PAGE).text


def test_a_goal_is_taken_away(client: FlaskClient) -> None:
    sign_in(client, role="organiser")
    _set(client, **DATED)
    form = next(form for form in forms_of(client.get(PAGE)) if form.action.endswith("/ta-bort"))
    assert send(client, form).status_code == 303
    assert db.session.scalars(select(YearlyGoal)).all() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": " "}, "Skriv målet."),
        ({"due_on": "snart"}, "Skriv en dato"),
        ({"wanted": "0"}, "Skriv et tall fra 1"),
        ({"event_kind": ""}, "Kontaktpunktet har verken"),
        ({"kind": ""}, "Velg når målet er nådd."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(client: FlaskClient, change: dict[str, str], words: str) -> None:
    sign_in(client, role="organiser")
    form = next(form for form in forms_of(client.get(PAGE)) if "words" in form.values)
    page = send(client, form, **{**DATED, **change})
    assert page.status_code == 422
    assert words in page.text
    assert db.session.scalars(select(YearlyGoal)).all() == []


def test_counts_an_evening_before_and_after_it_is_settled(app: Flask, client: FlaskClient) -> None:
    sign_in(client, role="organiser")
    target = {"kind": "target", "measure": "attending", "wanted": "9", "due_on": "2026-12-31", "words": "Ni gjester"}
    _set(client, **target, event_kind="ny-i-modum")
    event = lived_evening(app)
    [one] = queries.standings(2026, NOW.date())
    assert one.reached > 9
    assert one.light == "green"
    assert event.kind == Kind.NY_I_MODUM
    db.session.rollback()
    with noted() as statements:
        queries.standings(2026, NOW.date())
    assert sum(statement.startswith("SELECT") for statement in statements) <= 7
