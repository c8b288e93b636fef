"""Three questions after the event: each ticket once, nobody behind an answer, nothing shown while answers are taken."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.surveys import erasure, queries
from outreach.surveys.models import SurveyTally, UsedBallot
from outreach.surveys.survey import OPEN_DAYS, Question
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.pages import forms_of, send

RESULTS = f"/admin/arrangementer/{SLUG}/undersokelse"
GOOD = {"liked": "good", "learned": "all", "again": "yes"}


@pytest.fixture
def event(app: Flask) -> Event:
    made = make_event()
    clock.set_clock(lambda: made.ends_at_utc + timedelta(days=1))
    return made


def _path(event: Event, ticket: str = "CDFHJK") -> str:
    return queries.survey_url(event, ticket).removeprefix("http://localhost")


def _answer(client: FlaskClient, event: Event, ticket: str, **chosen: str) -> int:
    path = _path(event, ticket)
    page = client.get(path)
    form = next(form for form in forms_of(page) if "csrf_token" in form.values)
    return send(client, form, **chosen).status_code


def _counts(event: Event) -> dict[str, int]:
    db.session.expire_all()
    counted = queries.counts(event.id)
    return {f"{one}.{option}": number for one in Question for option, number in counted[one].items() if number}


def test_counts_each_ticket_once(client: FlaskClient, event: Event) -> None:
    assert _answer(client, event, "CDFHJK", **GOOD) == 303
    assert _answer(client, event, "CDFHJK", liked="bad") == 409
    assert _answer(client, event, "CDFHJM", liked="bad") == 303
    assert _counts(event) == {
        "liked.good": 1, "liked.bad": 1, "learned.all": 1, "learned.none": 1, "again.yes": 1, "again.none": 1,
    }  # fmt: skip


def test_an_empty_form_comes_back_and_uses_no_ballot(client: FlaskClient, event: Event) -> None:
    assert _answer(client, event, "CDFHJK") == 422
    assert db.session.scalars(select(UsedBallot)).all() == []


def test_nothing_that_is_stored_leads_from_an_answer_to_a_ticket(client: FlaskClient, event: Event) -> None:
    before = len(db.session.scalars(select(AuditEntry)).all())
    _answer(client, event, "CDFHJK", **GOOD)
    assert set(UsedBallot.__table__.c.keys()) == {"id", "event_id", "ballot_hash"}
    assert set(SurveyTally.__table__.c.keys()) == {"id", "event_id", "question", "option", "number"}
    assert len(db.session.scalars(select(AuditEntry)).all()) == before
    token = _path(event).rsplit("/", 1)[1]
    assert token[:16] not in repr(db.session.scalars(select(UsedBallot.ballot_hash)).all())
    erasure.erase_event_people(event.id)
    db.session.commit()
    assert db.session.scalars(select(UsedBallot)).all() == []
    assert _counts(event)["liked.good"] == 1


@pytest.mark.parametrize("days", [-2, OPEN_DAYS])
def test_takes_no_answer_before_the_end_or_after_two_weeks(client: FlaskClient, event: Event, days: int) -> None:
    clock.set_clock(lambda: event.ends_at_utc + timedelta(days=days))
    answer = client.get(_path(event))
    assert answer.status_code == 410
    assert "Undersøkelsen er ikke åpen</h1>" in answer.text


def test_staff_see_results_when_nobody_can_answer_any_more(client: FlaskClient, event: Event) -> None:
    for number in range(6):
        assert _answer(client, event, f"CDFHJ{number}", liked="bad" if number == 0 else "good") == 303
    sign_in(client, role="reader")
    page = client.get(RESULTS).text
    assert "minst" in page
    assert "Passe" not in page
    clock.set_clock(lambda: event.ends_at_utc + timedelta(days=OPEN_DAYS))
    sign_in(client, role="reader")
    page = client.get(RESULTS).text
    assert "skjult" in page
    assert ">5<" not in page, "one of two cells that add up to six"
