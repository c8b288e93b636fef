"""Personal calendar feeds: made and stopped on the owner's page, fetched without it, built once a change."""

from datetime import timedelta

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.contact_point import erasure as contact_point_erasure
from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.events import service as events
from outreach.feeds import service
from outreach.feeds.models import CalendarFeed
from outreach.invitations.models import Invitation
from outreach.rsvp import service as rsvp
from outreach.tickets import erasure as tickets_erasure
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import TicketFacts, calendar_uid
from tests.conftest import NOW
from tests.factories.contact_point import make_sign_up, own_path
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import forms_of, send


@pytest.fixture
def guest(app: Flask) -> Invitation:
    """Return a household that comes."""
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, True, False, email="ase@eksempel.example"))
    return invitation


@pytest.fixture
def student(app: Flask) -> SignUp:
    return make_sign_up(city="bergen")


def _ticket(guest: Invitation) -> TicketFacts:
    found = facts_of_invitation(guest.id)
    assert found is not None
    return found


def _press(client: FlaskClient, page: str, do: str) -> str:
    """Press the button that sends `do`, and return the path of the feed that is shown then, empty when none is."""
    form = next(form for form in forms_of(client.get(page)) if ("do", do) in form.buttons)
    assert send(client, form, do=do).status_code == 303
    shown = client.get(page).text.partition("<code>")[2].partition("</code>")[0]
    return shown.removeprefix("http://localhost")


def _page_of(owner: str, request: pytest.FixtureRequest) -> str:
    if owner == "guest":
        return f"/billett/{_ticket(request.getfixturevalue('guest')).code}/kalender"
    return f"{own_path(request.getfixturevalue('student'))}/kalender"


@pytest.mark.parametrize("owner", ["guest", "student"])
def test_it_is_made_stopped_and_made_anew_at_another_address(
    client: FlaskClient, owner: str, request: pytest.FixtureRequest
) -> None:
    page = _page_of(owner, request)
    assert "<code>" not in client.get(page).text
    first = _press(client, page, "start")
    answer = client.get(first)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert _press(client, page, "stop") == ""
    assert client.get(first).status_code == 410
    second = _press(client, page, "start")
    assert client.get(second).status_code == 200
    assert client.get(first).status_code == 410
    assert second != first


@pytest.mark.parametrize("owner", ["guest", "student"])
def test_the_address_opens_nothing_else_and_none_opens_it(
    client: FlaskClient, owner: str, request: pytest.FixtureRequest
) -> None:
    page = _page_of(owner, request)
    path = _press(client, page, "start")
    code = path.removeprefix("/kalender/").removesuffix(".ics")
    assert len(code) == 39
    for other in (f"/billett/{code}", f"/kontaktpunkt/min/{code}", f"/i/{code}"):
        assert client.get(other).status_code == 404
    for wrong in (page.split("/")[-2], code[:-1], code[:-1] + ("2" if code[-1] != "2" else "3"), "stavanger"):
        assert client.get(f"/kalender/{wrong}.ics").status_code == 404


def test_a_tickets_feed_is_the_entry_of_the_mail_without_anything_of_their_own(
    client: FlaskClient, guest: Invitation
) -> None:
    ticket = _ticket(guest)
    path = _press(client, f"/billett/{ticket.code}/kalender", "start")
    content = client.get(path).data
    (entry,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(entry["UID"]) == calendar_uid(ticket, "http://localhost")
    plain = content.decode().replace("\r\n ", "").lower()
    own = (ticket.code, ticket.printed_code, "/billett/", "/i/", "åse", "ase@")
    assert [text for text in own if text.lower() in plain] == []


def test_it_is_sent_again_only_after_a_change_and_says_when_it_is_off(client: FlaskClient, guest: Invitation) -> None:
    path = _press(client, f"/billett/{_ticket(guest).code}/kalender", "start")
    first = client.get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    events.change_event(guest.event, event_details(venue="Furumo"), NOW + timedelta(seconds=1))
    db.session.commit()
    second = client.get(path, headers=known)
    assert second.status_code == 200
    assert b"Furumo" in second.data
    rsvp.cancel(guest, clock.now_utc())
    db.session.commit()
    assert b"STATUS:CANCELLED" in client.get(path).data


def test_a_students_feed_has_the_events_of_their_city_and_of_home(client: FlaskClient, student: SignUp) -> None:
    make_event()
    for city in ("oslo", "bergen"):
        make_event(slug=f"treff-i-{city}", city=city, title=f"Treff i {city}")
    path = _press(client, f"{own_path(student)}/kalender", "start")

    def titles() -> list[str]:
        entries = icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")
        return sorted(str(entry["SUMMARY"]) for entry in entries)

    assert titles() == ["Ny i Modum-kveld 2026", "Treff i bergen"]
    student.city = "oslo"
    db.session.commit()
    assert titles() == ["Ny i Modum-kveld 2026", "Treff i oslo"]
    student.city = "other"
    db.session.commit()
    assert len(titles()) == 3


def test_a_feed_is_built_once_a_change_however_often_it_is_fetched(
    client: FlaskClient, student: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event()
    path = _press(client, f"{own_path(student)}/kalender", "start")
    built = []
    monkeypatch.setattr(service, "cities_file", lambda cities, language: built.append(cities) or b"BEGIN:VCALENDAR")
    monkeypatch.setattr("outreach.events.public_routes._feed", lambda feed: built.append(feed) or b"BEGIN:VCALENDAR")
    for address in (path, "/kalender/alle.ics"):
        built.clear()
        for _time in range(3):
            client.get(address)
        assert len(built) == 1
    built.clear()
    events.change_event(event, event_details(venue="Furumo"), NOW + timedelta(seconds=1))
    db.session.commit()
    for _time in range(3):
        client.get(path)
    assert len(built) == 1


def test_it_goes_with_the_ticket_or_the_sign_up(client: FlaskClient, guest: Invitation, student: SignUp) -> None:
    for page in (f"/billett/{_ticket(guest).code}/kalender", f"{own_path(student)}/kalender"):
        _press(client, page, "start")
    tickets_erasure.erase_event_people(guest.event_id)
    db.session.commit()
    left = db.session.scalars(select(CalendarFeed)).one()
    assert left.ticket_id is None
    contact_point_erasure.erase_own(student, now=NOW)
    db.session.commit()
    assert db.session.scalars(select(CalendarFeed)).all() == []
