"""What invitations hold on a person: a place in one. Erased with the event's people, or with the person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from outreach.database import db
from outreach.invitations import queries, service
from outreach.invitations.invitation import State
from outreach.invitations.letters.making import erasure as making_erasure
from outreach.invitations.letters.returning import erasure as returning_erasure
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox import service as outbox
from outreach.outbox.message import invitation_recipient
from outreach.outbox.states import Reason


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase who was asked to the event. The empty invitations stay, so that their codes answer "erased" and counts
    add up; they name no household any more. Returns the number of rows erased."""
    mine = Invitation.event_id == event_id
    returned = returning_erasure.erase_event_people(event_id)
    making_erasure.erase_event_people(event_id)
    erased = _count(delete(Invitee).where(Invitee.event_id == event_id))
    _count(update(Invitation).where(mine).values(state=State.ERASED.value, household_id=None, lives_in=""))
    db.session.expire_all()
    return {"invitee": erased, **returned}


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Take `person_ids` out of every invitation; one with nobody left is erased and its unsent letter stopped."""
    touched = queries.with_persons(person_ids)
    erased = service.take_out(person_ids, touched, then=State.ERASED)
    returned = returning_erasure.erase_of_invitations(touched)
    gone = queries.erased_among(touched)
    if gone:
        outbox.withhold(recipients=map(invitation_recipient, gone), reason=Reason.ERASED)
    making_erasure.drop_files_with(touched)
    return {"invitee": erased, **returned}


def export_persons(person_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the invitations that any of the persons is in, with the event, and nothing of the others in them."""
    wanted = (
        select(Invitation, Invitee.position)
        .join(Invitee, Invitee.invitation_id == Invitation.id)
        .where(Invitee.person_id.in_(person_ids))
        .order_by(Invitation.created_at_utc, Invitation.id)
    )
    return [
        {
            "event": invitation.event.title,
            "invited_at": invitation.created_at_utc.isoformat(),
            "invitation_state": invitation.state,
            "position_in_letter": position,
            # Of several whom one letter asks nobody said which.
            "said_at_home_to_live_in": invitation.lives_in if len(invitation.invitees) == 1 else "",
            "letters_returned": returning_erasure.export_of_invitation(invitation.id),
        }
        for invitation, position in db.session.execute(wanted)
    ]


def _count(statement: Any) -> int:
    result: Any = db.session.execute(statement)
    return int(result.rowcount)
