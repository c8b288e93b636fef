"""A municipality of rows for `benchmarks.segments`: people, homes, invitations, memories. Seed 1, nothing sealed in it.

The sealed columns hold bytes of their usual length: a count never opens them, but the database reads past them. Ids are
random and in order, as after a rebuild of the table; homes and keyed hashes are in no order.
"""

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.models import Suppression
from outreach.people.models import Household, Person
from outreach.retention.models import ContactMemory

_BATCH = 5_000
_START = date(2021, 11, 1)
_POSTCODES = ("3370", "3371", "3340", "3330", "3320", "3350", "3355", "3360")
_CITIES = ("oslo", "bergen", "trondheim")
_NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
_EVENTS = (7, 8, 9)


def settle(people: int) -> None:
    """Insert `people` persons in homes of about two and a half, with three events and their invitations."""
    draw = random.Random(1)
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("PRAGMA cache_size=-1500000")
    ids = sorted(draw.sample(range(1, 2**62), people))
    homes = draw.sample(range(1, 2**62), max(1, people * 2 // 5))
    indexes = [*Person.__table__.indexes, *Household.__table__.indexes]
    for index in indexes:
        index.drop(db.session.connection())  # to make them anew is quicker than to keep them up a million times
    _insert(Household.__table__, _homes(homes, draw))
    _insert(Person.__table__, _people(ids, homes, draw))
    for index in indexes:
        index.create(db.session.connection())
    _insert(Event.__table__, _events())
    asked = {event: draw.sample(ids, people // 20) for event in _EVENTS}
    invitations = draw.sample(range(1, 2**62), sum(map(len, asked.values())))
    _insert(Invitation.__table__, _invitations(asked, iter(invitations)))
    _insert(Invitee.__table__, _invitees(asked, iter(invitations)))
    _insert(ContactMemory.__table__, _memories(draw.sample(range(people), people // 10), draw))
    _insert(Suppression.__table__, _suppressions(draw.sample(range(people), people // 100), draw))
    db.session.commit()
    _settle_down()


def _settle_down() -> None:
    """Give the connection back its usual memory, and the planner its figures, as after a while in use."""
    connection = db.session.connection()
    connection.exec_driver_sql("ANALYZE")
    db.session.commit()
    db.session.remove()
    db.engine.dispose()


def _insert(table: Table, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            db.session.execute(insert(table), batch)
            batch = []
    if batch:
        db.session.execute(insert(table), batch)


def _homes(homes: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    for number, home in enumerate(homes):
        reason = "by_hand" if draw.random() < 0.01 else ""
        yield {"id": home, "dwelling_hash": _hash("home", number)[:29], "set_aside_reason": reason}


def _people(ids: list[int], homes: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(ids):
        is_resident = draw.random() < 0.95
        has_moved = draw.random() < 0.3
        yield {
            "id": person,
            "identity_hash": _hash("person", number),
            "weak_hash": _hash("name", number)[:29],
            "given_name_sealed": draw.randbytes(24),
            "middle_name_sealed": draw.randbytes(17),
            "family_name_sealed": draw.randbytes(26),
            "birth_date_sealed": draw.randbytes(27),
            "address_sealed": None if draw.random() < 0.01 else draw.randbytes(110),
            "birth_year": 2026 - min(99, int(draw.triangular(0, 100, 30))),
            "status": "doed" if draw.random() < 0.005 else "bosatt",
            "postcode": draw.choice(_POSTCODES),
            "municipality": "3316",
            "has_postal_address": False,
            "study_city": draw.choice(_CITIES) if draw.random() < 0.02 else "",
            "moved_in_on": _START + timedelta(days=draw.randrange(1826)) if has_moved else None,
            "moved_on": None,
            "moved_from": "",
            "move_verdict": "from_municipality" if has_moved else "no_move_date",
            "is_resident": is_resident,
            "is_held_back": draw.random() < 0.002,
            "dwelling_hash": _hash("home", number * 2 // 5)[:29],
            "has_dwelling_number": False,
            "content_hash": f"1:{number:027}",
            "household_id": homes[number * 2 // 5 % len(homes)] if is_resident else None,
            "is_grouped": is_resident,
            "seen_as_of": date(2026, 11, 1) if is_resident else date(2026, 5, 1),
            "seen_import_id": 1 if is_resident else 2,
        }


def _hash(of: str, number: int) -> str:
    return f"1:{hashlib.sha256(f'{of} {number}'.encode()).hexdigest()[:43]}"


def _events() -> Iterator[dict[str, Any]]:
    for event in _EVENTS:
        starts = datetime(2026, 11, 26, 17, tzinfo=UTC) - timedelta(days=200 * (event - 7))
        yield {
            "id": event, "slug": f"kveld-{event}", "kind": "gathering", "state": "published", "title": "Kveld",
            "description": "", "programme": "", "starts_at_utc": starts, "ends_at_utc": starts + timedelta(hours=3),
            "venue": "Huset", "venue_address": "", "access_information": "", "city": "modum", "capacity": None,
            "answer_by": starts.date(), "sequence": 0, "created_at_utc": _NOW, "changed_at_utc": _NOW,
        }  # fmt: skip


def _invitations(asked: dict[int, list[int]], ids: Iterator[int]) -> Iterator[dict[str, Any]]:
    for event, persons in asked.items():
        for number, _ in enumerate(persons):
            yield {
                "id": next(ids), "event_id": event, "household_id": None, "selector": f"{event}{number:07}",
                "generation": 1, "state": "active", "language": "nb",
                "created_at_utc": _NOW - timedelta(days=200 * (event - 7)),
            }  # fmt: skip


def _invitees(asked: dict[int, list[int]], ids: Iterator[int]) -> Iterator[dict[str, Any]]:
    for event, persons in asked.items():
        for person in persons:
            invitation = next(ids)
            yield {
                "id": invitation,
                "invitation_id": invitation,
                "event_id": event,
                "person_id": person,
                "position": 1,
            }


def _memories(numbers: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    for number in numbers:
        event = draw.choice(_EVENTS[1:])
        yield {
            "id": draw.randrange(1, 2**62), "identity_hash": _hash("person", number), "event_id": event, "year": 2026,
            "has_attended": draw.random() < 0.4,
        }  # fmt: skip


def _suppressions(numbers: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    for number in numbers:
        yield {
            "id": draw.randrange(1, 2**62), "subject_hash": _hash("person", number), "purpose": "all",
            "source": "guest", "since_utc": _NOW,
        }  # fmt: skip
