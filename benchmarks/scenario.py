"""An event with many invited households, put straight into the tables: benchmarks of pages and races start from here.

Households of two made-up people each, sealed as an import seals them. In: an application context. Out: the ids and
codes that a client needs.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.database import db, new_id, seal
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.formats.short_code import INVITATION, TICKET, new_selector
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import code_of as invitation_code
from outreach.people.models import Household, Person
from outreach.people.postal_address import PostalAddress
from outreach.tickets.models import Ticket
from outreach.tickets.queries import code_of as ticket_code

SLUG = "benk-2030"
PERSONS_A_HOUSEHOLD = 2
_CHUNK = 2_000


@dataclass(frozen=True)
class Scenario:
    """The event and, household by household, the invitations' ids, codes and invitees' ids."""

    event_id: int
    invitation_ids: Sequence[int]
    codes: Sequence[str]
    invitee_ids: Sequence[tuple[int, ...]]


def build(
    *, households: int, capacity: int | None = None, persons: int = PERSONS_A_HOUSEHOLD, now: datetime | None = None
) -> Scenario:
    """Insert an event in a month's time with `households` of `persons` each invited, and commit."""
    now = now or datetime.now(UTC)
    event = _event(now, capacity)
    db.session.add(event)
    db.session.flush()
    selectors = _selectors(households, INVITATION)
    rows = [_rows((number, persons), selector, event.id, now) for number, selector in enumerate(selectors)]
    for table, place in ((Household, 0), (Person, 1), (Invitation, 2), (Invitee, 3)):
        _insert(table, [row for group in rows for row in group[place]])
    db.session.commit()
    return Scenario(
        event_id=event.id,
        invitation_ids=[group[2][0]["id"] for group in rows],
        codes=[invitation_code(group[2][0]["selector"], 1) for group in rows],
        invitee_ids=[tuple(row["id"] for row in group[3]) for group in rows],
    )


def add_tickets(scenario: Scenario, *, persons: int = PERSONS_A_HOUSEHOLD) -> list[str]:
    """Give each invitation a ticket, one a minute until an hour ago; commit, and return the codes in the same order."""
    latest = datetime.now(UTC) - timedelta(hours=1)
    selectors = _selectors(len(scenario.invitation_ids), TICKET)
    rows = [
        {
            "id": new_id(),
            "event_id": scenario.event_id,
            "invitation_id": invitation_id,
            "selector": selector,
            "generation": 1,
            "state": "valid",
            "persons": persons,
            "version": 1,
            "issued_at_utc": latest - timedelta(minutes=minutes),
            "changed_at_utc": latest - timedelta(minutes=minutes),
        }
        for minutes, (invitation_id, selector) in enumerate(zip(scenario.invitation_ids, selectors, strict=True))
    ]
    _insert(Ticket, rows)
    db.session.commit()
    return [ticket_code(Ticket(**row)) for row in rows]


def pair_phone(event_id: int, door: str, token: str) -> int:
    """Pair a phone at `door` whose bearer token is `token`, commit, and return the phone's id."""
    now = datetime.now(UTC)
    later = now + timedelta(days=3_650)
    digest = hashlib.sha256(token.encode()).hexdigest()
    shift = {"event_id": event_id, "door": door, "expires_at_utc": later, "is_revoked": False}
    pairing = DoorPairing(**shift, secret_hash=digest, created_at_utc=now)
    phone = DoorDevice(
        **shift,
        pairing_id=pairing.id,
        name=f"Telefon {door}",
        token_hash=digest,
        paired_at_utc=now,
        last_seen_at_utc=now,
        clock_offset_ms=0,
    )
    db.session.add(pairing)
    db.session.flush()
    db.session.add(phone)
    db.session.commit()
    return phone.id


def _event(now: datetime, capacity: int | None) -> Event:
    starts = now + timedelta(days=30)
    return Event(
        slug=SLUG,
        kind="ny-i-modum",
        state="published",
        title="Ny i Modum-kveld",
        description="Bli kjent med Modum. Vi serverer middag, og barna er velkomne.",
        programme="18.00 Middag\n19.00 Lag og foreninger",
        starts_at_utc=starts,
        ends_at_utc=starts + timedelta(hours=3),
        venue="Kulturhuset",
        venue_address="Oppdiktaveien 1, 3370 Vikersund",
        access_information="Heis og trinnfri inngang.",
        city="modum",
        capacity=capacity,
        answer_by=(starts - timedelta(days=2)).date(),
        sequence=0,
        created_at_utc=now,
        changed_at_utc=now,
    )


def _selectors(count: int, shape: Any) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[new_selector(shape)] = None
    return list(found)


def _rows(size: tuple[int, int], selector: str, event_id: int, now: datetime) -> tuple[list[dict[str, Any]], ...]:
    (number, persons), ring = size, key_ring()
    dwelling = ring.keyed_hash("benchmark", str(number))
    household = {"id": new_id(), "dwelling_hash": dwelling, "set_aside_reason": ""}
    people = [_person(number, place, household["id"], dwelling) for place in range(persons)]
    invitation = {
        "id": new_id(),
        "event_id": event_id,
        "household_id": household["id"],
        "selector": selector,
        "generation": 1,
        "state": "active",
        "language": "nb",
        "created_at_utc": now,
    }
    invitees = [
        {
            "id": new_id(),
            "invitation_id": invitation["id"],
            "event_id": event_id,
            "person_id": person["id"],
            "position": position,
        }
        for position, person in enumerate(people, 1)
    ]
    return [household], people, [invitation], invitees


def _person(number: int, place: int, household_id: Any, dwelling: str) -> dict[str, Any]:
    row_id = new_id()
    address = PostalAddress((f"Oppdiktaveien {number + 1}",), "3370", "VIKERSUND", "")
    texts = {
        "given_name_sealed": f"Prøve{place}",
        "family_name_sealed": f"Oppdiktet{number}",
        "birth_date_sealed": "1988-03-04",
        "address_sealed": address.to_json(),
    }
    sealed = {name: seal(text, column=f"person.{name}", row_id=row_id) for name, text in texts.items()}
    return {
        "id": row_id,
        "identity_hash": key_ring().identity_hash(f"{number}-{place}"),
        "weak_hash": "",
        "birth_year": 1988,
        "status": "bosatt",
        "postcode": "3370",
        "municipality": "3316",
        "moved_in_on": date(2026, 3, 1),
        "move_verdict": "moved_in",
        "is_resident": True,
        "dwelling_hash": dwelling,
        "content_hash": "",
        "household_id": household_id,
        "seen_as_of": date.today(),  # noqa: DTZ011 - the day of the made-up extract
        "seen_import_id": 1,
        **sealed,
    }


def _insert(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for part in _parts(rows):
        db.session.execute(insert(table), part)


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))
