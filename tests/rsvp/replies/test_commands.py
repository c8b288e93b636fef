"""`flask rsvp read-replies`: the invitation as it was sent, answered as calendars answer, read from a mailbox."""

import email
import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import clock
from outreach.audit.actor import COMMAND as ACTOR
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations import service as invitations
from outreach.invitations.models import Invitation
from outreach.rsvp import queries, service
from outreach.rsvp.models import PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.replies import service as replies
from outreach.rsvp.replies.calendar_reply import CalendarReply
from outreach.rsvp.replies.models import CalendarAnswer
from outreach.settings import Settings
from tests.conftest import NOW
from tests.factories.calendar_replies import SHAPES, STAMP, calendar_of, reply_mail
from tests.factories.events import event_details, make_event
from tests.factories.imap import ImapServer
from tests.factories.rsvp import answer_for, give_answer, make_household

ADDRESS = "ase@eksempel.example"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=4)


@pytest.fixture
def coming(event: Event) -> Invitation:
    """Return a household of three of whom two come, and one child beside them."""
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, False, True, extra_children=1, email=ADDRESS))
    return invitation


def _newest_entry(app: Flask, settings: Settings) -> icalendar.Event:
    """Send what is due and return the entry of the newest invitation, as the guest's calendar has it."""
    folder = Path(urlsplit(settings.mail_url).path)
    for old in folder.rglob("*.eml"):
        old.unlink()
    assert app.test_cli_runner().invoke(args=["messages", "send-due"]).exit_code == 0
    entries = []
    for path in folder.rglob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        entries += [icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0] for part in parts]
    return max(entries, key=lambda entry: int(entry["SEQUENCE"]))


def _answer(entry: icalendar.Event, said: str, *, later: int = 0, **changed: object) -> str:
    values = {"uid": str(entry["UID"]), "sequence": int(entry["SEQUENCE"]), "attendee": ADDRESS, **changed}
    stamp = STAMP + timedelta(seconds=later)
    uid = str(values.pop("uid"))
    return calendar_of(uid, said, stamp=stamp, **values)  # type: ignore[arg-type]


def _read(app: Flask, folder: Path, *mails: bytes) -> dict[str, int]:
    """Put `mails` into a Maildir, read it, and return what was found."""
    box = folder / f"box{len(list(folder.iterdir()))}"
    for part in ("new", "cur", "tmp"):
        (box / part).mkdir(parents=True)
    for number, raw in enumerate(mails):
        (box / "new" / f"176400000{number}.M1P1.mx").write_bytes(raw)
    result = app.test_cli_runner().invoke(args=["rsvp", "read-replies", str(box), "--json"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    found: dict[str, int] = json.loads(result.stdout)
    return {name: number for name, number in found.items() if number}


def _mail(calendar: str, number: int = 1, shape: str = "gmail", sender: str = "") -> bytes:
    return reply_mail(shape, calendar, message_id=f"<r{number}@gjest.example>", sender=sender)


def _standing(invitation: Invitation) -> tuple[str, int, int]:
    rsvp = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == invitation.id)).one()
    held = db.session.scalar(select(SeatCount.held).where(SeatCount.event_id == invitation.event_id))
    return rsvp.state, rsvp.persons, held or 0


def _reasons() -> list[str]:
    rows = select(CalendarAnswer).order_by(CalendarAnswer.received_at_utc, CalendarAnswer.id)
    return [row.reason for row in db.session.scalars(rows) if row.outcome == "set_aside"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_no_cancels_for_the_party_once_and_the_guest_gets_a_receipt(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation, shape: str
) -> None:
    entry = _newest_entry(app, settings)
    no = _mail(_answer(entry, "declined"), shape=shape)
    assert _read(app, tmp_path, no) == {"read": 1, "declined": 1}
    assert _standing(coming) == ("cancelled", 0, 0)
    assert _read(app, tmp_path, no, _mail(_answer(entry, "declined"), 2, shape)) == {"read": 2, "repeated": 2}
    receipt = _newest_entry(app, settings)
    assert (str(receipt["STATUS"]), receipt["ATTENDEE"].params["PARTSTAT"]) == ("CANCELLED", "DECLINED")
    assert int(receipt["SEQUENCE"]) > int(entry["SEQUENCE"])
    assert db.session.scalar(select(Rsvp.revision)) == 2, "one change"


def test_no_and_then_yes_brings_the_same_people_back(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    mails = [_mail(_answer(entry, said, later=n), n) for n, said in enumerate(("declined", "accepted"))]
    assert _read(app, tmp_path, *mails) == {"read": 2, "declined": 1, "accepted": 1}
    assert _standing(coming) == ("attending", 3, 3)
    rows = select(PersonAnswer.is_coming).order_by(PersonAnswer.position)
    assert db.session.scalars(rows).all() == [True, False, True]
    # And once more on the entry that the guest has from the beginning.
    assert _read(app, tmp_path, _mail(_answer(entry, "declined", later=9), 3)) == {"read": 1, "declined": 1}
    assert _standing(coming) == ("cancelled", 0, 0)


def test_a_yes_when_others_have_the_places_goes_to_the_waiting_list(
    app: Flask, settings: Settings, tmp_path: Path, event: Event, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    _read(app, tmp_path, _mail(_answer(entry, "declined")))
    other = make_household(event)
    give_answer(other, answer_for(other, True, True, True))
    yes = _mail(_answer(entry, "accepted", later=5), 2)
    assert _read(app, tmp_path, yes) == {"read": 1, "waitlisted": 1}
    assert _standing(coming) == ("waitlisted", 3, 3)
    assert _read(app, tmp_path, yes) == {"read": 1, "repeated": 1}
    assert _read(app, tmp_path, _mail(_answer(entry, "declined", later=9), 3)) == {"read": 1, "declined": 1}
    assert _standing(coming)[0] == "declined"


@pytest.mark.parametrize(("said", "found"), [("accepted", "unchanged"), ("tentative", "tentative")])
def test_yes_and_maybe_of_who_comes_change_nothing(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation, said: str, found: str
) -> None:
    entry = _newest_entry(app, settings)
    assert _read(app, tmp_path, _mail(_answer(entry, said))) == {"read": 1, found: 1}
    assert _standing(coming) == ("attending", 3, 3)
    assert db.session.scalar(select(Rsvp.revision)) == 1


def test_a_forged_sender_without_the_secret_changes_nothing(
    app: Flask, settings: Settings, tmp_path: Path, event: Event, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    uid = str(entry["UID"])
    number, _, rest = uid.partition(".")
    guesses = {
        "forged": f"{number}.{'0' * 32}@{rest.partition('@')[2]}",
        "unknown": f"ticket-1.{rest}",
        "unknown ": f"{number}.{rest.partition('@')[0]}@andre.example",
        "unknown  ": f"event-{event.id}@localhost",
    }
    mails = [_mail(_answer(entry, "declined", uid=wrong), n) for n, wrong in enumerate(guesses.values())]
    assert _read(app, tmp_path, *mails) == {"read": 4, "set_aside": 4}
    assert sorted(_reasons()) == ["forged", "unknown", "unknown", "unknown"]
    assert _standing(coming) == ("attending", 3, 3)


def test_who_was_passed_the_invitation_cannot_answer_for_the_guest(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    other = _mail(_answer(entry, "declined", attendee="bjorn@eksempel.example"), sender=ADDRESS)
    assert _read(app, tmp_path, other) == {"read": 1, "set_aside": 1}
    assert _reasons() == ["other_address"]
    assert _standing(coming) == ("attending", 3, 3)


def test_the_secret_of_one_event_says_nothing_at_another(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    first = _newest_entry(app, settings)
    other = make_household(make_event(slug="julekveld"))
    give_answer(other, answer_for(other, True, True, True, email=ADDRESS))
    second = _newest_entry(app, settings)
    number, secret = str(second["UID"]).partition(".")[0], str(first["UID"]).partition(".")[2]
    assert _read(app, tmp_path, _mail(_answer(first, "declined", uid=f"{number}.{secret}"))) == {
        "read": 1, "set_aside": 1,
    }  # fmt: skip
    assert _reasons() == ["forged"]
    assert [_standing(one)[0] for one in (coming, other)] == ["attending", "attending"]


def test_an_answer_to_what_has_changed_since_is_set_aside(
    app: Flask, settings: Settings, tmp_path: Path, event: Event, coming: Invitation
) -> None:
    old = _newest_entry(app, settings)
    events.change_event(event, event_details(capacity=4, venue="Furumo"), clock.now_utc())
    db.session.commit()
    new = _newest_entry(app, settings)
    mails = (_mail(_answer(old, "declined"), 1), _mail(_answer(new, "declined", sequence=99), 2))
    assert _read(app, tmp_path, *mails) == {"read": 2, "set_aside": 2}
    assert sorted(_reasons()) == ["ahead", "stale"]
    assert _standing(coming) == ("attending", 3, 3)
    assert _read(app, tmp_path, _mail(_answer(new, "declined"), 3)) == {"read": 1, "declined": 1}


def test_a_yes_after_a_no_on_the_page_says_nothing_of_who_would_come(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    _newest_entry(app, settings)
    service.cancel(coming, NOW)
    db.session.commit()
    entry = _newest_entry(app, settings)
    assert _read(app, tmp_path, _mail(_answer(entry, "accepted"))) == {"read": 1, "set_aside": 1}
    assert _reasons() == ["no_party"]


def test_after_the_deadline_staff_get_the_answer(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    clock.set_clock(lambda: NOW.replace(day=25))
    assert _read(app, tmp_path, _mail(_answer(entry, "declined"))) == {"read": 1, "set_aside": 1}
    assert _reasons() == ["closed"]
    assert _standing(coming) == ("attending", 3, 3)


def test_what_is_off_or_gone_is_set_aside(
    app: Flask, settings: Settings, tmp_path: Path, event: Event, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    invitations.revoke(coming, now=NOW, actor=ACTOR)
    db.session.commit()
    _read(app, tmp_path, _mail(_answer(entry, "declined"), 1))
    coming.state = "active"
    events.cancel_event(event, clock.now_utc())
    db.session.commit()
    _read(app, tmp_path, _mail(_answer(entry, "declined", later=1), 2))
    db.session.execute(db.delete(Rsvp))
    db.session.commit()
    _read(app, tmp_path, _mail(_answer(entry, "declined", later=2), 3))
    assert sorted(_reasons()) == ["event_off", "gone", "gone"]


def test_broken_answers_are_set_aside_and_other_mail_stays_unread(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    broken = _answer(_newest_entry(app, settings), "declined").replace("DTSTAMP:", "X-NOT:")
    other = b"From: gjest@eksempel.example\r\nSubject: Hei\r\n\r\nEr det parkering?\r\n"
    assert _read(app, tmp_path, _mail(broken), other) == {"read": 2, "set_aside": 1, "other": 1}
    assert _reasons() == ["broken"]
    [box] = tmp_path.iterdir()
    assert len(list((box / "new").iterdir())) == 1
    assert [path.name[-4:] for path in (box / "cur").iterdir()] == [":2,S"]


def test_a_mailbox_of_a_server_is_read_and_marked(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, coming: Invitation
) -> None:
    mail = _mail(_answer(_newest_entry(app, settings), "declined"))
    with ImapServer(mail, b"Subject: Hei\r\n\r\nHei\r\n").running() as server:
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, mailbox_url=server.url))
        result = app.test_cli_runner().invoke(args=["rsvp", "read-replies", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["declined"] == 1
    assert server.seen == {101}
    db.session.expire_all()
    assert _standing(coming)[0] == "cancelled"


def test_without_a_mailbox_the_command_says_so_and_the_loop_ends(app: Flask) -> None:
    once = app.test_cli_runner().invoke(args=["rsvp", "read-replies"])
    assert once.exit_code == 1
    assert "MAILBOX_URL" in once.output
    loop = app.test_cli_runner().invoke(args=["rsvp", "read-replies", "--loop"])
    assert loop.exit_code == 0
    assert "MAILBOX_URL" in loop.output


def test_nothing_of_the_mail_is_stored_but_keyed_hashes(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation
) -> None:
    entry = _newest_entry(app, settings)
    _read(app, tmp_path, _mail(_answer(entry, "declined")))
    row = db.session.scalars(select(CalendarAnswer)).one()
    stored = " ".join(str(value) for value in vars(row).values())
    assert [text for text in (ADDRESS, "gjest.example", str(entry["UID"])) if text in stored] == []
    assert row.message_hash.startswith("1:")
    assert row.answer_hash is not None
    assert row.answer_hash.startswith("1:")
    assert db.session.scalar(select(func.count()).select_from(CalendarAnswer)) == 1
    assert queries.language_of(db.session.scalars(select(Rsvp.id)).one()) == "nb"


def test_a_mail_that_cannot_be_taken_in_stays_unread_and_stops_no_other(
    app: Flask, settings: Settings, tmp_path: Path, coming: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = _newest_entry(app, settings)
    take = replies.take

    def fail_once(reply: CalendarReply, *, now: datetime) -> replies.Taken:
        if reply.message_key == "<r0@gjest.example>":
            raise RuntimeError
        return take(reply, now=now)

    monkeypatch.setattr(replies, "take", fail_once)
    mails = (_mail(_answer(entry, "tentative"), 0), _mail(_answer(entry, "declined", later=1), 1))
    assert _read(app, tmp_path, *mails) == {"read": 1, "declined": 1}
    [box] = tmp_path.iterdir()
    assert [path.name for path in (box / "new").iterdir()] == ["1764000000.M1P1.mx"]
