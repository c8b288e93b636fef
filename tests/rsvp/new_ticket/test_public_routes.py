"""A household makes a new ticket from its own page; who holds the old one can not, and is told that it was replaced."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.rsvp import service as rsvp
from outreach.tickets.models import Ticket
from outreach.tickets.queries import facts_of_invitation
from tests.conftest import NOW
from tests.factories.checkin import pair_phone
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.pages import forms_of, links_of, mark_of, send


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def coming(event: Event) -> Invitation:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, False, True))
    return invitation


@pytest.fixture
def path(coming: Invitation) -> str:
    return f"/i/{token_of(coming)}/ny-billett"


def _code(invitation: Invitation) -> str:
    db.session.expire_all()
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    return ticket.code


def test_makes_a_new_ticket_from_the_invitation(client: FlaskClient, coming: Invitation, path: str) -> None:
    invitation, old = path.removesuffix("/ny-billett"), _code(coming)
    for page in (invitation, f"{invitation}/takk"):
        assert path in links_of(client.get(page))
    asked = client.get(path)
    assert "Har dere mistet billetten" in asked.text
    assert _code(coming) == old, "a GET changes nothing"
    [form] = (form for form in forms_of(asked) if "generation" in form.values)
    for _click in range(2):
        answer = send(client, form)
        assert (answer.status_code, answer.location) == (303, f"{path}?ferdig=1")
    new = _code(coming)
    done = client.get(answer.location)
    assert "Den gamle billetten virker ikke lenger." in done.text
    assert f"/billett/{new}" in links_of(done)
    assert db.session.scalars(select(Ticket.generation)).one() == 2
    for end in ("", ".ics", ".pdf", "/kalender"):
        gone = client.get(f"/billett/{old}{end}")
        assert gone.status_code == 410
        assert "byttet ut med en ny" in gone.text
        assert new not in gone.text
        assert client.get(f"/billett/{new}{end}").status_code == 200


def test_nothing_is_said_to_be_done_before_it_is(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?ferdig=1")
    assert page.status_code == 200
    assert "Ny billett er laget" not in page.text


def test_the_ticket_itself_leads_to_no_new_one(client: FlaskClient, coming: Invitation, path: str) -> None:
    code = _code(coming)
    assert "ny-billett" not in client.get(f"/billett/{code}").text
    asked = {"csrf_token": mark_of(client), "generation": "1"}
    assert client.post(f"/i/{code}/ny-billett", data=asked).status_code == 404
    assert client.post(f"/billett/{code}/ny-billett", data=asked).status_code == 404
    assert _code(coming) == code


def test_a_form_from_elsewhere_makes_none(client: FlaskClient, coming: Invitation, path: str) -> None:
    code = _code(coming)
    assert client.post(path, data={"generation": "1"}).status_code == 400
    asked = {"csrf_token": mark_of(client), "generation": "1"}
    assert client.post(path, data=asked, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert client.post(path, data={**asked, "generation": "x"}).status_code == 303
    assert _code(coming) == code
    assert client.post(path, data=asked).status_code == 303
    assert _code(coming) != code


def test_says_why_there_is_none(client: FlaskClient, coming: Invitation, path: str) -> None:
    asked = {"csrf_token": mark_of(client), "generation": "20"}
    db.session.execute(update(Ticket).values(generation=20))
    db.session.commit()
    many = client.post(path, data=asked)
    assert many.status_code == 409
    assert "byttet ut mange ganger. Ring oss" in many.text
    ends = coming.event.ends_at_utc
    clock.set_clock(lambda: ends)
    for answer in (client.get(path), client.post(path, data=asked)):
        assert answer.status_code == 410
        assert "Arrangementet er over" in answer.text
    clock.set_clock(lambda: NOW)
    rsvp.cancel(coming, NOW)
    db.session.commit()
    for answer in (client.get(path), client.post(path, data=asked)):
        assert answer.status_code == 410
        assert "ingen billett som gjelder nå" in answer.text
    assert "ny-billett" not in client.get(path.removesuffix("/ny-billett")).text
    assert db.session.scalars(select(Ticket.generation)).one() == 20


def test_the_door_hears_of_it(client: FlaskClient, event: Event, coming: Invitation, path: str) -> None:
    phone, old = pair_phone(client, event), _code(coming)
    before = phone.get("roster").json
    assert client.post(path, data={"csrf_token": mark_of(client), "generation": "1"}).status_code == 303
    after = phone.get("roster").json
    assert after["version"] != before["version"]
    assert len(after["entries"]) == len(before["entries"]) + 1
    scans = [phone.scan(old, light="red"), phone.scan(_code(coming))]
    told = [(result["class"], result.get("reason")) for result in phone.results(*scans)]
    assert told == [("revoked", "replaced"), ("first", None)]
