"""A host's own page: its link opens it for a while, it tells of nobody, and what is written comes to the organiser."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.hosts import service
from outreach.hosts.models import EventHost
from outreach.outbox.states import Channel
from outreach.people.models import Person
from outreach.questions.models import Question
from outreach.rsvp.answer import NeedKind, NeedWish
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.hosts import host_token, make_host
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import Form, forms_of, send


@pytest.fixture
def row(app: Flask) -> EventHost:
    return make_host(make_event(), is_sent=True)


def path_of(row: EventHost, end: str = "") -> str:
    return f"/vert/{host_token(row)}{end}"


def form_at(client: FlaskClient, path: str) -> Form:
    return next(form for form in forms_of(client.get(path)) if form.action == path)


def test_the_page_says_what_when_where_and_is_for_nobody_else_to_keep(client: FlaskClient, row: EventHost) -> None:
    service.tell_all(row.event, "Nøkkelen er hos Per.\nRing 99 99 99 01.", actor=COMMAND, now=NOW)
    db.session.commit()
    answer = client.get(path_of(row))
    for words in (
        "Hei, Eira!",
        "26.\u00a0november 2026",
        "Modum kulturhus",
        "Trinnfri inngang.",
        "Nøkkelen er hos Per.",
    ):
        assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(path_of(row).upper().replace("/VERT/", "/vert/")).status_code == 200


def test_numbers_never_tell_of_a_guest(client: FlaskClient, row: EventHost) -> None:
    before = client.get(path_of(row)).text
    for number in range(6):
        invitation = make_household(row.event)
        needs = (NeedWish(NeedKind.ALLERGY, "tåler ikke nøtter"),)
        give_answer(invitation, answer_for(invitation, True, True, False, needs=needs if number < 2 else ()))
    page = client.get(path_of(row)).text
    assert "Minst 10" in page
    assert "Allergi" in page
    assert "Færre enn fem" in page
    assert "nøtter" not in page
    names = {name for person in db.session.scalars(select(Person)) for name in (person.family_name, person.given_name)}
    assert names
    assert not {name for name in names if name and name in page and name not in before}


def test_what_a_host_writes_comes_to_those_who_answer_guests(app: Flask, client: FlaskClient, row: EventHost) -> None:
    answer = send(client, form_at(client, path_of(row)), text="Hvem har nøkkelen?")
    assert answer.status_code == 303
    assert "Takk! Arrangøren har fått meldingen din." in client.get(answer.location).text
    asked = db.session.scalars(select(Question)).one()
    assert (asked.event_id, asked.email, asked.mobile) == (row.event_id, "eira@student.example", None)
    staff = app.test_client()
    sign_in(staff, role="organiser")
    assert "En vert skriver: Hvem har nøkkelen?" in staff.get(f"/admin/sporsmal/{asked.id}").text


def test_one_who_is_reached_by_sms_is_answered_by_phone(client: FlaskClient, row: EventHost) -> None:
    by_phone = make_host(row.event, channel=Channel.SMS, contact="+4741234567")
    send(client, form_at(client, path_of(by_phone)), text="Hei")
    asked = db.session.scalars(select(Question)).one()
    assert (asked.email, asked.mobile) == (None, "+4741234567")


def test_an_empty_message_is_told_and_many_wait(client: FlaskClient, row: EventHost) -> None:
    form = form_at(client, path_of(row))
    refused = send(client, form, text="   ")
    assert refused.status_code == 422
    assert "Dette må rettes" in refused.text
    statuses = [send(client, form, text=f"Melding {number}").status_code for number in range(7)]
    assert statuses[:5] == [303] * 5
    assert statuses[5:] == [429, 429]


def test_a_withdrawn_link_an_old_one_and_a_cut_one_say_so(client: FlaskClient, row: EventHost) -> None:
    old, form = path_of(row), form_at(client, path_of(row))
    assert client.get(old[:-3]).status_code == 404
    service.withdraw(row, actor=COMMAND, now=NOW)
    db.session.commit()
    for answer in (client.get(old), client.get(path_of(row, "/slutt")), send(client, form, text="Hei")):
        assert answer.status_code == 410
        assert "Vi har tatt lenken tilbake, eller sendt deg en ny." in answer.text
        assert answer.text.count("Ring oss") == 1
    service.new_link(row, actor=COMMAND, now=NOW)
    db.session.commit()
    assert [client.get(path).status_code for path in (old, path_of(row))] == [410, 200]
    assert not db.session.scalars(select(Question)).all()


def test_the_page_closes_a_week_after_the_event(client: FlaskClient, row: EventHost) -> None:
    last = row.event.ends_at_utc + timedelta(days=7)
    clock.set_clock(lambda: last - timedelta(seconds=1))
    assert client.get(path_of(row)).status_code == 200
    clock.set_clock(lambda: last)
    closed = client.get(path_of(row))
    assert closed.status_code == 410
    assert "siden til verten er stengt" in closed.text


def test_a_host_may_stop_at_any_time(client: FlaskClient, row: EventHost) -> None:
    path, host_id = path_of(row), row.id
    answer = send(client, form_at(client, path_of(row, "/slutt")))
    assert client.get(answer.location).status_code == 200
    assert client.get(path).status_code == 404
    db.session.expire_all()
    assert db.session.get(EventHost, host_id) is None
    last = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "host.erase")).one()
    assert (last.actor_kind, last.subject_id) == ("host", host_id)
