"""SELECTs of the tickets that let somebody in, for other capabilities' statements."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from outreach.checkin.admission import Light, ScanKind
from outreach.checkin.models import Scan


def let_in() -> Select[Any]:
    """Select the ids of tickets with more scans that let somebody in than were taken back."""
    named = select(Scan.undoes).where(Scan.kind == ScanKind.UNDO.value, Scan.undoes != "")
    lets_in = and_(Scan.kind == ScanKind.IN.value, Scan.phone_verdict != Light.RED.value, Scan.scan_id.not_in(named))
    nameless = and_(Scan.kind == ScanKind.UNDO.value, Scan.undoes == "")
    standing = func.sum(case((lets_in, 1), (nameless, -1), else_=0))
    return select(Scan.ticket_id).where(Scan.ticket_id.is_not(None)).group_by(Scan.ticket_id).having(standing > 0)
