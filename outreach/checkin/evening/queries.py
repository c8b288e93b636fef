"""What the evening's page asks of the database, each for all guests at once."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from outreach.checkin import queries
from outreach.checkin.admission import ScanKind
from outreach.checkin.evening.desk import MOST_SHOWN
from outreach.checkin.ledger import queries as ledger
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


def needs(event_id: int, *, kinds: Sequence[str], here: Container[int]) -> list[NeedCount]:
    """Return the needs of parties with a valid ticket, by kind: numbers only.

    `kinds`: those that are asked for. `here`: the ids of tickets that somebody came on.
    """
    rows = db.session.execute(
        select(Need.kind, Ticket.id)
        .join(Rsvp, Rsvp.id == Need.rsvp_id)
        .join(Ticket, Ticket.invitation_id == Rsvp.invitation_id)
        .where(Ticket.event_id == event_id, Ticket.state == TicketState.VALID.value, Need.kind.in_(kinds))
        .distinct()
        .order_by(Need.kind, Ticket.id)
    ).all()
    found = dict.fromkeys(kind for kind, _ in rows)
    return [
        NeedCount(
            kind=kind,
            expected=sum(1 for one, _ in rows if one == kind),
            arrived=sum(1 for one, ticket_id in rows if one == kind and ticket_id in here),
        )
        for kind in found
    ]


def scan_of_event(event_id: int, scan_id: str) -> Scan | None:
    """Return the scan of this id when it is of the event, else None."""
    return db.session.scalar(select(Scan).where(Scan.scan_id == scan_id, Scan.event_id == event_id))


def facts_beside(scan: Scan) -> list[Fact]:
    """Return every fact of what the scan concerns, itself included."""
    ticket_ids = [scan.ticket_id] if scan.ticket_id is not None else []
    hashes = [] if ticket_ids else [scan.ticket_hash]
    return ledger.facts_of(
        scan.event_id, ticket_ids=ticket_ids, ticket_hashes=hashes, connection=db.session.connection()
    )


def is_stored(scan_id: str) -> bool:
    """Say whether a scan of this id is there: what was sent twice is done once."""
    return db.session.scalar(select(Scan.scan_id).where(Scan.scan_id == scan_id)) is not None


def latest(event_id: int) -> list[Fact]:
    """Return the scans that came in last and took nothing back, as many as are shown, the newest first."""
    wanted = select(*queries.FACT_COLUMNS).where(Scan.event_id == event_id, Scan.kind != ScanKind.UNDO.value)
    newest = wanted.order_by(Scan.received_at_utc.desc(), Scan.at_utc.desc(), Scan.scan_id).limit(MOST_SHOWN)
    return [queries.fact_of_row(row) for row in db.session.execute(newest)]
