"""Staff put hosts on the list of an event, send and take back their links, and tell them what they must know."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.hosts.models import EventHost
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.hosts import make_host
from tests.pages import Form, forms_of, send

PATH = f"/admin/arrangementer/{SLUG}/verter"
FILLED = {"name": "Eira Vertsdal", "channel": "email", "email": "Eira@Student.example", "has_agreed": "y"}


@pytest.fixture
def staff(app: Flask, client: FlaskClient) -> FlaskClient:
    make_event()
    sign_in(client, role="organiser")
    return client


def form_at(client: FlaskClient, end: str) -> Form:
    return next(form for form in forms_of(client.get(PATH)) if (form.action or PATH).endswith(end))


def test_a_host_is_put_on_the_list_and_gets_the_link(staff: FlaskClient) -> None:
    assert "Ingen verter" in staff.get(PATH).text
    assert send(staff, form_at(staff, "/verter"), **FILLED).status_code == 303
    row = db.session.scalars(select(EventHost)).one()
    assert (row.name, row.contact, row.channel) == ("Eira Vertsdal", "Eira@student.example", "email")
    form = form_at(staff, "/send")
    assert send(staff, form).status_code == 303
    assert send(staff, form).status_code == 303
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1, "the same page twice sends once"
    assert "Har fått lenken" in staff.get(PATH).text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "Skriv navnet."),
        ({"channel": ""}, "Velg e-post eller SMS."),
        ({"email": "eira"}, "E-post"),
        ({"email": ""}, "Skriv e-postadressen, som navn@eksempel.no."),
        ({"channel": "sms"}, "Skriv mobilnummeret med 8 sifre."),
        ({"has_agreed": ""}, "Spør verten først"),
        ({"name": "x" * 121}, "For langt."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_kept(staff: FlaskClient, changed: dict[str, str], words: str) -> None:
    answer = send(staff, form_at(staff, "/verter"), **{**FILLED, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert not db.session.scalars(select(EventHost)).all()


def test_the_same_address_twice_is_told(staff: FlaskClient) -> None:
    form = form_at(staff, "/verter")
    assert send(staff, form, **FILLED).status_code == 303
    again = send(staff, form, **{**FILLED, "name": "En annen"})
    assert again.status_code == 422
    assert "En vert med denne adressen står allerede på lista." in again.text


def test_a_link_is_taken_back_given_anew_and_a_host_erased(staff: FlaskClient) -> None:
    send(staff, form_at(staff, "/verter"), **FILLED)
    for end, words in (("/trekk", "Trukket tilbake"), ("/ny_lenke", "Lenken er ikke sendt"), ("/slett", "slettet")):
        assert send(staff, form_at(staff, end)).status_code == 303
        assert words in staff.get(PATH).text
    assert "Ingen verter" in staff.get(PATH).text


def test_notes_are_kept_and_a_look_is_written_down(staff: FlaskClient) -> None:
    form = form_at(staff, "/praktisk")
    assert send(staff, form, text="Nøkkelen er hos Per.").status_code == 303
    assert "Nøkkelen er hos Per." in staff.get(PATH).text
    assert send(staff, form, text="x" * 2_001).status_code == 422
    looks = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "host.list")).all()
    assert len(looks) >= 2


def test_who_reads_only_sees_no_form(app: Flask) -> None:
    make_host(make_event())
    reader = app.test_client()
    sign_in(reader, role="privacy")
    page = reader.get(PATH)
    assert "Eira Vertsdal" in page.text
    assert not [form for form in forms_of(page) if "verter" in form.action]
