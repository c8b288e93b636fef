"""Puts made-up lives into the real tables: people, households, invitations, answers, scans, memories by hash."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.clock import OSLO
from outreach.database import db, new_id
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Household, Person
from outreach.retention.models import ContactMemory
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.tickets.models import Ticket
from tests.audience.slow_rule import Life

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
_numbers = itertools.count(1)


def with_neighbours(lives: Sequence[Life]) -> list[Life]:
    """Return `lives`, each knowing who lives in the same home, itself too. Former residents are in no household."""
    housed = [life if life.is_resident else replace(life, home=None) for life in lives]
    return [
        replace(life, neighbours=tuple(other for other in housed if life.home is not None and other.home == life.home))
        for life in housed
    ]


def settle(lives: Sequence[Life]) -> dict[int, Life]:
    """Insert `lives` (of with_neighbours) with their history; return each by the id of its person."""
    homes = {
        home: Household(dwelling_hash=f"town:{new_id()}") for home in {life.home for life in lives} if home is not None
    }
    db.session.add_all(homes.values())
    db.session.flush()
    settled = {}
    for life in lives:
        home = homes[life.home].id if life.home is not None else None
        person = _person(life, home)
        db.session.add(person)
        db.session.flush()
        _history(person, life)
        settled[person.id] = life
    db.session.flush()
    return settled


def _person(life: Life, home: int | None) -> Person:
    return Person(
        identity_hash=f"town:{new_id()}",
        birth_year=life.birth_year,
        moved_in_on=life.moved_in_on,
        postcode=life.postcode,
        study_city=life.study_city,
        is_resident=life.is_resident,
        seen_as_of=life.seen_as_of,
        seen_import_id=1,
        household_id=home,
        address_sealed=b"x",
    )


def _history(person: Person, life: Life) -> None:
    for day in life.invited_on:
        event = make_event(day)
        invitee = invite(person, event, _midnight(day))
        if life.has_come:
            _come(event, invitee)
        elif not life.owes_answer:
            _answer(event, invitee, is_coming=False)
    for day in life.remembered_on:
        event = make_event(day)
        remember(person, event, has_attended=life.came_once)


def make_event(day: date) -> Event:
    """Return a new event that starts at midnight of `day`: the edge of a window."""
    starts = _midnight(day)
    event = Event(
        slug=f"town-{next(_numbers)}", kind="meetup", state="published", title="Treff", starts_at_utc=starts,
        ends_at_utc=starts + timedelta(hours=3), venue="Huset", answer_by=day, created_at_utc=NOW, changed_at_utc=NOW,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    return event


def invite(person: Person, event: Event, at_utc: datetime) -> Invitee:
    """Ask `person` to `event` by an invitation of their own."""
    invitation = Invitation(event_id=event.id, selector=f"{next(_numbers) % 10**8:08}", created_at_utc=at_utc)
    db.session.add(invitation)
    db.session.flush()
    invitee = Invitee(invitation_id=invitation.id, event_id=event.id, person_id=person.id, position=1)
    db.session.add(invitee)
    db.session.flush()
    return invitee


def remember(person: Person, event: Event, *, has_attended: bool) -> None:
    """Keep by hash alone that `person` was asked to `event`."""
    memory = ContactMemory(
        identity_hash=person.identity_hash, event_id=event.id, year=event.starts_at_utc.year, has_attended=has_attended
    )
    db.session.add(memory)


def _answer(event: Event, invitee: Invitee, *, is_coming: bool) -> None:
    rsvp = Rsvp(
        invitation_id=invitee.invitation_id, event_id=event.id, state="attending" if is_coming else "declined",
        answered_at_utc=NOW, changed_at_utc=NOW,
    )  # fmt: skip
    db.session.add(rsvp)
    db.session.flush()
    db.session.add(PersonAnswer(rsvp_id=rsvp.id, invitee_id=invitee.id, position=1, is_coming=is_coming))


def _come(event: Event, invitee: Invitee) -> None:
    _answer(event, invitee, is_coming=True)
    ticket = Ticket(
        event_id=event.id, invitation_id=invitee.invitation_id, selector=f"{next(_numbers) % 10**8:08}", persons=1,
        issued_at_utc=NOW, changed_at_utc=NOW,
    )  # fmt: skip
    db.session.add(ticket)
    db.session.flush()
    scan(event, ticket.id)


def scan(event: Event, ticket_id: int, **values: Any) -> str:
    """Add a scan of a ticket at a new door of `event`; return its id."""
    pairing = DoorPairing(
        event_id=event.id, door="Dør", secret_hash=f"{new_id():064}", created_at_utc=NOW, expires_at_utc=NOW
    )
    db.session.add(pairing)
    db.session.flush()
    phone = DoorDevice(
        pairing_id=pairing.id, event_id=event.id, door="Dør", name="Telefon", token_hash=f"{new_id():064}",
        paired_at_utc=NOW, expires_at_utc=NOW, last_seen_at_utc=NOW,
    )  # fmt: skip
    db.session.add(phone)
    db.session.flush()
    usual: dict[str, Any] = {
        "scan_id": f"{new_id():032}", "event_id": event.id, "device_id": phone.id, "door": "Dør", "counter": 1,
        "ticket_id": ticket_id, "ticket_hash": "", "ticket_generation": 1, "kind": "in", "persons": 1,
        "phone_at_utc": NOW, "at_utc": NOW, "received_at_utc": NOW, "phone_verdict": "green", "roster_version": "",
        "undoes": "",
    }  # fmt: skip
    row = {**usual, **values}
    db.session.execute(Scan.__table__.insert(), row)
    return row["scan_id"]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO)
