"""Rows for `benchmarks.reports`: one evening that is not settled, and five years of settled ones. Seed 1, nobody in it.

Households of one to four, letters in two waves, answers in three languages, tickets, scans; sealed columns are left
empty, since a report never opens them.
"""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from outreach.audience.models import AudienceList, AudienceMember
from outreach.audit.actor import COMMAND
from outreach.checkin.models import Scan
from outreach.database import db
from outreach.demo import past_years
from outreach.events.models import Event
from outreach.events.service import create_event
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.reports.models import YearlyGoal
from outreach.reports.settling import service as settling
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets.models import Ticket

YEARS = 5
NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
_PARTS = 5_000
_POSTCODES = ("3370", "3371", "3340", "3330", "3320", "3350", "3355", "3360")


class Rows:
    """Rows by table, inserted in portions; ids are drawn."""

    def __init__(self) -> None:
        self.draw = random.Random(1)
        self._rows: dict[Any, list[dict[str, Any]]] = {}

    def add(self, table: Any, **values: Any) -> int:
        """Note a row and return its id."""
        row = {"id": self.draw.randrange(1, 2**62), **values}
        self._rows.setdefault(table, []).append(row)
        return int(row["id"])

    def scans(self, row: dict[str, Any]) -> None:
        """Note a scan, whose key is its own."""
        self._rows.setdefault(Scan, []).append(row)

    def insert(self) -> None:
        """Insert them all, tables in the order in which they were first used."""
        for table, rows in self._rows.items():
            for start in range(0, len(rows), _PARTS):
                db.session.execute(insert(table.__table__), rows[start : start + _PARTS])


def settle_town(invitations: int) -> int:
    """Fill the database and return the id of the evening that is not settled."""
    rows = Rows()
    evening = past_years.events_of(date(2027, 1, 1), 1)[1]
    event = create_event(evening, NOW - timedelta(days=60), publish=True)
    db.session.flush()
    listed = rows.add(AudienceList, event_id=event.id, segment="moved-in", frozen_at_utc=NOW)
    for number in range(invitations):
        _household(rows, event, listed, number)
    rows.insert()
    _earlier(rows.draw)
    for kind, measure in (("dated", ""), ("target", "attending"), ("target", "attended")):
        goal = {"kind": kind, "measure": measure, "event_kind": "ny-i-modum", "year": 2026, "words": "Mål"}
        db.session.add(YearlyGoal(**goal, wanted=1000, due_on=date(2026, 12, 31)))
    event_id = event.id
    db.session.commit()
    db.session.connection().exec_driver_sql("ANALYZE")
    db.session.commit()
    return event_id


def _earlier(draw: random.Random) -> None:
    """Keep the figures of two events in each of five years."""
    for back in range(1, YEARS + 1):
        for details in past_years.events_of(NOW.date(), back):
            event = create_event(details, details.starts_at_utc - timedelta(days=60), publish=True)
            db.session.flush()
            figures = past_years.figures_of(details, draw, households=400)
            settling.keep(event, figures, actor=COMMAND, now=event.ends_at_utc)


def _household(rows: Rows, event: Event, listed: int, number: int) -> None:
    draw = rows.draw
    selector = f"{number:08}"
    asked = rows.add(
        Invitation, event_id=event.id, household_id=None, selector=selector, generation=1, state="active",
        language="nb", created_at_utc=NOW,
    )  # fmt: skip
    size, postcode = draw.choices((1, 2, 3, 4), (40, 30, 15, 15))[0], draw.choice(_POSTCODES)
    invitees = [_invitee(rows, event, asked, listed, at, postcode) for at in range(1, size + 1)]
    _letter(rows, event, asked, wave=1, state="bounced" if draw.random() < 0.03 else "handed_over")
    if draw.random() < 0.2:
        _letter(rows, event, asked, wave=2, state="handed_over")
    if draw.random() < 0.55:
        _answer(rows, event, asked, invitees, selector)


def _invitee(rows: Rows, event: Event, asked: int, listed: int, position: int, postcode: str) -> int:
    year = 1980 if position < 3 else 2016
    person = rows.add(
        Person, seen_as_of=NOW.date(), seen_import_id=1, identity_hash=f"1:{rows.draw.randrange(2**62)}",
        birth_year=year, postcode=postcode, status="bosatt", is_resident=True,
    )  # fmt: skip
    rows.add(AudienceMember, list_id=listed, person_id=person, is_included=True, reason="moved_in")
    return rows.add(Invitee, invitation_id=asked, event_id=event.id, person_id=person, position=position)


def _letter(rows: Rows, event: Event, asked: int, *, wave: int, state: str) -> None:
    rows.add(
        OutboxMessage, purpose=f"invitation:{event.id}:{wave}", recipient=f"invitation:{asked}", channel="letter",
        kind="invitation_letter" if wave == 1 else "invitation_reminder", language="nb", event_id=event.id, state=state,
        created_at_utc=NOW, due_at_utc=NOW,
    )  # fmt: skip


def _answer(rows: Rows, event: Event, asked: int, invitees: list[int], selector: str) -> None:
    draw = rows.draw
    state = draw.choices(("attending", "declined", "waitlisted"), (70, 25, 5))[0]
    persons = len(invitees) if state != "declined" else 0
    at = NOW + timedelta(minutes=draw.randrange(20_000))
    rsvp = rows.add(
        Rsvp, invitation_id=asked, event_id=event.id, state=state, persons=persons, extra_children=0, revision=1,
        language=draw.choices(("nb", "en", "nn"), (80, 15, 5))[0], answered_at_utc=at, changed_at_utc=at,
    )  # fmt: skip
    for position, invitee in enumerate(invitees, start=1):
        coming = state != "declined"
        rows.add(PersonAnswer, rsvp_id=rsvp, invitee_id=invitee, position=position, is_coming=coming)
    if state == "waitlisted":
        rows.add(
            WaitPlace, event_id=event.id, invitation_id=asked, number=int(selector) + 1, persons=persons,
            state="waiting", passed=0, joined_at_utc=at, offers=0, told_by="", freed_why="", override_reason="",
        )  # fmt: skip
    if state == "attending":
        _ticket(rows, event, asked, selector, persons)


def _ticket(rows: Rows, event: Event, asked: int, selector: str, persons: int) -> None:
    ticket = rows.add(
        Ticket, event_id=event.id, invitation_id=asked, selector=selector, generation=1, state="valid",
        persons=persons, version=1, issued_at_utc=NOW, changed_at_utc=NOW,
    )  # fmt: skip
    if rows.draw.random() < 0.8:
        at = event.starts_at_utc + timedelta(seconds=rows.draw.randrange(3600))
        row = {
            "scan_id": f"{rows.draw.getrandbits(128):032x}", "event_id": event.id, "device_id": None, "door": "Inngang",
            "counter": 1, "ticket_id": ticket, "kind": "in", "persons": persons, "phone_at_utc": at, "at_utc": at,
            "received_at_utc": at, "phone_verdict": "green",
        }  # fmt: skip
        rows.scans(row)
