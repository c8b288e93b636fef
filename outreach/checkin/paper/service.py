"""The printed list's use cases: make it, type marks in, turn what the phones lack into facts, each once."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import queries as doors
from outreach.checkin.admission import Light, ScanKind
from outreach.checkin.evening.service import append, desk_fact
from outreach.checkin.ledger import queries as ledger
from outreach.checkin.names.queries import parties
from outreach.checkin.paper import queries
from outreach.checkin.paper.guest_list import ListLine, sheets
from outreach.checkin.paper.marks import OTHERS, Line, ListHasMarksError, SheetIsBroughtInError
from outreach.checkin.paper.models import PaperLine, PaperSheet
from outreach.checkin.scan_merge import fold
from outreach.checkin.scan_ticket import TicketRow
from outreach.database import db
from outreach.events.models import Event

DOOR = "Papirlista"


def make_list(event: Event, *, actor: Actor, now: datetime) -> int:
    """Make the list from who comes now, in place of one without marks; return the number of sheets.

    Raises ListHasMarksError.
    """
    before = queries.sheets(event.id)
    if any(sheet.others_came is not None for sheet in before):
        raise ListHasMarksError
    db.session.execute(delete(PaperSheet).where(PaperSheet.event_id == event.id))
    made = sheets(parties(event.id, year=event.starts_at_utc.year))
    for number, lines in enumerate(made, start=1):
        _keep(event.id, number, lines, now)
    db.session.flush()
    record("door.paper", subject_kind="event", subject_id=event.id, actor=actor, now=now, sheets=len(made))
    return len(made)


def fetched(event: Event, form: str, *, actor: Actor, now: datetime) -> None:
    """Note that somebody fetched the list with its names; `form` is "pdf" or "fil"."""
    record("door.paper_fetched", subject_kind="event", subject_id=event.id, actor=actor, now=now, form=form)


def type_in(sheet: PaperSheet, marks: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """Keep what was written on a sheet: how many by line number, and OTHERS. Raises SheetIsBroughtInError."""
    if sheet.brought_at_utc is not None:
        raise SheetIsBroughtInError
    for line in queries.lines(sheet.id):
        line.came = marks[str(line.number)]
    sheet.others_came = marks[OTHERS]
    db.session.flush()
    record(
        "door.paper_typed", subject_kind="event", subject_id=sheet.event_id, actor=actor, now=now, sheet=sheet.number
    )


def bring_in(event: Event, *, actor: Actor, now: datetime) -> int:
    """Turn what the paper has and the phones lack into facts; return how many persons that was. Twice is as once."""
    open_sheets = [
        sheet for sheet in queries.sheets(event.id) if sheet.others_came is not None and sheet.brought_at_utc is None
    ]
    held = _held(event.id)
    lines = queries.typed_lines(event.id, _scanned(event.id, held), is_open=True)
    tickets = {row.id: row for row in held}
    rows = [_came(event, line, tickets[line.ticket_id], now) for line in lines if line.missing]
    rows += [_others(event, sheet, now) for sheet in open_sheets if sheet.others_came]
    append(event, rows)
    for sheet in open_sheets:
        sheet.brought_at_utc = now
    db.session.flush()
    persons = sum(int(row["persons"]) for row in rows)
    record("door.paper_brought", subject_kind="event", subject_id=event.id, actor=actor, now=now, persons=persons)
    return persons


def _keep(event_id: int, number: int, lines: Sequence[ListLine], now: datetime) -> None:
    sheet = PaperSheet(event_id=event_id, number=number, made_at_utc=now)
    db.session.add(sheet)
    db.session.flush()
    db.session.add_all(PaperLine(sheet_id=sheet.id, number=line.number, ticket_id=line.ticket_id) for line in lines)


def _held(event_id: int) -> list[TicketRow]:
    """Return the tickets of the typed lines, held so that no door writes meanwhile."""
    ids = {line.ticket_id for line in queries.typed_lines(event_id, {}, is_open=True)}
    return ledger.hold_tickets(ids=ids, selectors=[], connection=db.session.connection())


def _scanned(event_id: int, held: Sequence[TicketRow]) -> dict[int, int]:
    """Return how many persons came in on each of the held tickets, by the facts as they are now."""
    ids = [row.id for row in held]
    facts = ledger.facts_of(event_id, ticket_ids=ids, ticket_hashes=[], connection=db.session.connection())
    groups = fold(facts, doors.standings(held)).groups
    return {row.id: groups[row.group].peak for row in held if row.group in groups}


def _came(event: Event, line: Line, ticket: TicketRow, now: datetime) -> dict[str, Any]:
    """Return the fact of those on a line whom no phone let in: on the ticket as far as it goes, else without one."""
    fact_id = _id("line", event.id, line.ticket_id)
    if line.scanned and line.came > ticket.persons:
        return desk_fact(event.id, ScanKind.WALK_IN, line.missing, DOOR, fact_id=fact_id, now=now)
    fact = desk_fact(event.id, ScanKind.IN, line.missing, DOOR, fact_id=fact_id, now=now)
    light = Light.AMBER if line.scanned else Light.GREEN
    named = {"ticket_id": ticket.id, "ticket_hash": "", "ticket_generation": ticket.generation}
    return {**fact, **named, "phone_verdict": light.value}


def _others(event: Event, sheet: PaperSheet, now: datetime) -> dict[str, Any]:
    persons, fact_id = sheet.others_came or 0, _id("sheet", event.id, sheet.id)
    return desk_fact(event.id, ScanKind.WALK_IN, persons, DOOR, fact_id=fact_id, now=now)


def _id(kind: str, event_id: int, number: int) -> str:
    """Return the id of a fact that the paper makes: the same when it is made again."""
    return hashlib.sha256(f"paper:{kind}:{event_id}:{number}".encode()).hexdigest()[:32]
