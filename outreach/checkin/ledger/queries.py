"""What scans without a ticket are folded as."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from outreach.checkin.models import Scan


def hashes_without_ticket(event_id: int, scan_ids: Collection[str], connection: Connection) -> dict[str, str]:
    """Return what scans of the event without a ticket are folded as, by id, for those of `scan_ids` that are stored."""
    if not any(scan_ids):
        return {}
    wanted = select(Scan.scan_id, Scan.ticket_hash).where(
        Scan.scan_id.in_(scan_ids), Scan.event_id == event_id, Scan.ticket_id.is_(None)
    )
    return {row.scan_id: row.ticket_hash for row in connection.execute(wanted.order_by(Scan.scan_id))}
