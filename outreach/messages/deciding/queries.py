"""Every SELECT of doubtful messages. Letters to be printed are not here: they have their own page."""

from sqlalchemy import ColumnElement, case, func, select

from outreach.database import db
from outreach.events.models import Event
from outreach.messages.deciding.doubt import Batch, BatchKey, Doubt, Doubtful
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import SENT_BY_WORKER, Channel, Reason, State

PAGE_SIZE = 50
_row = OutboxMessage
_uncertain = _row.state == State.UNCERTAIN.value
_late = (_row.state == State.WITHHELD.value) & (_row.reason == Reason.TOO_LATE.value)
_sent_by_worker = _row.channel.in_([channel.value for channel in SENT_BY_WORKER])
_doubt = case((_uncertain, Doubt.MAY_HAVE_LEFT.value), else_=Doubt.TOO_LATE.value)
_event_id = func.coalesce(_row.event_id, 0)


def batches() -> list[Batch]:
    """Return every batch that waits for a person, the oldest first."""
    what = (_event_id, _row.kind, _row.channel, _doubt)
    first, last = func.min(_row.created_at_utc), func.max(_row.created_at_utc)
    found = db.session.execute(
        select(*what, func.coalesce(Event.title, ""), func.count(), first, last)
        .outerjoin(Event, Event.id == _row.event_id)
        .where(_sent_by_worker, _uncertain | _late)
        .group_by(*what, Event.title)
        .order_by(first, *what)
    )
    return [
        Batch(BatchKey(event_id, kind, Channel(channel), Doubt(doubt)), *rest)
        for event_id, kind, channel, doubt, *rest in found
    ]


def batch(key: BatchKey) -> Batch | None:
    """Return the batch of `key`, None when nothing in it waits any more."""
    return next((one for one in batches() if one.key == key), None)


def members(key: BatchKey, *, page: int) -> list[Doubtful]:
    """Return one page (from 1, PAGE_SIZE long) of the messages of a batch, the oldest first."""
    columns = (_row.id, _row.recipient, _row.created_at_utc, _row.attempted_at_utc)
    wanted = select(*columns).where(*_in(key)).order_by(_row.created_at_utc, _row.id)
    return [Doubtful(*found) for found in db.session.execute(wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))]


def ids(key: BatchKey) -> list[int]:
    """Return the ids of all messages of a batch."""
    return list(db.session.scalars(select(_row.id).where(*_in(key)).order_by(_row.id)))


def _in(key: BatchKey) -> tuple[ColumnElement[bool], ...]:
    of_event = _row.event_id == key.event_id if key.event_id else _row.event_id.is_(None)
    doubt = _uncertain if key.doubt is Doubt.MAY_HAVE_LEFT else _late
    return (of_event, _row.kind == key.kind, _row.channel == key.channel.value, doubt)
