"""What the evening's page asks of the database, each for all guests at once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from outreach.checkin import queries
from outreach.checkin.admission import ScanKind
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact
from outreach.database import db
from outreach.rsvp.models import Need, Rsvp
from outreach.tickets.models import Ticket
from outreach.tickets.ticket import TicketState


@dataclass(frozen=True)
class NeedCount:
    """How many parties with a need of `kind` come, and how many of them are here."""

    kind: str
    expected: int
    arrived: int


def persons_on_tickets(event_id: int) -> int:
    """Return how many persons the event's valid tickets let in."""
    wanted = select(func.coalesce(func.sum(Ticket.persons), 0)).where(
        Ticket.event_id == event_id, Ticket.state == TicketState.VALID.value
    )
    return int(db.session.scalar(wanted) or 0)


def needs(event_id: int) -> list[NeedCount]:
    """Return the needs of parties with a valid ticket, by kind: numbers only."""
    rows = db.session.execute(
        select(Need.kind, Ticket.id)
        .join(Rsvp, Rsvp.id == Need.rsvp_id)
        .join(Ticket, Ticket.invitation_id == Rsvp.invitation_id)
        .where(Ticket.event_id == event_id, Ticket.state == TicketState.VALID.value)
        .order_by(Need.kind, Ticket.id)
    ).all()
    here = set(queries.persons_by_ticket(event_id)) if rows else set()
    kinds = dict.fromkeys(kind for kind, _ in rows)
    return [
        NeedCount(
            kind=kind,
            expected=sum(1 for one, _ in rows if one == kind),
            arrived=sum(1 for one, ticket_id in rows if one == kind and ticket_id in here),
        )
        for kind in kinds
    ]


def scan_of_event(event_id: int, scan_id: str) -> Scan | None:
    """Return the scan of this id when it is of the event, else None."""
    return db.session.scalar(select(Scan).where(Scan.scan_id == scan_id, Scan.event_id == event_id))


def facts_beside(scan: Scan) -> list[Fact]:
    """Return every fact of what the scan concerns, itself included."""
    ticket_ids = [scan.ticket_id] if scan.ticket_id is not None else []
    hashes = [] if ticket_ids else [scan.ticket_hash]
    return queries.facts_of(
        scan.event_id, ticket_ids=ticket_ids, ticket_hashes=hashes, connection=db.session.connection()
    )


def is_stored(scan_id: str) -> bool:
    """Say whether a scan of this id is there: what was sent twice is done once."""
    return db.session.scalar(select(Scan.scan_id).where(Scan.scan_id == scan_id)) is not None


def has_scans(event_id: int) -> bool:
    """Say whether anything was scanned at the event's doors."""
    wanted = select(Scan.scan_id).where(Scan.event_id == event_id, Scan.kind != ScanKind.UNDO.value)
    return db.session.scalar(wanted.limit(1)) is not None
