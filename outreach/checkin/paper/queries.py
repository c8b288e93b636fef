"""Reads the printed list: its sheets, its lines, and how many the phones let in on each."""

from collections.abc import Mapping

from sqlalchemy import func, select

from outreach.checkin.paper.marks import Line, NoListError
from outreach.checkin.paper.models import PaperLine, PaperSheet
from outreach.database import db


def sheets(event_id: int) -> list[PaperSheet]:
    """Return the sheets of the event's list, in order."""
    wanted = select(PaperSheet).where(PaperSheet.event_id == event_id).order_by(PaperSheet.number)
    return list(db.session.scalars(wanted))


def sheet(event_id: int, number: int, *, is_held: bool = False) -> PaperSheet:
    """Return one sheet; `is_held` until the transaction ends. Raises NoListError."""
    wanted = select(PaperSheet).where(PaperSheet.event_id == event_id, PaperSheet.number == number)
    found: PaperSheet | None = db.session.scalar(wanted.with_for_update() if is_held else wanted)
    if found is None:
        raise NoListError
    return found


def lines(sheet_id: int) -> list[PaperLine]:
    """Return the lines of a sheet, in order."""
    return list(db.session.scalars(select(PaperLine).where(PaperLine.sheet_id == sheet_id).order_by(PaperLine.number)))


def line_counts(event_id: int) -> dict[int, int]:
    """Return how many lines each sheet of the event has, by id."""
    rows = db.session.execute(
        select(PaperLine.sheet_id, func.count())
        .join(PaperSheet, PaperSheet.id == PaperLine.sheet_id)
        .where(PaperSheet.event_id == event_id)
        .group_by(PaperLine.sheet_id)
        .order_by(PaperLine.sheet_id)
    )
    return {row[0]: row[1] for row in rows}


def typed_lines(event_id: int, scanned: Mapping[int, int], *, is_open: bool = False) -> list[Line]:
    """Return every typed line; `scanned`: persons by ticket id. `is_open`: only of sheets that can be changed."""
    wanted = (
        select(PaperLine.number, PaperLine.ticket_id, PaperLine.came)
        .join(PaperSheet, PaperSheet.id == PaperLine.sheet_id)
        .where(PaperSheet.event_id == event_id, PaperLine.came.is_not(None))
        .order_by(PaperLine.number)
    )
    if is_open:
        wanted = wanted.where(PaperSheet.brought_at_utc.is_(None))
    return [
        Line(number, ticket_id, came or 0, scanned.get(ticket_id, 0))
        for number, ticket_id, came in db.session.execute(wanted)
    ]
