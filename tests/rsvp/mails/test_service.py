"""The e-mails, read back from the folder where the worker puts them."""

import email
import json
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
import vobject
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select

from outreach import clock
from outreach.database import db
from outreach.database.downward import announce
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.rsvp import service
from outreach.settings import Settings
from outreach.tickets import service as tickets
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import TicketFacts
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of

ADDRESS = "ase@eksempel.example"


@pytest.fixture
def folder(settings: Settings) -> Path:
    path = Path(urlsplit(settings.mail_url).path)
    for old in path.rglob("*.eml"):
        old.unlink()
    return path


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def coming(event: Event) -> Invitation:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, False, True, email=ADDRESS))
    return invitation


def _sent(app: Flask, folder: Path) -> list[EmailMessage]:
    result = app.test_cli_runner().invoke(args=["messages", "send-due", "--json"])
    assert result.exit_code == 0, result.output
    files = sorted(folder.rglob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


def _states() -> dict[str, tuple[str, str]]:
    rows = select(OutboxMessage).order_by(OutboxMessage.kind).execution_options(populate_existing=True)
    return {row.kind: (row.state, row.reason) for row in db.session.scalars(rows)}


def _text(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def _attached(message: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_filename() or "": part for part in message.iter_attachments()}  # type: ignore[misc]


def _calendar(message: EmailMessage) -> icalendar.Calendar:
    content = _attached(message)["invitasjon.ics"].get_payload(decode=True)
    assert isinstance(content, bytes)
    vobject.readOne(content.decode()).validate(raiseException=True)
    return icalendar.Calendar.from_ical(content)


def _ticket(invitation: Invitation) -> TicketFacts:
    found = facts_of_invitation(invitation.id)
    assert found is not None
    return found


def test_the_receipt_has_the_ticket_as_link_code_picture_and_calendar(
    app: Flask, folder: Path, coming: Invitation
) -> None:
    (message,) = _sent(app, folder)
    ticket = _ticket(coming)
    assert message["To"] == ADDRESS
    assert message["Subject"] == "Billett: Ny i Modum-kveld 2026"
    for body in (_text(message, "plain"), _text(message, "html")):
        assert ticket.printed_code in body
        assert f"http://localhost/billett/{ticket.code}" in body
        assert f"http://localhost/i/{token_of(coming)}" in body
        assert "torsdag 26. november 2026 kl. 18.00" in body
        assert "2 personer" in body
        assert "Åse" not in body
    picture = _attached(message)["billett.png"].get_payload(decode=True)
    assert isinstance(picture, bytes)
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))
    assert [code.text for code in found] == [f"HTTP://LOCALHOST/BILLETT/{ticket.code}"]
    calendar = _calendar(message)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert str(calendar.walk("VEVENT")[0]["UID"]) == f"ticket-{ticket.ticket_id}.{ticket.calendar_secret}@localhost"


def test_of_two_answers_before_the_worker_comes_only_the_latest_is_sent(
    app: Flask, folder: Path, coming: Invitation
) -> None:
    give_answer(coming, answer_for(coming, True, True, True, email=ADDRESS))
    (message,) = _sent(app, folder)
    assert "3 personer" in _text(message, "plain")


def test_a_receipt_that_waits_while_the_ticket_is_replaced_has_the_new_one(
    app: Flask, folder: Path, coming: Invitation
) -> None:
    old = _ticket(coming)
    tickets.replace(old.ticket_id, seen=old.generation, now=NOW)
    db.session.commit()
    (message,) = _sent(app, folder)
    new = _ticket(coming)
    assert new.code != old.code
    for body in (_text(message, "plain"), _text(message, "html")):
        assert new.printed_code in body
        assert f"/billett/{new.code}" in body
        assert old.printed_code not in body
        assert old.code not in body
    picture = _attached(message)["billett.png"].get_payload(decode=True)
    assert isinstance(picture, bytes)
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))
    assert [code.text for code in found] == [f"HTTP://LOCALHOST/BILLETT/{new.code}"]


def test_cancelling_sends_a_receipt_whose_calendar_file_takes_the_entry_away(
    app: Flask, folder: Path, coming: Invitation
) -> None:
    (first,) = _sent(app, folder)
    before = _calendar(first).walk("VEVENT")[0]
    service.cancel(coming, NOW)
    db.session.commit()
    second = next(message for message in _sent(app, folder) if message["Subject"].startswith("Avbud"))
    after = _calendar(second)
    entry = after.walk("VEVENT")[0]
    assert (str(after["METHOD"]), str(entry["STATUS"])) == ("CANCEL", "CANCELLED")
    assert entry["UID"] == before["UID"]
    assert entry["SEQUENCE"] > before["SEQUENCE"]
    assert list(_attached(second)) == ["invitasjon.ics"]


def test_a_receipt_overtaken_by_a_cancellation_is_withheld(app: Flask, folder: Path, coming: Invitation) -> None:
    service.cancel(coming, NOW)
    db.session.commit()
    assert [message["Subject"].split(":")[0] for message in _sent(app, folder)] == ["Avbud registrert"]
    assert _states()["rsvp_confirmation"] == ("withheld", "replaced")


def test_a_change_of_the_event_is_told_once_with_a_higher_sequence(
    app: Flask, folder: Path, event: Event, coming: Invitation
) -> None:
    (first,) = _sent(app, folder)
    for venue in ("Modum rådhus", "Furumo"):
        events.change_event(event, event_details(venue=venue), clock.now_utc())
        db.session.commit()
    changed = [message for message in _sent(app, folder) if message["Subject"].startswith("Endret")]
    assert len(changed) == 1
    assert "Furumo" in _text(changed[0], "plain")
    entry = _calendar(changed[0]).walk("VEVENT")[0]
    assert entry["SEQUENCE"] > _calendar(first).walk("VEVENT")[0]["SEQUENCE"]


def test_a_cancelled_event_is_told_and_nothing_else_is(
    app: Flask, folder: Path, event: Event, coming: Invitation
) -> None:
    events.cancel_event(event, clock.now_utc())
    db.session.commit()
    (message,) = _sent(app, folder)
    assert message["Subject"] == "Avlyst: Ny i Modum-kveld 2026"
    assert str(_calendar(message)["METHOD"]) == "CANCEL"
    assert _states()["rsvp_confirmation"] == ("withheld", "event_cancelled")


def test_who_is_protected_before_hand_over_gets_nothing(app: Flask, folder: Path, coming: Invitation) -> None:

    announce(
        "people_protected", person_ids=[db.session.scalars(select(Person.id).order_by(Person.id)).first()], now=NOW
    )
    db.session.commit()
    assert _sent(app, folder) == []
    assert _states()["rsvp_confirmation"] == ("withheld", "by_hand")


def test_an_erased_answer_sends_nothing(app: Flask, folder: Path, coming: Invitation) -> None:
    db.session.execute(db.text("delete from rsvp"))
    db.session.commit()
    assert _sent(app, folder) == []
    assert _states()["rsvp_confirmation"] == ("withheld", "erased")


@pytest.mark.parametrize(
    ("language", "when"), [("nb", "torsdag 26. november 2026 kl. 18.00"), ("en", "Thursday 26 November 2026, 18:00")]
)
def test_the_receipt_is_in_the_language_of_the_answer(
    app: Flask, folder: Path, event: Event, language: str, when: str
) -> None:
    invitation = make_household(event)
    service.answer(invitation, answer_for(invitation, True, True, True, email=ADDRESS), now=NOW, language=language)
    db.session.commit()
    row = db.session.scalars(select(OutboxMessage)).one()
    assert row.language == language
    assert json.loads(row.references_json)["revision"] == 1
    (message,) = _sent(app, folder)
    assert when in _text(message, "plain")
    assert when in _text(message, "html")
