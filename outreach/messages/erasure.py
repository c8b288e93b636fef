"""What messages hold on an event's guests: outbox rows, which name them by reference, and files in a folder of ours.

Suppressions stay until the person takes them back, since they protect; letter batches stay, since they hold counts
and acts of staff only.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, Delete, delete, select

from outreach.database import db
from outreach.messages.models import LetterShipment, Suppression
from outreach.messages.transports import folders
from outreach.outbox.models import OutboxMessage
from outreach.settings import Settings


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the outbox rows of the event, and the files or shipments they became; return how many rows, by table.

    The files go first: when the transaction fails afterwards, the rows are still there for the next run.
    """
    return _erase(OutboxMessage.event_id == event_id)


def erase_messages(recipients: Sequence[str]) -> dict[str, int]:
    """Erase the outbox rows to `recipients` and the files they became, as `erase_event_people` does."""
    counts = [_erase(OutboxMessage.recipient.in_(recipients[at : at + 500])) for at in range(0, len(recipients), 500)]
    return {OutboxMessage.__tablename__: sum(count[OutboxMessage.__tablename__] for count in counts)}


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


def erase_old_messages(recipient_kind: str, *, before: datetime) -> dict[str, int]:
    """Erase what was queued for recipients "`recipient_kind`:<id>" before `before`, as `erase_event_people` does.

    For those who belong to no event, whose outbox rows would otherwise stay for as long as they do.
    """
    mine = OutboxMessage.recipient.startswith(f"{recipient_kind}:", autoescape=True)
    return _erase(mine & (OutboxMessage.created_at_utc < before))


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
