"""What messages hold on guests: outbox rows, which name them by reference, and files in a folder of ours.

Rows go with their event's people; those that no event takes along go after as many days.

Suppressions stay until the person takes them back, since they protect; letter batches stay, since they hold counts
and acts of staff only.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, Delete, and_, delete, func, or_, select

from outreach.database import db
from outreach.messages.models import LetterShipment, Suppression
from outreach.messages.transports import folders
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, State
from outreach.settings import Settings


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the outbox rows of the event, and the files or shipments they became; return how many rows, by table.

    The files go first: when the transaction fails afterwards, the rows are still there for the next run.
    """
    return _erase(OutboxMessage.event_id == event_id)


def erase_messages(recipients: Sequence[str], *, but_letters: bool = False) -> dict[str, int]:
    """Erase the outbox rows to `recipients` and the files they became, as `erase_event_people` does.

    `but_letters`: the rows of letters stay, which say only that the household was sent one.
    """
    kinds = [OutboxMessage.channel.not_in([Channel.LETTER.value, Channel.SVARUT.value])] if but_letters else []
    parts = (recipients[at : at + 500] for at in range(0, len(recipients), 500))
    counts = [_erase(and_(OutboxMessage.recipient.in_(part), *kinds)) for part in parts]
    return {OutboxMessage.__tablename__: sum(count[OutboxMessage.__tablename__] for count in counts)}


def export_messages(recipients: Sequence[str]) -> list[dict[str, Any]]:
    """Return the messages to `recipients` (some hundred at most), for a person's own access, the oldest first."""
    wanted = select(OutboxMessage).where(OutboxMessage.recipient.in_(recipients))
    return [
        {
            "channel": row.channel,
            "kind": row.kind,
            "message_state": row.state,
            "message_reason": row.reason,
            "queued_at": row.created_at_utc.isoformat(),
            "handed_over_at": row.handed_over_at_utc.isoformat() if row.handed_over_at_utc else None,
        }
        for row in db.session.scalars(wanted.order_by(OutboxMessage.created_at_utc, OutboxMessage.id))
    ]


def export_suppressions(subject_hashes: Sequence[str]) -> list[dict[str, Any]]:
    """Return what these subjects asked us not to send, and where and when they did."""
    wanted = select(Suppression).where(Suppression.subject_hash.in_(subject_hashes))
    return [
        {"purpose": row.purpose, "asked_where": row.source, "asked_at": row.since_utc.isoformat()}
        for row in db.session.scalars(wanted.order_by(Suppression.since_utc, Suppression.id))
    ]


def erase_left_over(before: datetime, *, closed_events: Collection[int]) -> dict[str, int]:
    """Erase the outbox rows from before `before` that no event takes along, and the files they became.

    They belong to no event, or to one of `closed_events`, whose people were erased before the row was written.
    """
    return _erase(_is_left_over(before, closed_events))


def count_left_over(before: datetime, *, closed_events: Collection[int]) -> int:
    """Return how many rows `erase_left_over` would erase."""
    wanted = select(func.count(OutboxMessage.id)).where(_is_left_over(before, closed_events))
    return db.session.scalar(wanted) or 0


def _is_left_over(before: datetime, closed_events: Collection[int]) -> ColumnElement[bool]:
    is_nobodys = or_(OutboxMessage.event_id.is_(None), OutboxMessage.event_id.in_(sorted(closed_events)))
    # What a worker holds is in its hands: it goes the night after.
    return and_(OutboxMessage.created_at_utc < before, OutboxMessage.state != State.CLAIMED.value, is_nobodys)


def _erase(mine: ColumnElement[bool]) -> dict[str, int]:
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    row_ids = list(db.session.scalars(select(OutboxMessage.id).where(mine).order_by(OutboxMessage.id)))
    for folder in folders(mail_url=settings.mail_url, sms_url=settings.sms_url):
        folder.forget(row_ids)
    of_mine = LetterShipment.message_id.in_(select(OutboxMessage.id).where(mine))
    return {
        LetterShipment.__tablename__: _run(delete(LetterShipment).where(of_mine)),
        OutboxMessage.__tablename__: _run(delete(OutboxMessage).where(mine)),
    }


def _run(statement: Delete) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def erase_suppressions(subject_hashes: Sequence[str], *, purposes: Collection[str] = ()) -> dict[str, int]:
    """Forget that these subjects asked us not to write: for those who take it back; return rows erased by table.

    `purposes`: only what they said no to under these; empty for all, and that an address is dead with it.
    """
    wanted = delete(Suppression).where(Suppression.subject_hash.in_(subject_hashes))
    if purposes:
        wanted = wanted.where(Suppression.purpose.in_(sorted(purposes)))
    result = db.session.execute(wanted)
    assert isinstance(result, CursorResult)
    return {Suppression.__tablename__: int(result.rowcount)}
