"""The staff's waiting list: where each household stands, what freed its places, whom to call, and letting one in."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.downward import announce
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import service
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of
from tests.pages import forms_of, send

LIST = f"/admin/arrangementer/{SLUG}/venteliste"


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="organiser")
    return client


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=2)


def _household(event: Event, name: str, persons: int, **contact: str) -> tuple[Invitation, object]:
    invitation = make_household(event, (name,))
    return invitation, answer_for(invitation, True, extra_children=persons - 1, **contact)


def _seated(event: Event, name: str, persons: int) -> Invitation:
    invitation, answer = _household(event, name, persons)
    give_answer(invitation, answer)
    return invitation


def _waiting(event: Event, name: str, persons: int, **contact: str) -> Invitation:
    invitation, answer = _household(event, name, persons, **contact)
    join_queue(invitation, answer)
    return invitation


def _cancel(invitation: Invitation) -> None:
    service.cancel(invitation, clock.now_utc())
    db.session.commit()


def _rows(page: TestResponse) -> list[str]:
    """Return the text of each row of the list."""
    body = page.text.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    cells = (re.sub(r"<[^>]+>", " ", row) for row in body.split("</tr>"))
    return [text for row in cells if (text := " ".join(row.split()))]


def test_the_list_shows_offers_first_with_what_freed_them_and_the_queue_in_its_order(
    staff: FlaskClient, event: Event
) -> None:
    seated = _seated(event, "Ragna", 2)
    for name, persons in (("Petter", 1), ("Oddny", 2), ("Leif", 1)):
        _waiting(event, name, persons, email=f"{name}@example.no")
    _cancel(seated)
    rows = _rows(staff.get(LIST))
    assert len(rows) == 3
    assert "Lien, Petter – 1 Har fått tilbud Frist tirsdag 3. november 2026 kl. 12.00" in rows[0]
    assert "Frigjort da Lien, Ragna meldte avbud mandag 2. november 2026 kl. 12.00" in rows[0]
    assert "Lien, Leif" in rows[1]
    assert "E-post" in rows[1]
    assert "Lien, Oddny 1 2 Venter Gått forbi 1 gang, fordi det var for få plasser" in rows[2]


def test_whom_no_message_reaches_must_be_called(staff: FlaskClient, event: Event) -> None:
    seated = _seated(event, "Ragna", 2)
    _waiting(event, "Petter", 1)
    _waiting(event, "Leif", 1, email="leif@example.no", mobile="+4791234567")
    _cancel(seated)
    assert ["Må ringes" in row for row in _rows(staff.get(LIST))] == [True, False]
    db.session.execute(update(OutboxMessage).where(OutboxMessage.kind == "seat_offer").values(state="bounced"))
    db.session.commit()
    rows = _rows(staff.get(LIST))
    assert ["Må ringes" in row for row in rows] == [True, True]
    assert "91 23 45 67" in rows[1].replace("\u00a0", " ")


def test_an_ended_offer_and_a_lowered_capacity_are_told(staff: FlaskClient, event: Event) -> None:
    seated = [_seated(event, "Ragna", 1), _seated(event, "Turid", 1)]
    _waiting(event, "Petter", 1, email="p@example.no")
    _cancel(seated[0])
    waitlist.tend_all(now=NOW + timedelta(days=1))
    events.change_event(event, event_details(capacity=None), NOW)
    _seated(event, "Gunn", 3)
    events.change_event(event, event_details(capacity=2), NOW)
    db.session.commit()
    page = staff.get(LIST)
    assert "Tilbudet gikk ut" in _rows(page)[0]
    assert "Overbooket med 2" in page.text
    overview = staff.get(f"/admin/arrangementer/{SLUG}")
    assert re.search(r"<dt>Overbooket med</dt><dd>2</dd>", overview.text)
    assert "1 svarte ikke på tilbudet" in overview.text


def test_one_party_is_let_in_with_a_reason_that_is_in_the_log(staff: FlaskClient, event: Event) -> None:
    _seated(event, "Ragna", 2)
    _waiting(event, "Petter", 1)
    oddny = _waiting(event, "Oddny", 2)
    path = f"{LIST}/{oddny.id}"
    form = next(form for form in forms_of(staff.get(path)) if "reason" in form.choices)
    refused = send(staff, form)
    assert refused.status_code == 422
    assert "Velg hvorfor husstanden slipper inn." in refused.text
    done = send(staff, form, reason="promised")
    assert (done.status_code, done.location) == (303, LIST)
    page = staff.get(LIST)
    assert "Har fått plass Sluppet inn: De er lovet plass" in _rows(page)[1]
    assert "Overbooket med 2" in page.text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "waitlist.let_in")).one()
    assert (entry.subject_id, entry.actor_kind) == (oddny.id, "staff")
    again = send(staff, form, reason="promised")
    assert again.status_code == 409
    assert "Husstanden står ikke på ventelista lenger." in again.text


def test_another_events_household_is_not_found(staff: FlaskClient, event: Event) -> None:
    other = make_event(slug="julekaffe", capacity=1)
    _seated(other, "Ragna", 1)
    theirs = _waiting(other, "Petter", 1)
    assert staff.get(f"{LIST}/{theirs.id}").status_code == 404


def test_looking_at_the_list_is_in_the_log(staff: FlaskClient, event: Event) -> None:
    assert "Ingen står på venteliste" in staff.get(LIST).text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "waitlist.look")).one()
    assert entry.subject_id == event.id
    assert staff.get(f"{LIST}?page=2").status_code == 404


def test_a_protected_household_is_named_nowhere_and_its_place_goes_to_the_next(
    staff: FlaskClient, event: Event
) -> None:
    seated = _seated(event, "Ragna", 2)
    hidden, _next = _waiting(event, "Kanarifugl", 2, email="k@example.no"), _waiting(event, "Leif", 2)
    _cancel(seated)
    person = db.session.scalar(select(Invitee.person_id).where(Invitee.invitation_id == hidden.id))
    assert "Kanarifugl" in staff.get(LIST).text
    announce("people_protected", person_ids=[person], now=NOW)
    waitlist.tend_all(now=NOW)
    db.session.commit()
    page = staff.get(LIST)
    assert "Kanarifugl" not in page.text
    states = dict(db.session.execute(select(WaitPlace.number, WaitPlace.state)).all())
    assert states == {1: "left", 2: "offered"}
    assert "Frigjort da en husstand gikk ut av lista" in _rows(page)[0]


def test_the_list_of_invitations_and_the_funnel_tell_who_waits_who_is_asked_and_who_was_silent(
    app: Flask, staff: FlaskClient, event: Event
) -> None:
    seated = [_seated(event, "Ragna", 1), _seated(event, "Turid", 1)]
    for name in ("Petter", "Leif", "Oddny"):
        _waiting(event, name, 1, email=f"{name}@example.no")
    _cancel(seated[0])
    waitlist.tend_all(now=NOW + timedelta(days=1))
    db.session.commit()
    page = staff.get(f"/admin/arrangementer/{SLUG}/invitasjoner")
    for words in ("Står på venteliste", "Har fått tilbud om plass", "Svarte ikke på tilbud om plass"):
        assert page.text.count(words) == 2, "counted, and at the one invitation"
    result = app.test_cli_runner().invoke(args=["reports", "funnel", SLUG, "--json"])
    assert result.exit_code == 0, result.output
    for figure in (
        '"answered": 5',
        '"coming": 1',
        '"declined": 1',
        '"waitlisted": 1',
        '"offered": 1',
        '"offer_expired": 1',
    ):
        assert figure in result.output


def test_who_left_a_mobile_number_alone_is_sent_an_sms(client: FlaskClient, event: Event) -> None:
    seated, waits = _seated(event, "Ragna", 2), _waiting(event, "Sverre", 2, mobile="+4740000001")
    assert "Vi sender SMS når det er din tur." in client.get(f"/i/{token_of(waits)}").text
    _cancel(seated)
    assert db.session.scalar(select(WaitPlace.told_by)) == "sms"


@pytest.mark.usefixtures("without_sms")
def test_where_no_sms_is_sent_who_left_a_mobile_number_alone_is_called(staff: FlaskClient, event: Event) -> None:
    seated, waits = _seated(event, "Ragna", 2), _waiting(event, "Sverre", 2, mobile="+4740000001")
    page = staff.get(f"/i/{token_of(waits)}").text
    assert "Vi ringer når det er din tur." in page
    assert "SMS" not in page.partition("</main>")[0]
    _cancel(seated)
    assert db.session.scalar(select(WaitPlace.told_by)) == "phone"
    assert db.session.scalar(select(func.count()).where(OutboxMessage.channel == "sms")) == 0
    [row, *_] = _rows(staff.get(LIST))
    assert "Må ringes" in row
