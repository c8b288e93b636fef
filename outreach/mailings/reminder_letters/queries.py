"""Households of an event by where they stand towards the reminder letter, compiled from `standing.RULES`.

Facts about a household are those of mailings; here are added what became of its first letter and of its reminders.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, literal_column, or_, select

from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.mailings.mailing import Kind, outbox_kind
from outreach.mailings.recipients.queries import RECIPIENT, asks, facts
from outreach.mailings.recipients.wishes.queries import Wishes, wishes
from outreach.mailings.reminder_letters.standing import NOT_DUE, PAUSE, RULES, Standing
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS, REMINDER_WAVE, letter_purpose
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import OPEN, Reason, State
from outreach.people.models import Person
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import Rsvp

_LEFT = (State.HANDED_OVER.value, State.DELIVERED.value)


def counts(event_id: int, now: datetime) -> Counter[Standing]:
    """Return how many households of the event stand where; they add up to its invitations."""
    inner = _standing(event_id, now).subquery()
    wanted = select(inner.c.standing, func.count()).group_by(inner.c.standing).order_by(inner.c.standing)
    rows = db.session.execute(wanted, {"purpose": letter_purpose(event_id, REMINDER_WAVE)})
    return Counter({Standing(standing): number for standing, number in rows})


def to_queue(event_id: int, now: datetime) -> Select[Any]:
    """Return the SELECT of what `outbox.campaigns.service.queue_selected` takes, for the households that get it."""
    inner = _standing(event_id, now).subquery()
    return select(
        func.concat("invitation:", inner.c.id).label("recipient"),
        inner.c.language,
        func.concat('{"invitation_id": ', inner.c.id, "}").label("references_json"),
    ).where(inner.c.standing == Standing.GETS_IT.value)


def not_due(event_id: int, now: datetime) -> Mapping[int, Reason]:
    """Return why those of the event's invitations that need no reminder any more do not, by id; whoever is in the wave
    stands where they would without it."""
    inner = _standing(event_id, now).subquery()
    wanted = select(inner.c.id, inner.c.standing).where(inner.c.standing.in_([one.value for one in NOT_DUE]))
    rows = db.session.execute(wanted.order_by(inner.c.id), {"purpose": ""})
    return {id_: NOT_DUE[Standing(standing)] for id_, standing in rows}


def first_letters_on(event_id: int) -> datetime | None:
    """Return when the last of the event's first letters was handed over, or None."""
    mine = (OutboxMessage.event_id == event_id, OutboxMessage.kind == LETTER_KINDS[FIRST_WAVE])
    return db.session.scalar(select(func.max(OutboxMessage.handed_over_at_utc)).where(*mine))


def _standing(event_id: int, now: datetime) -> Select[Any]:
    """Select id, language and standing of the event's invitations; `purpose` is bound when it is run."""
    known = _facts(event_id, wishes(event_id, Kind.REMINDER), now)
    decided = case(
        *((known[name], literal(standing.value)) for standing, name in RULES), else_=literal(Standing.GETS_IT.value)
    )
    language = func.coalesce(Rsvp.language, Invitation.language).label("language")
    return (
        select(Invitation.id.label("id"), language, decided.label("standing"))
        .select_from(Invitation)
        .outerjoin(Rsvp, Rsvp.invitation_id == Invitation.id)
        .where(Invitation.event_id == event_id)
    )


def _facts(event_id: int, against: Wishes, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return the expression of each fact that `standing.RULES` names, over invitation and its answer."""
    known, lately = facts(Kind.REMINDER, against), OutboxMessage.handed_over_at_utc > now - PAUSE
    # Found by the unique index of purpose and recipient, whatever the planner knows of the table.
    first = OutboxMessage.purpose == letter_purpose(event_id, FIRST_WAVE)
    # As an expression, so that a household's few messages are found by the recipient and not, again and again, all of
    # the table by their state.
    state = OutboxMessage.state.concat(literal_column("''"))
    reminded = or_(state.in_([one.value for one in OPEN]), and_(state.in_(_LEFT), lately))
    return {
        **known,
        "is_held_back": asks(Person.is_held_back.is_(True)),
        "is_declined": and_(known["is_answered"], Rsvp.state == RsvpState.DECLINED.value),
        "is_returned": _has_message(first, OutboxMessage.state == State.BOUNCED.value),
        "is_not_sent": ~_has_message(first, OutboxMessage.state.in_(_LEFT)),
        "is_sent_lately": _has_message(first, lately),
        "is_reminded": _has_message(OutboxMessage.kind == outbox_kind(Kind.REMINDER), reminded),
    }


def _has_message(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say whether the invitation's household has a message for which `conditions` hold."""
    return exists().where(OutboxMessage.recipient == RECIPIENT, *conditions).correlate(Invitation)
