"""The messages to who waits, read back from the folder where the worker puts them: one each, and only while true."""

import email
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import erasure, service
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.taking import service as taking
from outreach.settings import Settings
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of

ADDRESS = "ase@eksempel.example"


@pytest.fixture
def folder(settings: Settings) -> Path:
    path = Path(urlsplit(settings.mail_url).path)
    for old in (*path.rglob("*.eml"), *path.rglob("*.sms.txt")):
        old.unlink()
    return path


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=3)


@pytest.fixture
def seated(event: Event) -> Invitation:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, True))
    return invitation


def _wait(event: Event, **contact: str) -> Invitation:
    invitation = make_household(event)
    join_queue(invitation, answer_for(invitation, True, True, False, **contact))
    return invitation


def _cancel(invitation: Invitation) -> None:
    service.cancel(invitation, clock.now_utc())
    db.session.commit()


def _sent(app: Flask, folder: Path) -> list[EmailMessage]:
    result = app.test_cli_runner().invoke(args=["messages", "send-due", "--json"])
    assert result.exit_code == 0, result.output
    files = sorted(folder.rglob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


def _text(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def _states(kind: str) -> list[tuple[str, str]]:
    rows = select(OutboxMessage).where(OutboxMessage.kind == kind).execution_options(populate_existing=True)
    return [(row.state, row.reason) for row in db.session.scalars(rows.order_by(OutboxMessage.created_at_utc))]


def test_who_waits_is_told_its_number_without_a_calendar_file(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    _wait(event)
    waiting = _wait(event, email=ADDRESS)
    (message,) = _sent(app, folder)
    assert message["Subject"] == "På venteliste: Ny i Modum-kveld 2026"
    for body in (_text(message), _text(message, "html")):
        assert "Dere er nummer 2 på ventelista til Ny i Modum-kveld 2026." in body
        assert f"http://localhost/i/{token_of(waiting)}" in body
        assert "Åse" not in body
    assert list(message.iter_attachments()) == []


def test_an_offer_is_told_once_with_its_end_and_the_same_code(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    waiting = _wait(event, email=ADDRESS)
    _cancel(seated)
    messages = _sent(app, folder)
    assert [message["Subject"] for message in messages] == ["Det er plass til dere: Ny i Modum-kveld 2026"]
    for body in (_text(messages[0]), _text(messages[0], "html")):
        assert "Vi holder av plass til tirsdag 3. november 2026 kl. 12.00." in body
        assert f"http://localhost/i/{token_of(waiting)}" in body
        assert "2 personer" in body
    assert len(_sent(app, folder)) == 1
    # What was to say that they wait is overtaken by the offer.
    assert _states("waitlist_joined") == [("withheld", "replaced")]


def test_a_yes_to_an_offer_brings_the_ticket_with_its_calendar_entry_also_after_an_earlier_cancellation(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    service.cancel(seated, NOW)
    other = make_household(event)
    give_answer(other, answer_for(other, True, True, True))
    join_queue(seated, answer_for(seated, True, True, True, email=ADDRESS))
    _cancel(other)
    assert [list(message.iter_attachments()) for message in _sent(app, folder)] == [[]]
    taking.take_offer(seated, now=NOW)
    db.session.commit()
    ticket = next(message for message in _sent(app, folder) if message["Subject"].startswith("Billett"))
    part = next(part for part in ticket.iter_attachments() if part.get_filename() == "invitasjon.ics")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    entry = calendar.walk("VEVENT")[0]
    assert (str(calendar["METHOD"]), str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("REQUEST", "CONFIRMED", 3)


def test_who_left_a_number_only_is_told_by_text_message_and_not_at_night(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    waiting = _wait(event, mobile="+4791234567")
    # Half past eleven in the evening.
    night = NOW.replace(hour=22, minute=30)
    clock.set_clock(lambda: night)
    _cancel(seated)
    assert _sent(app, folder) == []
    assert _states("seat_offer") == [("queued", "")]
    clock.set_clock(lambda: NOW.replace(day=3, hour=7))
    _sent(app, folder)
    (text,) = [path.read_text("utf-8") for path in folder.rglob("*.sms.txt")]
    assert text == (
        "+4791234567\n\n"
        "Det er plass til dere på Ny i Modum-kveld 2026! Si ja eller nei innen onsdag 4. november 2026 kl. 10.00: "
        f"http://localhost/i/{token_of(waiting)} Hilsen Modum kommune\n"
    )


def test_who_left_nothing_gets_no_message_and_must_be_called(app: Flask, event: Event, seated: Invitation) -> None:
    _wait(event)
    _cancel(seated)
    place = db.session.scalars(select(WaitPlace)).one()
    assert (place.state, place.told_by) == ("offered", "phone")
    assert _states("seat_offer") == []


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        ("declined", "replaced"),
        ("taken", "replaced"),
        ("ended", "replaced"),
        ("off", "event_cancelled"),
        ("erased", "erased"),
    ],
)
def test_an_offer_that_is_true_no_longer_is_not_told(
    app: Flask, folder: Path, event: Event, seated: Invitation, meanwhile: str, reason: str
) -> None:
    waiting = _wait(event, email=ADDRESS)
    _cancel(seated)
    if meanwhile == "declined":
        taking.leave_queue(waiting, now=NOW)
    elif meanwhile == "taken":
        taking.take_offer(waiting, now=NOW)
    elif meanwhile == "ended":
        clock.set_clock(lambda: NOW + timedelta(days=1))
    elif meanwhile == "off":
        events.cancel_event(event, NOW)
    else:
        erasure.erase_event_people(event.id)
    db.session.commit()
    subjects = [message["Subject"].split(":")[0] for message in _sent(app, folder)]
    assert "Det er plass til dere" not in subjects
    assert _states("seat_offer") == [("withheld", reason)]


def test_who_waits_is_told_when_the_event_is_off(app: Flask, folder: Path, event: Event, seated: Invitation) -> None:
    _wait(event, email=ADDRESS)
    events.cancel_event(event, clock.now_utc())
    db.session.commit()
    (message,) = _sent(app, folder)
    assert message["Subject"] == "Avlyst: Ny i Modum-kveld 2026"
    assert "Dere står ikke lenger på venteliste." in _text(message)
    assert list(message.iter_attachments()) == []


def test_the_workers_tick_ends_an_offer_and_tells_the_next(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    _wait(event, email=ADDRESS)
    _wait(event, email="neste@eksempel.example")
    _cancel(seated)
    first = [message["To"] for message in _sent(app, folder) if message["Subject"].startswith("Det er plass")]
    assert first == [ADDRESS]
    clock.set_clock(lambda: NOW + timedelta(days=1))
    offers = [message["To"] for message in _sent(app, folder) if message["Subject"].startswith("Det er plass")]
    assert sorted(offers) == [ADDRESS, "neste@eksempel.example"]


def test_who_waits_is_told_what_the_event_is_like_after_a_change_and_only_of_the_last(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    waiting = _wait(event, email=ADDRESS)
    _wait(event)
    _sent(app, folder)
    for venue in ("Modum rådhus", "Furumo"):
        events.change_event(event, event_details(capacity=3, venue=venue), clock.now_utc())
        db.session.commit()
    (message,) = [one for one in _sent(app, folder) if one["Subject"] == "Endret: Ny i Modum-kveld 2026"]
    for body in (_text(message), _text(message, "html")):
        assert "Furumo" in body
        assert "Dere står fortsatt på ventelista." in body
        assert f"http://localhost/i/{token_of(waiting)}" in body
    assert list(message.iter_attachments()) == []
    assert sorted(_states("waitlist_changed")) == [("handed_over", ""), ("withheld", "replaced")]


def test_whom_the_change_makes_an_offer_is_told_by_the_offer_and_who_had_one_by_the_change(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    _wait(event, email=ADDRESS)
    _sent(app, folder)
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    events.change_event(event, event_details(capacity=5, venue="Modum rådhus"), clock.now_utc())
    db.session.commit()
    _sent(app, folder)
    assert _states("waitlist_changed") == [("withheld", "replaced")]
    assert _states("seat_offer") == [("handed_over", "")]
    clock.set_clock(lambda: NOW + timedelta(minutes=2))
    events.change_event(event, event_details(capacity=5, venue="Furumo"), clock.now_utc())
    db.session.commit()
    assert "Furumo" in "".join(_text(one) for one in _sent(app, folder) if one["Subject"].startswith("Endret"))


def test_who_has_left_the_list_is_not_told_of_a_change(
    app: Flask, folder: Path, event: Event, seated: Invitation
) -> None:
    waiting = _wait(event, email=ADDRESS)
    events.change_event(event, event_details(capacity=3, venue="Furumo"), clock.now_utc())
    db.session.commit()
    taking.leave_queue(waiting, now=NOW)
    db.session.commit()
    _sent(app, folder)
    assert _states("waitlist_changed")[0][0] == "withheld"
