"""What is read when a household moves: its messages of mailings, and the mailings that have begun where it is now."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.database import db
from outreach.mailings.following.owed import Begun, Had
from outreach.mailings.mailing import OF_AN_EVENT, Kind, State, outbox_kind, purpose
from outreach.mailings.models import Mailing
from outreach.outbox.message import invitation_recipient
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.outbox.states import State as MessageState

_BEGUN = (State.SENDING, State.PAUSED, State.DONE)
_KINDS = {outbox_kind(kind): kind for kind in OF_AN_EVENT}


def messages_of(mailing_ids: Collection[int], invitation_id: int) -> list[int]:
    """Return the messages of these mailings to the household, by id."""
    purposes = [purpose(one) for one in mailing_ids]
    mine = (OutboxMessage.recipient == invitation_recipient(invitation_id), OutboxMessage.purpose.in_(purposes))
    return list(db.session.scalars(select(OutboxMessage.id).where(*mine).order_by(OutboxMessage.id)))


def had(invitation_id: int) -> list[Had]:
    """Return what mailings have queued for the household, wherever it was then."""
    wanted = select(OutboxMessage).where(
        OutboxMessage.recipient == invitation_recipient(invitation_id), OutboxMessage.kind.in_(list(_KINDS))
    )
    rows = db.session.scalars(wanted.order_by(OutboxMessage.id).execution_options(populate_existing=True))
    return [
        Had(
            mailing_id=int(row.purpose.rpartition(":")[2]),
            kind=_KINDS[row.kind],
            due_at_utc=row.due_at_utc,
            is_left_behind=row.state == MessageState.WITHHELD and row.reason == Reason.SWAPPED,
        )
        for row in rows
    ]


def begun(event_id: int) -> list[Begun]:
    """Return the event's mailings whose messages have been queued, and which nobody has called off."""
    rows = db.session.execute(
        select(Mailing.id, Mailing.kind, Mailing.wave)
        .where(Mailing.event_id == event_id, Mailing.state.in_([state.value for state in _BEGUN]))
        .order_by(Mailing.id)
    )
    return [Begun(mailing_id, Kind(kind), wave) for mailing_id, kind, wave in rows]
