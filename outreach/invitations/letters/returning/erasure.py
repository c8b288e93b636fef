"""What is held on letters that came back: gone with the event's people, and before that with the household."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, select, update

from outreach.database import db
from outreach.invitations.invitation import State
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.models import Invitation
from outreach.people.postal_address import PostalAddress

_PORTION = 500


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase every returned letter of the event; return the number of rows. The figure stays with the event's."""
    return {ReturnedLetter.__tablename__: _run(delete(ReturnedLetter).where(ReturnedLetter.event_id == event_id))}


def erase_of_invitations(invitation_ids: Sequence[int]) -> dict[str, int]:
    """Forget typed addresses of the invitations, and the whole row where nobody is asked any more; return rows gone."""
    erased = 0
    for start in range(0, len(invitation_ids), _PORTION):
        part = invitation_ids[start : start + _PORTION]
        mine = ReturnedLetter.invitation_id.in_(part)
        left = select(Invitation.id).where(Invitation.id.in_(part), Invitation.state != State.ACTIVE.value)
        erased += _run(delete(ReturnedLetter).where(ReturnedLetter.invitation_id.in_(left)))
        _run(update(ReturnedLetter).where(mine).values(address_sealed=None))
    return {ReturnedLetter.__tablename__: erased}


def export_of_invitation(invitation_id: int) -> list[dict[str, Any]]:
    """Return what is held on letters of the invitation that came back, the oldest first."""
    wanted = select(ReturnedLetter).where(ReturnedLetter.invitation_id == invitation_id)
    return [
        {
            "returned_at": row.returned_at_utc.isoformat(),
            "return_reason": row.reason,
            "outcome": row.outcome,
            "typed_address": ", ".join(PostalAddress.from_json(row.address).letter_lines()) if row.address else None,
        }
        for row in db.session.scalars(wanted.order_by(ReturnedLetter.returned_at_utc, ReturnedLetter.id))
    ]


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount
