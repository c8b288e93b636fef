"""What sign-ups without an invitation hold on people: erased when they ask or their time is over.

The register does not know who they are, so nobody is found here by it: the party's own link is the way to what is
held, and to its erasure. Seats stay as a number when the time for cancelling is over, as everybody's do.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, select, update

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.database import db
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.erasure import erase_messages
from outreach.rsvp.given.service import cancel_and_erase
from outreach.rsvp.open_sign_up import queries, service
from outreach.rsvp.open_sign_up.models import OpenParty, OpenRequest

_PORTION = 500


def erase_own(invitation: Invitation, *, now: datetime) -> None:
    """Cancel, if that can still be done, and erase who the party is; the log keeps a number that points at nobody.

    The invitation is held.
    """
    cancel_and_erase(invitation, now=now)
    party = select(OpenParty.contact_hash).where(OpenParty.invitation_id == invitation.id)
    hashes = list(db.session.scalars(party.order_by(OpenParty.id)))
    erase_requests(queries.request_ids_of(invitation.event_id, hashes))
    _run(delete(OpenParty).where(OpenParty.invitation_id == invitation.id))
    _run(delete(Invitee).where(Invitee.invitation_id == invitation.id))
    _run(update(Invitation).where(Invitation.id == invitation.id).values(state=State.ERASED.value))
    record("open_sign_up.erase", subject_kind="invitation", subject_id=invitation.id, actor=GUEST, now=now)


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete what waits to be confirmed for an event, and which address each party has; return rows by table."""
    return {
        OpenRequest.__tablename__: _run(delete(OpenRequest).where(OpenRequest.event_id == event_id)),
        OpenParty.__tablename__: _run(delete(OpenParty).where(OpenParty.event_id == event_id)),
    }


def count_due(now: datetime) -> int:
    """Return how many sign-ups nobody confirmed in time."""
    return len(queries.ids_unconfirmed(now))


def erase_due(now: datetime) -> dict[str, int]:
    """Erase the sign-ups that nobody confirmed in time, and the messages to them; return rows erased by table."""
    return erase_requests(queries.ids_unconfirmed(now))


def erase_requests(ids: Sequence[int]) -> dict[str, int]:
    """Erase these sign-ups that wait, and the messages to them; return rows erased by table."""
    if not ids:
        return {}
    messages = erase_messages([service.recipient(one) for one in ids])
    parts = (ids[at : at + _PORTION] for at in range(0, len(ids), _PORTION))
    erased = sum(_run(delete(OpenRequest).where(OpenRequest.id.in_(part))) for part in parts)
    return {OpenRequest.__tablename__: erased, **messages}


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
