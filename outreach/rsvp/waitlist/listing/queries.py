"""One event's waiting list for staff: who, how many, where they stand and why, and who must be called.

Names are opened for one page of the list at a time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.invitations.listing.queries import recipient_words
from outreach.messages.recipients import RecipientWords
from outreach.outbox.models import OutboxMessage
from outreach.rsvp.models import Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offering.service import KIND
from outreach.rsvp.waitlist.place_words import NOT_TOLD
from outreach.rsvp.waitlist.queries import waiting_parties
from outreach.rsvp.waitlist.queue_order import PlaceState

PAGE_SIZE = 50
# Offers first, for they run out; then the queue; then what is settled.
_ORDER = case(
    {PlaceState.OFFERED.value: 0, PlaceState.WAITING.value: 1, PlaceState.EXPIRED.value: 2},
    value=WaitPlace.state,
    else_=3,
)
_NOBODY = RecipientWords("", "")


@dataclass(frozen=True)
class ListedPlace:
    """One line. `turn`: its number in the queue now, 0 when it does not wait. `who`, `freed_by`: names, "" when erased.

    `message_state`: of the offer's message, "" without one; `mobile`: where to call.
    """

    place: WaitPlace
    turn: int
    who: RecipientWords
    freed_by: str
    message_state: str
    mobile: str

    @property
    def must_be_called(self) -> bool:
        """Say whether the household has an open offer that no message tells of."""
        is_told = self.place.told_by != "phone" and self.message_state not in NOT_TOLD
        return self.place.state == PlaceState.OFFERED and not is_told


def listed(event_id: int, *, page: int) -> tuple[list[ListedPlace], int]:
    """Return one page of an event's waiting list, offers first, and how many lines there are in all."""
    mine = WaitPlace.event_id == event_id
    query = select(WaitPlace).where(mine).order_by(_ORDER, WaitPlace.number)
    rows = db.session.scalars(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return _lines(rows), db.session.scalar(select(func.count()).where(mine)) or 0


def one(event_id: int, invitation_id: int) -> ListedPlace:
    """Return one line of an event's waiting list. Raises NotFoundError, also for a place at another event."""
    query = select(WaitPlace).where(WaitPlace.event_id == event_id, WaitPlace.invitation_id == invitation_id)
    lines = _lines(db.session.scalars(query.order_by(WaitPlace.id)).all())
    if not lines:
        raise NotFoundError(N_("Husstanden står ikke på ventelista."))
    return lines[0]


def _lines(rows: Sequence[WaitPlace]) -> list[ListedPlace]:
    names = recipient_words({row.invitation_id for row in rows} | {row.freed_by_id for row in rows if row.freed_by_id})
    states, mobiles = _message_states(rows), _mobiles([row.invitation_id for row in rows])
    return [
        ListedPlace(
            place=row,
            turn=_turn(row),
            who=names.get(row.invitation_id, _NOBODY),
            freed_by=names.get(row.freed_by_id or 0, _NOBODY).name,
            message_state=states.get(_purpose(row), ""),
            mobile=mobiles.get(row.invitation_id, ""),
        )
        for row in rows
    ]


def _turn(row: WaitPlace) -> int:
    if row.state != PlaceState.WAITING:
        return 0
    return 1 + waiting_parties(row.event_id, before=row.number)


def _purpose(row: WaitPlace) -> str:
    return f"{KIND}:{row.id}:{row.offers}"


def _message_states(rows: Sequence[WaitPlace]) -> dict[str, Any]:
    query = select(OutboxMessage.purpose, OutboxMessage.state).where(
        OutboxMessage.purpose.in_([_purpose(row) for row in rows])
    )
    return dict(db.session.execute(query.order_by(OutboxMessage.id)).all())


def _mobiles(invitation_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id.in_(invitation_ids)).order_by(Rsvp.id))
    return {row.invitation_id: row.mobile or "" for row in rows}
