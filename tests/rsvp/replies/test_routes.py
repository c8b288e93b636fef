"""The staff's list of answers from calendars that changed nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from outreach.rsvp import erasure
from outreach.rsvp.replies.models import CalendarAnswer
from tests.browser.world_calendar import calendar_answers
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.pages import forms_of, send

LIST = "/admin/kalendersvar"
REASONS = (
    "Svaret gjelder en eldre utgave. Noe er endret etter at de fikk den.",
    "De foreslår et annet tidspunkt.",
    "De svarer noe annet enn ja, nei eller kanskje.",
    "Svaret gjelder ikke en invitasjon som vi har.",
    "Svaret kan ikke leses. Se i postkassen.",
)


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="organiser")
    return client


def test_it_tells_why_each_was_set_aside_and_whose_it_is(staff: FlaskClient) -> None:
    calendar_answers(make_event())
    text = staff.get(LIST).text
    for reason in REASONS:
        assert reason in text
    assert "5 svar å se på" in text
    assert "eksempel.example" not in text
    one = db.session.scalars(select(CalendarAnswer).where(CalendarAnswer.reason == "stale")).one()
    assert f'href="/admin/arrangementer/{SLUG}/invitasjoner/{one.invitation_id}"' in text
    assert "Se på 5 svar fra kalenderen" in staff.get("/admin/").text


def test_what_is_dealt_with_leaves_the_list_once(staff: FlaskClient) -> None:
    calendar_answers(make_event())
    form = next(form for form in forms_of(staff.get(LIST)) if form.action.endswith("/ferdig"))
    for _time in range(2):
        assert send(staff, form).status_code == 303
    assert "4 svar å se på" in staff.get(LIST).text
    settled = select(AuditEntry).where(AuditEntry.act == "calendar_answer.settle")
    assert len(db.session.scalars(settled).all()) == 1


def test_one_that_counted_and_one_that_is_not_there_cannot_be_settled(staff: FlaskClient) -> None:
    calendar_answers(make_event())
    kept = db.session.scalars(select(CalendarAnswer).where(CalendarAnswer.outcome == "kept")).one()
    form = next(form for form in forms_of(staff.get(LIST)) if form.action.endswith("/ferdig"))
    for answer_id in (kept.id, 1):
        assert staff.post(f"{LIST}/{answer_id}/ferdig", data=form.values).status_code == 404


def test_without_any_the_page_says_so(staff: FlaskClient) -> None:
    assert "Ingen svar å se på" in staff.get(LIST).text


def test_they_go_with_the_event_and_those_of_no_event_by_their_date(staff: FlaskClient) -> None:
    event = make_event()
    calendar_answers(event)
    assert erasure.erase_event_people(event.id)["calendar_answer"] == 4
    clocks = Clocks(event_days=90, register_days=395, memory_days=730)
    for days, left in ((90, 2), (92, 0)):
        later = NOW + timedelta(days=days)
        retention.run(clocks=clocks, today=later.date(), now=later)
        assert len(db.session.scalars(select(CalendarAnswer)).all()) == left
