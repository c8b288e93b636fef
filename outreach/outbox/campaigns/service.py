"""Queues the messages of one purpose by one statement for each channel, and takes up what was withheld for a while.

Never commits. Nobody gets two of one purpose: whoever has a row of it, by any channel, is left out, and the unique
constraint stands behind that.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Select, Subquery, exists, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.database import db
from outreach.database.random_ids import random_id
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason, State

_COLUMNS = (
    *("id", "purpose", "recipient", "channel", "kind", "language", "references_json", "event_id", "state", "reason"),
    *("created_at_utc", "due_at_utc", "claimed_by", "attempts"),
)


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What all messages of one purpose have in common."""

    purpose: str
    kind: str
    event_id: int | None


def queue_selected(campaign: Campaign, channel: Channel, selected: Select[Any], *, now: datetime) -> int:
    """Queue a message by `channel` for each row of `selected`; return how many were new.

    `selected`: columns `recipient`, `language` and `references_json` (ids only), each recipient once.
    """
    chosen = selected.order_by(None).subquery()
    has_one = exists().where(OutboxMessage.purpose == campaign.purpose, OutboxMessage.recipient == chosen.c.recipient)
    rows = select(*_values(campaign, channel, chosen, now)).where(~has_one)
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(OutboxMessage).from_select(_COLUMNS, rows).on_conflict_do_nothing()
    return _count(statement)


def take_up(purpose: str, *, reason: Reason, now: datetime) -> int:
    """Queue again, due now, what of `purpose` was withheld for `reason`; return how many."""
    wanted = (
        OutboxMessage.purpose == purpose,
        OutboxMessage.state == State.WITHHELD.value,
        OutboxMessage.reason == reason.value,
    )
    values = {"state": State.QUEUED.value, "reason": "", "due_at_utc": now, "attempted_at_utc": None}
    return _count(update(OutboxMessage).where(*wanted).values(**values))


def withhold_for(purpose: str, *, was: Reason, reason: Reason) -> int:
    """Give what of `purpose` is withheld for `was` another `reason`; return how many."""
    wanted = (
        OutboxMessage.purpose == purpose,
        OutboxMessage.state == State.WITHHELD.value,
        OutboxMessage.reason == was.value,
    )
    return _count(update(OutboxMessage).where(*wanted).values(reason=reason.value))


def _values(campaign: Campaign, channel: Channel, chosen: Subquery, now: datetime) -> list[Any]:
    moment = OutboxMessage.created_at_utc.type
    return [
        random_id(db.engine.dialect.name),
        literal(campaign.purpose),
        chosen.c.recipient,
        literal(channel.value),
        literal(campaign.kind),
        chosen.c.language,
        chosen.c.references_json,
        literal(campaign.event_id, OutboxMessage.event_id.type),
        literal(State.QUEUED.value),
        literal(""),
        literal(now, moment),
        literal(now, moment),
        literal(""),
        literal(0),
    ]


def _count(statement: Any) -> int:
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result = db.session.execute(statement, execution_options=options)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
