"""Withholds messages about what their household has left, and takes them up again when it comes back. Never commits."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Update, update

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import withhold_these
from outreach.outbox.states import Reason, State


def leave_behind(ids: Collection[int]) -> int:
    """Stop those of `ids` (a handful) that have not been given to a transport, those on pause too; return how many."""
    stopped = withhold_these(ids, reason=Reason.SWAPPED)
    return stopped + _run(_withheld(ids, Reason.PAUSED).values(reason=Reason.SWAPPED.value))


def take_up_again(ids: Collection[int], now: datetime) -> int:
    """Queue again, due now, those of `ids` (a handful) that were left behind; return how many."""
    values = {"state": State.QUEUED.value, "reason": "", "due_at_utc": now, "attempts": 0}
    return _run(_withheld(ids, Reason.SWAPPED).values(**values))


def _withheld(ids: Collection[int], reason: Reason) -> Update:
    stands = (OutboxMessage.state == State.WITHHELD.value, OutboxMessage.reason == reason.value)
    return update(OutboxMessage).where(OutboxMessage.id.in_(ids), OutboxMessage.attempted_at_utc.is_(None), *stands)


def _run(statement: Update) -> int:
    result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)
