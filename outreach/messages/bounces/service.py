"""Takes in one delivery report: the outbox row gets its fate, and an address that is dead gets no more from us."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from outreach.database import db
from outreach.messages.bounces.delivery_report import DeliveryReport, Fate
from outreach.messages.service import suppress
from outreach.messages.suppression import UNREACHABLE, Source
from outreach.outbox.models import OutboxMessage
from outreach.outbox.receipts.service import Noted, note
from outreach.outbox.states import Channel, Reason, State


class Taken(StrEnum):
    """What a message in the mailbox turned out to be; the keys of what `flask messages read-bounces --json` prints."""

    DELIVERED = "delivered"
    BOUNCED_PERMANENT = "bounced_permanent"
    BOUNCED_TEMPORARY = "bounced_temporary"
    ON_ITS_WAY = "on_its_way"
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    OTHER = "other"


def take(report: DeliveryReport | None, *, now: datetime) -> Taken:
    """Write what `report` says of one of our messages; say what it was. None is what is no report at all.

    Idempotent: the same report again is REPEATED and changes nothing.
    """
    if report is None:
        return Taken.OTHER
    if report.fate is Fate.ON_ITS_WAY:
        return Taken.ON_ITS_WAY
    state = State.DELIVERED if report.fate is Fate.DELIVERED else State.BOUNCED
    reason = _reason(report)
    for row_id in report.row_ids:
        noted = note(row_id, state=state, channel=Channel.EMAIL, reason=reason, now=now)
        if noted is Noted.UNKNOWN:
            continue
        if report.is_address_dead:
            _stop_writing(row_id, now)
        return Taken.REPEATED if noted is Noted.REPEATED else Taken(reason.value if reason else state.value)
    return Taken.UNKNOWN


def _reason(report: DeliveryReport) -> Reason | None:
    if report.fate is not Fate.BOUNCED:
        return None
    return Reason.BOUNCED_PERMANENT if report.is_permanent else Reason.BOUNCED_TEMPORARY


def _stop_writing(row_id: int, now: datetime) -> None:
    subject_hash = db.session.scalar(select(OutboxMessage.subject_hash).where(OutboxMessage.id == row_id))
    if subject_hash:
        suppress(subject_hash, purpose=UNREACHABLE, source=Source.BOUNCE, now=now)
