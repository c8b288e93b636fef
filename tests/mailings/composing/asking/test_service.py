"""Reminders to households that left no address, by what KRR has: a register on 127.0.0.1, hand-over to files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.mailings.groups import Group
from outreach.mailings.mailing import Kind, State, ways_text
from outreach.mailings.models import Mailing
from outreach.mailings.recipients.queries import counts
from outreach.mailings.sending import service as sending
from outreach.messages.sending.commands import send_due
from outreach.messages.service import address_hash, suppress
from outreach.messages.suppression import ALL
from outreach.messages.transports import contact_register_of
from outreach.national_services import NationalServices
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.people.models import Person, ProtectedIdentity
from outreach.people.numbers import service as numbers
from tests.conftest import NOW
from tests.factories.audience import make_import
from tests.factories.events import make_event
from tests.factories.mailings import again, ask, make_mailing, messages
from tests.factories.national import ContactRegisterServer
from tests.factories.rsvp import answer_for, give_answer, make_household

EMAIL, SMS = Channel.EMAIL, Channel.SMS
A, B, C = "12849022499", "30898837390", "03821886901"


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def register(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContactRegisterServer]:
    with ContactRegisterServer().running() as server:
        services = NationalServices(server.maskinporten(), f"{server.url}/rest/v2/personer")
        monkeypatch.setattr(contact_register_of(services), "_rest_seconds", 0)
        changes = {"mail_url": f"file:{folder}", "sms_url": f"file:{folder}", "services": services}
        settings = app.extensions["treffpunkt.settings"]
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, **changes))
        yield server
        clock.set_clock(lambda: NOW)


@pytest.fixture
def event(register: ContactRegisterServer) -> Event:
    return make_event()


@pytest.fixture
def switch_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def run() -> None:
        settings = app.extensions["treffpunkt.settings"]
        off = replace(settings, services=NationalServices())
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", off)

    return run


def household(event: Event, *known: str) -> Invitation:
    """Return the invitation of one person for each of `known`, with that national number kept; "" for none."""
    invitation = make_household(event, tuple(f"Åse{number}" for number in range(len(known))))
    kept = zip([invitee.person_id for invitee in invitation.invitees], known, strict=True)
    numbers.keep({person_id: number for person_id, number in kept if person_id and number})
    db.session.commit()
    return invitation


def reminder(event: Event, *channels: Channel, asks: bool = True) -> Mailing:
    make_import()
    ways = ways_text(channels or (EMAIL, SMS), asks_register=asks)
    mailing = make_mailing(event, Kind.REMINDER, channels=ways)
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    return mailing


def begin(event: Event, mailing: Mailing) -> int:
    assert not ask(mailing, event)
    queued = sending.begin_due(clock.now_utc())
    db.session.commit()
    return queued


def sent(folder: Path) -> list[tuple[str, str]]:
    """Return (suffix, address) of what lies in the folder, by address."""
    mails = [("eml", message_from_bytes(file.read_bytes())["To"]) for file in folder.glob("*.eml")]
    texts = [("sms", file.read_text().splitlines()[0]) for file in folder.rglob("*.sms.txt")]
    return sorted(mails + texts)


def later(**by: int) -> None:
    moment = clock.now_utc() + timedelta(**by)
    clock.set_clock(lambda: moment)


def test_a_household_without_an_address_is_reached_by_what_the_register_has(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="ase@gjest.example", mobiltelefonnummer="+4799999901")
    household(event, A)
    mailing = reminder(event)
    assert counts(event.id, Kind.REMINDER, (EMAIL, SMS), asks_register=True) == {Group.REGISTER: 1}
    assert begin(event, mailing) == 1
    assert register.asked == [], "the question is asked at hand-over, not before"
    send_due()
    assert register.asked == [[A]]
    assert sent(folder) == [("eml", "ase@gjest.example")]
    assert messages(mailing) == {("email", "handed_over", ""): 1}


def test_the_next_channel_is_tried_and_each_household_has_one_row(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, mobiltelefonnummer="+4799999901")
    register.register(B, epostadresse="b@gjest.example")
    for number in (A, B, C):
        household(event, number)
    mailing = reminder(event)
    assert begin(event, mailing) == 3
    send_due()
    assert sent(folder) == [("eml", "b@gjest.example"), ("sms", "+4799999901")]
    assert messages(mailing) == {
        ("email", "handed_over", ""): 1, ("sms", "handed_over", ""): 1, ("email", "withheld", "not_registered"): 1,
    }  # fmt: skip
    sending.end_finished(NOW)
    assert again(mailing).state == State.DONE


def test_the_order_of_the_mailing_goes_before_what_else_there_is(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example", mobiltelefonnummer="+4799999901")
    register.register(B, epostadresse="b@gjest.example")
    register.register(C, epostadresse="c@gjest.example")
    for number in (A, B, C):
        household(event, number)
    mailing = reminder(event, SMS, EMAIL)
    begin(event, mailing)
    send_due()
    send_due()
    assert sent(folder) == [("eml", "b@gjest.example"), ("eml", "c@gjest.example"), ("sms", "+4799999901")]


def test_a_channel_that_the_mailing_does_not_have_is_not_taken(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, mobiltelefonnummer="+4799999901")
    household(event, A)
    mailing = reminder(event, EMAIL)
    begin(event, mailing)
    send_due()
    assert sent(folder) == []
    assert messages(mailing) == {("email", "withheld", "not_registered"): 1}


@pytest.mark.parametrize(
    "of_register",
    [
        {"reservasjon": "JA"},
        {"status": "SLETTET"},
        {"varslingsstatus": "KAN_IKKE_VARSLES"},
        {"kontaktinformasjon": {"epostadresse": "a@gjest.example", "epostadresse_oppdatert": "2025-05-01T00:00:00Z"}},
    ],
    ids=["reserved", "removed", "not to be told", "stale"],
)
def test_whoever_may_not_be_told_digitally_gets_nothing_and_stands_with_the_reason(
    event: Event, register: ContactRegisterServer, folder: Path, of_register: dict[str, Any]
) -> None:
    register.register(A, epostadresse="a@gjest.example", **of_register)
    household(event, A)
    mailing = reminder(event)
    begin(event, mailing)
    send_due()
    assert sent(folder) == []
    assert messages(mailing) == {("email", "withheld", "not_registered"): 1}


def test_another_adult_of_the_household_is_reached_when_the_first_is_not(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example", reservasjon="JA")
    register.register(B, epostadresse="b@gjest.example")
    household(event, A, B)
    begin(event, reminder(event))
    send_due()
    assert register.asked == [sorted([A, B])]
    assert sent(folder) == [("eml", "b@gjest.example")]


def test_nothing_of_the_answer_is_stored(event: Event, register: ContactRegisterServer, folder: Path) -> None:
    register.register(A, epostadresse="ase@gjest.example", mobiltelefonnummer="+4799999901")
    household(event, A)
    begin(event, reminder(event))
    send_due()
    row = db.session.scalars(db.select(OutboxMessage)).one()
    assert (row.state, row.subject_hash) == ("handed_over", None)
    hashes = {address_hash("ase@gjest.example"), address_hash("+4799999901")}
    for table in db.metadata.sorted_tables:
        stored = repr(db.session.execute(table.select()).all()).casefold()
        assert "gjest.example" not in stored, table.name
        assert "99999901" not in stored, table.name
        assert not any(known.casefold() in stored for known in hashes), table.name
    asked = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "mailing.ask_register")).all()
    assert len(asked) == 1, "that the register was asked is kept, and about how many"


def test_children_the_protected_the_gone_and_the_unwilling_are_never_asked_about(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example")
    invitation = household(event, A, B, C, "")
    people = [db.session.get_one(Person, invitee.person_id) for invitee in invitation.invitees]
    people[1].is_resident = False
    people[2].status = "doed"
    mailing = reminder(event)
    begin(event, mailing)
    send_due()
    assert register.asked == [[A]]
    assert sent(folder) == [("eml", "a@gjest.example")]


@pytest.mark.parametrize("what", ["protected", "unwilling"])
def test_a_household_with_somebody_protected_or_unwilling_is_not_asked_about(
    event: Event, register: ContactRegisterServer, folder: Path, what: str
) -> None:
    invitation = household(event, A, B)
    mailing = reminder(event)
    begin(event, mailing)
    person = db.session.get_one(Person, invitation.invitees[1].person_id)
    if what == "protected":
        db.session.add(ProtectedIdentity(identity_hash=person.identity_hash, marked_at_utc=NOW))
    else:
        suppress(person.identity_hash or "", purpose=ALL, source="staff", now=NOW)
    db.session.commit()
    send_due()
    assert register.asked == []
    reason = "by_hand" if what == "protected" else "suppressed"
    assert messages(mailing) == {("email", "withheld", reason): 1}


def test_an_address_that_asked_us_not_to_write_is_not_written_to_whoever_has_it(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example")
    household(event, A)
    suppress(address_hash("a@gjest.example"), purpose=ALL, source="link", now=NOW)
    mailing = reminder(event)
    begin(event, mailing)
    send_due()
    assert sent(folder) == []
    assert messages(mailing) == {("email", "withheld", "suppressed"): 1}


def test_a_register_that_is_down_loses_nobody_and_is_asked_again_later(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example")
    household(event, A)
    answered = make_household(event, ("Per",))
    give_answer(answered, answer_for(answered, False, email="per@gjest.example"))
    mailing = reminder(event)
    begin(event, mailing)
    register.fault = lambda path: 503 if path != "/token" else None
    send_due()
    row = db.session.scalars(db.select(OutboxMessage)).one()
    assert (row.state, row.reason, row.attempts, row.attempted_at_utc) == ("queued", "temporary", 1, None)
    assert row.due_at_utc == NOW + timedelta(minutes=1)
    assert sent(folder) == []
    send_due()
    assert row.attempts == 1, "not before its time"
    register.fault = lambda path: None
    later(minutes=2)
    send_due()
    assert sent(folder) == [("eml", "a@gjest.example")]


def test_a_register_that_stays_down_ends_in_a_failure_that_is_seen(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    household(event, A)
    mailing = reminder(event)
    begin(event, mailing)
    event.ends_at_utc = NOW + timedelta(days=60)
    db.session.commit()
    register.fault = lambda path: "reset"
    for _ in range(12):
        send_due()
        later(days=1, hours=1)
    assert messages(mailing) == {("email", "failed", "gave_up"): 1}


def test_what_happened_since_the_question_was_asked_for_wins(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example")
    first, second, third = household(event, A), household(event, B), household(event, C)
    mailing = reminder(event)
    begin(event, mailing)
    give_answer(first, answer_for(first, True, email="own@gjest.example"))
    third.state = "revoked"
    db.session.execute(db.delete(OutboxMessage).where(OutboxMessage.purpose.not_like("mailing:%")))
    db.session.commit()
    send_due()
    assert register.asked == [[B]], "only about the household that still needs it"
    assert messages(mailing) == {
        ("email", "withheld", "answered"): 1,
        ("email", "withheld", "not_registered"): 1,
        ("email", "withheld", "revoked"): 1,
    }
    assert second.state == "active"


def test_an_address_left_since_goes_before_the_registers(
    event: Event, register: ContactRegisterServer, folder: Path
) -> None:
    register.register(A, epostadresse="a@gjest.example")
    invitation = household(event, A)
    give_answer(invitation, answer_for(invitation, True))
    mailing = make_mailing(event, Kind.INFORMATION, channels=ways_text((EMAIL, SMS), asks_register=True))
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    assert begin(event, mailing) == 1
    give_answer(invitation, answer_for(invitation, True, mobile="+4791234567"))
    db.session.execute(db.delete(OutboxMessage).where(OutboxMessage.purpose.not_like("mailing:%")))
    db.session.commit()
    send_due()
    assert register.asked == []
    assert sent(folder) == [("sms", "+4791234567")]


def test_switched_off_nobody_is_asked_about_and_the_row_says_what_is_missing(
    event: Event, register: ContactRegisterServer, folder: Path, switch_off: Callable[[], None]
) -> None:
    household(event, A)
    mailing = reminder(event)
    begin(event, mailing)
    settings_folder = folder
    switch_off()
    send_due()
    assert register.asked == []
    assert sent(settings_folder) == []
    assert messages(mailing) == {("email", "withheld", "no_address"): 1}


@pytest.mark.parametrize("asks", [True, False])
def test_it_is_the_mailings_own_choice(event: Event, register: ContactRegisterServer, asks: bool) -> None:
    household(event, A)
    household(event, "")
    found = counts(event.id, Kind.REMINDER, (EMAIL, SMS), asks_register=asks)
    assert found == ({Group.REGISTER: 1, Group.LETTER: 1} if asks else {Group.LETTER: 2})


def test_many_households_are_asked_about_together(event: Event, register: ContactRegisterServer, folder: Path) -> None:
    people = [f"{number:011}" for number in range(60)]
    for number in people:
        register.register(number, epostadresse=f"p{number}@gjest.example")
        household(event, number)
    mailing = make_mailing(event, Kind.REMINDER, channels=ways_text((EMAIL,), asks_register=True))
    db.session.execute(db.delete(OutboxMessage))
    mailing.state, mailing.content_hash = State.RELEASED.value, ""
    sending.begin(mailing, event, now=NOW)
    db.session.commit()
    send_due()
    assert [len(part) for part in register.asked] == [50, 10]
    assert len(sent(folder)) == 60
    assert len(register.tokens) == 1
