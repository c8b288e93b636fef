"""What sign-ups without an invitation hold on people: shown to themselves, erased when they ask or their time is over.

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
from outreach.invitations import queries as invitations
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.erasure import erase_messages, export_messages
from outreach.outbox import service as outbox
from outreach.outbox.states import Reason
from outreach.rsvp import queries as answers
from outreach.rsvp import service as answering
from outreach.rsvp.answer import recipient as answer_recipient
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from outreach.rsvp.open_sign_up import queries, service
from outreach.rsvp.open_sign_up.models import OpenParty, OpenRequest
from outreach.rsvp.own_questions import erasure as own_questions
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.standing import AnswersClosedError
from outreach.rsvp.waitlist.erasure import export_of_invitations as export_waiting
from outreach.tickets.erasure import export_of_invitations as export_tickets

_PORTION = 500


def export(invitation: Invitation) -> dict[str, Any]:
    """Return everything that is held on a party that signed up itself (GDPR art. 15)."""
    rsvp = _rsvp_of(invitation.id)
    guests = answers.guests(invitation.id)
    told: dict[str, Any] = {
        "event": invitation.event.title,
        "signed_up_at": invitation.created_at_utc.isoformat(),
        "names": [guest.first_name for guest in guests],
        "waiting": export_waiting([invitation.id]),
        "tickets": export_tickets([invitation.id]),
    }
    if rsvp is None:
        return told
    return told | {
        "answer": rsvp.state,
        "persons": rsvp.persons,
        "extra_children": rsvp.extra_children,
        "extra_adults": rsvp.extra_adults,
        "language": rsvp.language,
        "changed_at": rsvp.changed_at_utc.isoformat(),
        "email": rsvp.email,
        "mobile": rsvp.mobile,
        "needs": [{"need": need.kind, "words": need.text} for need in rsvp.needs],
        "replies": own_questions.exported(rsvp.id, None),
        "replies_of_persons": [own_questions.exported(rsvp.id, guest.invitee_id) for guest in guests],
        "messages": export_messages([answer_recipient(rsvp.id)]),
    }


def erase_own(invitation: Invitation, *, now: datetime) -> None:
    """Cancel, if that can still be done, and erase who the party is; the log keeps a number that points at nobody."""
    invitations.hold(invitation.id)
    rsvp = _rsvp_of(invitation.id)
    if rsvp is not None:
        _cancel(invitation, now)
        _erase_answer(rsvp)
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


def _cancel(invitation: Invitation, now: datetime) -> None:
    try:
        answering.decline(invitation, now=now)
    except AnswersClosedError:
        return


def _erase_answer(rsvp: Rsvp) -> None:
    to = answer_recipient(rsvp.id)
    outbox.withhold(recipient=to, reason=Reason.ERASED)
    erase_messages([to])
    for table in (Need, QuestionReply, PersonAnswer):
        _run(delete(table).where(table.rsvp_id == rsvp.id))
    _run(update(Rsvp).where(Rsvp.id == rsvp.id).values(email_sealed=None, mobile_sealed=None))


def _rsvp_of(invitation_id: int) -> Rsvp | None:
    found: Rsvp | None = db.session.scalar(select(Rsvp).where(Rsvp.invitation_id == invitation_id))
    return found


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
