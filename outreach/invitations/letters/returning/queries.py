"""Every SELECT of letters that came back. Whether a household has answered is told by a later capability."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, func, select

from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.invitations.letters.queries import KIND
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.returned import Outcome
from outreach.invitations.models import Invitation
from outreach.invitations.queries import code_of
from outreach.outbox.message import invitation_recipient
from outreach.outbox.models import OutboxMessage

PAGE_SIZE = 50
LATEST = 10
_EXTENSION = "treffpunkt.answered"
# From ids of invitations, the SELECT of those whose household has answered.
AnsweredAmong = Callable[[Sequence[int]], Select[Any]]


@dataclass(frozen=True)
class Latest:
    """A line of what somebody registered last. `code` as printed."""

    returned_id: int
    code: str
    title: str
    reason: str
    outcome: str
    at_utc: datetime


def answered_by(app: Flask, among: AnsweredAmong) -> None:
    """Have `among` tell in `app` which households have answered."""
    app.extensions[_EXTENSION] = among


def answered_among(invitation_ids: Sequence[int]) -> frozenset[int]:
    """Return which of the invitations (some hundred at most) have an answer."""
    among: AnsweredAmong | None = current_app.extensions.get(_EXTENSION)
    return frozenset(db.session.scalars(among(invitation_ids))) if among and invitation_ids else frozenset()


def letter_for_update(invitation_id: int) -> OutboxMessage | None:
    """Return the invitation's letter as it is now, locked until the transaction ends."""
    mine = (OutboxMessage.recipient == invitation_recipient(invitation_id), OutboxMessage.kind == KIND)
    wanted = select(OutboxMessage).where(*mine).order_by(OutboxMessage.created_at_utc.desc(), OutboxMessage.id)
    found: OutboxMessage | None = db.session.scalar(
        wanted.limit(1).with_for_update().execution_options(populate_existing=True)
    )
    return found


def latest_by(user_id: int) -> list[Latest]:
    """Return the LATEST letters that the member of staff registered, the last one first."""
    wanted = (
        select(ReturnedLetter, Invitation.selector, Invitation.generation, Event.title)
        .join(Invitation, Invitation.id == ReturnedLetter.invitation_id)
        .join(Event, Event.id == ReturnedLetter.event_id)
        .where(ReturnedLetter.returned_by_id == user_id)
        .order_by(ReturnedLetter.returned_at_utc.desc(), ReturnedLetter.id)
        .limit(LATEST)
    )
    return [
        Latest(row.id, grouped(code_of(selector, generation)), title, row.reason, row.outcome, row.returned_at_utc)
        for row, selector, generation, title in db.session.execute(wanted)
    ]


def by_id(returned_id: int) -> ReturnedLetter:
    """Return the row, locked until the transaction ends. Raises NotFoundError."""
    wanted = select(ReturnedLetter).where(ReturnedLetter.id == returned_id).with_for_update()
    found: ReturnedLetter | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError(N_("Registreringen finnes ikke lenger."))
    return found


def of_event(event_id: int, returned_id: int) -> ReturnedLetter:
    """Return the row of one event, not locked. Raises NotFoundError, also for another event's."""
    wanted = select(ReturnedLetter).where(ReturnedLetter.id == returned_id, ReturnedLetter.event_id == event_id)
    found: ReturnedLetter | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError(N_("Registreringen finnes ikke lenger."))
    return found


def to_reach(event_id: int) -> list[ReturnedLetter]:
    """Return the event's returned letters whose household nobody has reached and that has not answered since, the
    oldest first."""
    wanted = select(ReturnedLetter).where(
        ReturnedLetter.event_id == event_id, ReturnedLetter.outcome == Outcome.OPEN.value
    )
    rows = db.session.scalars(wanted.order_by(ReturnedLetter.returned_at_utc, ReturnedLetter.id)).all()
    ids = [row.invitation_id for row in rows]
    answered = {id_ for start in range(0, len(ids), 500) for id_ in answered_among(ids[start : start + 500])}
    return [row for row in rows if row.invitation_id not in answered]


def outcome_counts(event_id: int) -> Mapping[str, int]:
    """Return how many returned letters of the event came to which outcome, in the order of `Outcome`."""
    rows = db.session.execute(
        select(ReturnedLetter.outcome, func.count())
        .where(ReturnedLetter.event_id == event_id)
        .group_by(ReturnedLetter.outcome)
        .order_by(ReturnedLetter.outcome)
    )
    found: dict[str, int] = dict(rows.all())
    return {outcome.value: found[outcome.value] for outcome in Outcome if outcome.value in found}
