"""What it costs to queue a mailing, as ratios of the same run: `python -m benchmarks.queueing`.

Beginning a mailing to 13,000 households that left an e-mail address (who gets it, by which channel, and why not to the
others; one row for each; the state; the audit row) ≤ 3 × one bulk insert of as many bare rows into the same table. One
household in a hundred asked not to be written to, half of them by address alone, so that every address is opened and
compared. Begun once more, it queues nothing. Everybody is made up, seed 1. Exit 1 when a figure does not hold. On
SQLite times are of the processor, since other work on the machine is none of ours; PostgreSQL works in other
processes, so there the time is the wall's.
"""

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from benchmarks.measure import Figure, conclude, costs
from benchmarks.site import DATABASES, site
from outreach.audit.actor import Actor
from outreach.database import db, new_id, seal
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings import queries, service
from outreach.mailings.mailing import Kind, State, purpose
from outreach.mailings.models import Mailing
from outreach.mailings.sending import service as sending
from outreach.messages.models import Suppression
from outreach.messages.service import address_hash
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.rsvp.models import PersonAnswer, Rsvp

HOUSEHOLDS, LIMIT = 13_000, 3
NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
_ONE_IN = 100
_BATCH = 5_000
_TEXT = "Hei {fornavn}! Ta med regnjakke."


def main() -> None:
    """Run every figure; exit 1 when one does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=DATABASES, help="both when left out")
    options = parser.parse_args()
    figures = []
    for database in [options.database] if options.database else DATABASES:
        with site(database):
            mailing_id = settle(options.households)
            figures.append(_compare(mailing_id, database, options))
    conclude(figures)


def settle(households: int) -> int:
    """Insert an event to which `households` come, and a mailing that is released; return the mailing's id."""
    event = _event()
    rows = [_household(event.id, number) for number in range(households)]
    for table in (Person, Invitation, Invitee, Rsvp, PersonAnswer):
        _insert(table, [row[table] for row in rows])
    unwilling = random.Random(1).sample(range(households), households // _ONE_IN)
    _insert(Suppression, [_suppression(rows[number], by_address=number % 2 == 0) for number in unwilling])
    mailing = service.create(event, Kind.MESSAGE, actor=Actor("staff", 1), now=NOW)
    for text in mailing.texts:
        text.body, text.sms = _TEXT, _TEXT
    service.ask(mailing, event, scheduled_at_utc=None, actor=Actor("staff", 1), now=NOW)
    db.session.commit()
    db.session.connection().exec_driver_sql("ANALYZE")
    db.session.commit()
    return mailing.id


def _compare(mailing_id: int, database: str, options: argparse.Namespace) -> Figure:
    expected = options.households - options.households // _ONE_IN
    bare = _bare_rows(expected)
    figure = costs(
        f"{database}: queueing a mailing to {expected} households against a bulk insert of as many rows",
        lambda: _seconds(lambda: _begin(mailing_id, expected), database, after=lambda: _reset(mailing_id)),
        lambda: _seconds(lambda: _bulk_insert(bare), database, after=lambda: _reset(mailing_id)),
        limit=LIMIT,
        rounds=options.rounds,
    )
    _begin(mailing_id, expected)
    mailing = queries.held(mailing_id)
    mailing.state = State.RELEASED.value
    assert sending.begin_due(NOW) == 0, "begun once more it queued something"
    db.session.commit()
    return figure


def _begin(mailing_id: int, expected: int) -> None:
    assert sending.begin_due(NOW) == expected
    db.session.commit()
    found = select(func.count()).where(OutboxMessage.purpose == purpose(mailing_id))
    assert db.session.scalar(found) == expected


def _bulk_insert(rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(OutboxMessage.__table__), rows)  # type: ignore[arg-type]
    db.session.commit()


def _reset(mailing_id: int) -> None:
    db.session.execute(delete(OutboxMessage))
    db.session.execute(update(Mailing).where(Mailing.id == mailing_id).values(state=State.RELEASED.value))
    db.session.commit()
    db.session.expire_all()


def _seconds(act: Callable[[], None], database: str, *, after: Callable[[], None]) -> float:
    clock = time.process_time if database == "sqlite" else time.perf_counter
    start = clock()
    act()
    spent = clock() - start
    after()
    return spent


def _bare_rows(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(), "purpose": "bare:1", "recipient": f"invitation:{new_id()}", "channel": "email",
            "kind": "mailing_message", "language": "nb",
            "references_json": f'{{"invitation_id": {new_id()}, "mailing_id": 1}}', "event_id": 1,
            "state": "queued", "reason": "", "created_at_utc": NOW, "due_at_utc": NOW, "claimed_by": "", "attempts": 0,
        }
        for _ in range(number)
    ]  # fmt: skip


def _event() -> Event:
    starts = NOW + timedelta(days=24)
    event = Event(
        slug="kveld", kind="gathering", state="published", title="Kveld", description="", programme="",
        starts_at_utc=starts, ends_at_utc=starts + timedelta(hours=3), venue="Huset", venue_address="",
        access_information="", city="modum", capacity=None, answer_by=starts.date(), sequence=0, created_at_utc=NOW,
        changed_at_utc=NOW,
    )  # fmt: skip
    db.session.add(event)
    db.session.commit()
    return event


def _household(event_id: int, number: int) -> dict[Any, dict[str, Any]]:
    person, invitation, invitee, rsvp = (new_id() for _ in range(4))
    address = f"gjest{number}@eksempel.example"
    return {
        Person: {
            "id": person, "identity_hash": f"1:{number:043}", "weak_hash": "", "seen_as_of": date(2026, 11, 1),
            "seen_import_id": 1,
        },
        Invitation: {
            "id": invitation, "event_id": event_id, "household_id": None, "selector": f"{number:08}", "generation": 1,
            "state": "active", "language": "nb", "created_at_utc": NOW,
        },
        Invitee: {
            "id": invitee, "invitation_id": invitation, "event_id": event_id, "person_id": person, "position": 1,
        },
        Rsvp: {
            "id": rsvp, "invitation_id": invitation, "event_id": event_id, "state": "attending", "persons": 1,
            "extra_children": 0, "revision": 1, "language": "nb", "answered_at_utc": NOW, "changed_at_utc": NOW,
            "email_sealed": seal(address, column="rsvp.email_sealed", row_id=rsvp), "mobile_sealed": None,
        },
        PersonAnswer: {
            "id": new_id(), "rsvp_id": rsvp, "invitee_id": invitee, "position": 1, "is_coming": True,
        },
        str: {"address": address},
    }  # fmt: skip


def _suppression(household: dict[Any, dict[str, Any]], *, by_address: bool) -> dict[str, Any]:
    subject = address_hash(household[str]["address"]) if by_address else household[Person]["identity_hash"]
    return {"id": new_id(), "subject_hash": subject, "purpose": "all", "source": "guest", "since_utc": NOW}


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):
        db.session.execute(insert(table), rows[start : start + _BATCH])
    db.session.commit()


if __name__ == "__main__":
    main()
