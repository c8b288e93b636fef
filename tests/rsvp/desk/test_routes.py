"""The front desk: found by code or name, answered for by the household's own rules, ticket sent, all of it logged."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.downward import announce
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import InvitationGoneError
from outreach.messages.composers import composer_of
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.rsvp.desk import service
from outreach.rsvp.desk.models import DeskNote
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.models import Rsvp
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import TicketFacts
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.pages import forms_of, links_of, send

AFTER_DEADLINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=4)


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="organiser")
    return client


def _find(staff: FlaskClient, text: str) -> TestResponse:
    form = next(form for form in forms_of(staff.get("/admin/skranke")) if form.action == "/admin/skranke")
    return send(staff, form, text=text)


def _path(invitation: Invitation) -> str:
    return f"/admin/skranke/{invitation.id}"


def _answer(
    staff: FlaskClient, invitation: Invitation, *coming: str, button: str = "save", **values: str
) -> TestResponse:
    form = next(form for form in forms_of(staff.get(f"{_path(invitation)}/svar")) if "extra_school" in form.values)
    said = {f"person_{position}": word for position, word in enumerate(coming, start=1)}
    return send(staff, form, button="save", **said, **values)


def _form(staff: FlaskClient, invitation: Invitation, end: str, **hidden: str) -> object:
    page = staff.get(_path(invitation))
    assert page.status_code == 200
    found = (form for form in forms_of(page) if form.action.endswith(end))
    return next(form for form in found if all(form.values.get(name) == value for name, value in hidden.items()))


def _rsvp(invitation: Invitation) -> Rsvp | None:
    db.session.expire_all()
    return db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == invitation.id)).one_or_none()


def _acts() -> list[str]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at_utc))
    return [row.act for row in rows if row.actor_kind == "staff"]


@pytest.mark.parametrize("text", ["åse", "Lien Bj", "LIEN"])
def test_finds_a_household_by_a_name_of_anybody_in_it(staff: FlaskClient, event: Event, text: str) -> None:
    invitation = make_household(event)
    make_household(event, ("Kristoffer",)) if text != "LIEN" else None
    page = _find(staff, text)
    assert [link for link in links_of(page) if "/skranke/" in link] == [_path(invitation)]
    assert "desk.search" in _acts()


@pytest.mark.parametrize("written", [str.lower, lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}"])
def test_goes_to_the_household_of_a_code(staff: FlaskClient, event: Event, written: object) -> None:
    invitation = make_household(event)
    assert _find(staff, written(token_of(invitation))).location == _path(invitation)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", "x", "2222-2222-2222", "K7"])
def test_says_what_is_wrong_with_what_was_typed(staff: FlaskClient, event: Event, text: str) -> None:
    page = _find(staff, text)
    assert page.status_code == 422
    assert "Dette må rettes" in page.text


def test_never_finds_who_is_protected(staff: FlaskClient, event: Event) -> None:
    alone, family = make_household(event, ("Kanari",)), make_household(event, ("Kanarina", "Spurv"))
    assert len([link for link in links_of(_find(staff, "kanari")) if "/skranke/" in link]) == 2
    give_answer(family, answer_for(family, True, True))
    form = _form(staff, family, "/merknad")
    assert send(staff, form, note="Kanarina ringte", way="phone").status_code == 303  # type: ignore[arg-type]
    people = [invitee.person_id for household in (alone, family) for invitee in household.invitees][:2]
    announce("people_protected", person_ids=people, now=NOW)
    db.session.commit()
    assert "Vi finner ingen" in _find(staff, "kanari").text
    assert _find(staff, token_of(alone)).status_code == 422
    assert staff.get(_path(alone)).status_code == 404
    assert "Kanarina" not in staff.get(_path(family)).text
    assert db.session.scalars(select(DeskNote)).all() == []


def test_answers_for_a_household_and_says_who_did(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    answer = _answer(
        staff, invitation, "yes", "no", "yes", extra_school="1", need_allergy="yes", need_allergy_text="nøtter",
        email="aase@gjest.example", language="en",
    )  # fmt: skip
    assert answer.location == _path(invitation)
    rsvp = _rsvp(invitation)
    assert rsvp is not None
    assert (rsvp.state, rsvp.persons, rsvp.language) == ("attending", 3, "en")
    [message] = db.session.scalars(select(OutboxMessage)).all()
    assert (message.kind, message.language) == ("rsvp_confirmation", "en")
    said = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "rsvp.answer")).one()
    assert said.actor_kind == "staff"
    page = staff.get(_path(invitation)).text
    assert "nøtter" in page
    assert "Åse, Emma" in page


def test_an_answer_with_faults_loses_nothing(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    page = _answer(staff, invitation, "yes", "yes", email="tull", extra_school="1")
    assert page.status_code == 422
    assert 'value="tull"' in page.text
    assert _rsvp(invitation) is None


def test_who_does_not_fit_chooses_between_fewer_and_the_waiting_list(staff: FlaskClient, event: Event) -> None:
    seated = make_household(event)
    give_answer(seated, answer_for(seated, True, True, True))
    invitation = make_household(event)
    page = _answer(staff, invitation, "yes", "yes", "no")
    assert page.status_code == 409
    assert "Det er bare 1 plass" in page.text
    assert _rsvp(invitation) is None
    form = next(form for form in forms_of(page) if "extra_school" in form.values)
    assert send(staff, form, button="wait", person_1="yes", person_2="yes", person_3="no").status_code == 303
    waiting = _rsvp(invitation)
    assert waiting is not None
    assert waiting.state == "waitlisted"
    assert send(staff, _form(staff, invitation, "/leave")).status_code == 303  # type: ignore[arg-type]
    left = _rsvp(invitation)
    assert left is not None
    assert left.state == "declined"


def test_after_the_deadline_only_with_a_reason_and_never_after_the_beginning(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    clock.set_clock(lambda: AFTER_DEADLINE)
    sign_in(staff)
    page = _answer(staff, invitation, "yes", "yes", "no")
    assert page.status_code == 422
    assert "Velg hvorfor" in page.text
    refused = send(staff, _form(staff, invitation, "/nei"))  # type: ignore[arg-type]
    assert refused.status_code == 422
    assert _rsvp(invitation) is None
    assert _answer(staff, invitation, "yes", "yes", "no", reason="room").status_code == 303
    late = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "desk.late")).one()
    assert (late.subject_id, late.details) == (invitation.id, '{"reason":"room"}')
    assert send(staff, _form(staff, invitation, "/nei"), reason="regret").status_code == 303  # type: ignore[arg-type]
    cancelled = _rsvp(invitation)
    assert cancelled is not None
    assert cancelled.state == "cancelled"
    clock.set_clock(lambda: datetime(2026, 11, 26, 17, 1, tzinfo=UTC))
    sign_in(staff)
    late_page = staff.get(_path(invitation))
    assert "Slipp dem inn ved døra" in late_page.text
    forms = {"person_1": "yes", "person_2": "no", "person_3": "no", "reason": "room"}
    token = next(form for form in forms_of(late_page) if "note" in form.values).values["csrf_token"]
    assert staff.post(f"{_path(invitation)}/svar", data={**forms, "csrf_token": token}).status_code == 410


def test_sends_the_ticket_once_for_each_time_it_is_asked_for(staff: FlaskClient, event: Event, app: Flask) -> None:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    form = _form(staff, invitation, "/billett", channel="sms")
    for _click in range(2):
        assert send(staff, form, mobile="81 23 45 67").status_code == 422  # type: ignore[arg-type]
    for _click in range(2):
        assert send(staff, form, mobile="+47 412 34 567").status_code == 303  # type: ignore[arg-type]
    [message] = db.session.scalars(select(OutboxMessage).where(OutboxMessage.channel == "sms")).all()
    composer = composer_of(app, message.kind)
    assert composer is not None
    with app.test_request_context():
        sms = composer.compose(message)
    assert isinstance(sms, ComposedSms)
    assert sms.to == "+4741234567"
    assert "Billett for 2 personer" in sms.text
    assert "/billett/" in sms.text
    assert send(staff, _form(staff, invitation, "/billett", channel="sms"), mobile="41234567").status_code == 303  # type: ignore[arg-type]
    assert len(db.session.scalars(select(OutboxMessage).where(OutboxMessage.channel == "sms")).all()) == 2
    assert send(staff, _form(staff, invitation, "/billett", channel="email"), email="").status_code == 422  # type: ignore[arg-type]
    assert staff.get(f"{_path(invitation)}/billett.pdf").data[:5] == b"%PDF-"
    assert {"desk.ticket", "desk.print", "desk.look"} <= set(_acts())


def _ticket(invitation: Invitation) -> TicketFacts:
    db.session.expire_all()
    found = facts_of_invitation(invitation.id)
    assert found is not None
    return found


def test_gives_a_new_ticket_once_and_the_old_one_says_so(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    old = _ticket(invitation)
    form = _form(staff, invitation, "/ny-billett")
    assert _ticket(invitation) == old
    for _click in range(2):
        assert send(staff, form).location == _path(invitation)  # type: ignore[arg-type]
    new = _ticket(invitation)
    assert (new.generation, new.persons, new.is_valid) == (2, old.persons, True)
    assert new.sequence > old.sequence
    assert "Husstanden har fått en ny billett." in staff.get(_path(invitation)).text
    for end in ("", ".ics", ".pdf"):
        gone = staff.get(f"/billett/{old.code}{end}")
        assert gone.status_code == 410
        assert "byttet ut med en ny" in gone.text
        assert staff.get(f"/billett/{new.code}{end}").status_code == 200
    [said] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "ticket.replaced"))
    assert (said.actor_kind, said.subject_kind, said.subject_id) == ("staff", "ticket", new.ticket_id)
    assert send(staff, _form(staff, invitation, "/ny-billett")).status_code == 303  # type: ignore[arg-type]
    assert _ticket(invitation).generation == 3


def test_only_a_ticket_in_force_is_replaced(staff: FlaskClient, event: Event) -> None:
    invitation, nobody = make_household(event), make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    form = _form(staff, invitation, "/ny-billett")
    assert send(staff, _form(staff, invitation, "/nei")).status_code == 303  # type: ignore[arg-type]
    assert "Gi ny billett" not in staff.get(_path(invitation)).text
    refused = send(staff, form)  # type: ignore[arg-type]
    assert refused.status_code == 409
    assert "Husstanden har ingen billett." in refused.text
    token = _form(staff, nobody, "/merknad").values["csrf_token"]  # type: ignore[attr-defined]
    asked = {"csrf_token": token, "generation": "1"}
    assert staff.post(f"{_path(nobody)}/ny-billett", data=asked).status_code == 409
    assert staff.post(f"{_path(invitation)}/ny-billett").status_code == 400
    assert _ticket(invitation).generation == 1
    assert "ticket.replaced" not in _acts()


def test_no_ticket_is_replaced_of_an_invitation_that_was_taken_back(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    by = Acting(COMMAND, NOW)
    db.session.execute(update(Invitation).where(Invitation.id == invitation.id).values(state="revoked"))
    with pytest.raises(InvitationGoneError):
        service.replace_ticket(invitation, seen=1, by=by)
    db.session.execute(update(Invitation).where(Invitation.id == invitation.id).values(state="active"))
    service.replace_ticket(invitation, seen=1, by=by)
    assert _ticket(invitation).generation == 2


def test_where_no_sms_is_sent_there_is_no_button_for_it_and_nothing_leaves(
    staff: FlaskClient, event: Event, request: pytest.FixtureRequest
) -> None:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    form = _form(staff, invitation, "/billett", channel="sms")
    request.getfixturevalue("without_sms")
    assert "Send billetten på SMS" not in staff.get(_path(invitation)).text
    refused = send(staff, form, mobile="41234567")  # type: ignore[arg-type]
    assert refused.status_code == 409
    assert "Herfra går det ikke SMS." in refused.text
    assert db.session.scalars(select(OutboxMessage).where(OutboxMessage.channel == "sms")).all() == []


def test_an_sms_that_waits_has_the_new_ticket_when_it_is_sent(staff: FlaskClient, event: Event, app: Flask) -> None:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    old = _ticket(invitation).code
    assert send(staff, _form(staff, invitation, "/billett", channel="sms"), mobile="41234567").status_code == 303  # type: ignore[arg-type]
    assert send(staff, _form(staff, invitation, "/ny-billett")).status_code == 303  # type: ignore[arg-type]
    [message] = db.session.scalars(select(OutboxMessage).where(OutboxMessage.channel == "sms")).all()
    composer = composer_of(app, message.kind)
    assert composer is not None
    with app.test_request_context():
        sms = composer.compose(message)
    assert isinstance(sms, ComposedSms)
    assert _ticket(invitation).code in sms.text
    assert old not in sms.text


def test_without_a_seat_there_is_no_ticket_to_send(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    token = _form(staff, invitation, "/merknad").values["csrf_token"]  # type: ignore[attr-defined]
    data = {"csrf_token": token, "channel": "email", "email": "aase@gjest.example"}
    assert staff.post(f"{_path(invitation)}/billett", data=data).status_code == 409
    assert staff.get(f"{_path(invitation)}/billett.pdf").status_code == 404


def test_keeps_what_was_said_until_the_people_are_erased(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    form = _form(staff, invitation, "/merknad")
    assert send(staff, form, note="  ").status_code == 422  # type: ignore[arg-type]
    assert send(staff, form, note="Ringer igjen\nmandag", way="visit").status_code == 303  # type: ignore[arg-type]
    page = staff.get(_path(invitation)).text
    assert "<p>Ringer igjen</p><p>mandag</p>" in page
    assert "Kom innom" in page
    assert b"mandag" not in db.session.scalars(select(DeskNote.text_sealed)).one()


def test_nothing_of_a_cancelled_event_is_found(staff: FlaskClient, event: Event) -> None:
    invitation = make_household(event)
    events.cancel_event(event, NOW)
    db.session.commit()
    assert "Vi finner ingen" in _find(staff, "Åse").text
    assert staff.get(_path(invitation)).status_code == 404
    assert db.session.scalars(select(Invitee)).first()
