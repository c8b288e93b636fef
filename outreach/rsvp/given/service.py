"""What a household has given us by its answer: told to who has its code, and erased when it asks."""

from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, select, update

from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.messages.erasure import erase_messages, export_messages
from outreach.outbox import service as outbox
from outreach.outbox.message import invitation_recipient
from outreach.outbox.states import Reason
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import recipient as answer_recipient
from outreach.rsvp.invitation_page import brought_of, extra_columns
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from outreach.rsvp.own_questions import erasure as own_questions
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.replies import erasure as replies
from outreach.rsvp.standing import AnswersClosedError
from outreach.rsvp.waitlist.erasure import export_of_invitations as export_waiting
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.erasure import export_of_invitations as export_tickets


def given(invitation: Invitation) -> dict[str, Any]:
    """Return everything that a household has answered, and what came of it."""
    rsvp = _rsvp_of(invitation.id)
    guests = answers.guests(invitation.id)
    to = [invitation_recipient(invitation.id), *([answer_recipient(rsvp.id)] if rsvp else [])]
    told: dict[str, Any] = {
        "event": invitation.event.title,
        **({"signed_up_at": invitation.created_at_utc.isoformat()} if invitation.is_signed_up else {}),
        "names": [guest.first_name for guest in guests],
        "waiting": export_waiting([invitation.id]),
        "tickets": export_tickets([invitation.id]),
        "messages": export_messages(to),
    }
    if rsvp is None:
        return told
    return told | {
        "answer": rsvp.state,
        "coming": [guest.first_name for guest in guests if guest.is_coming],
        "not_coming": [guest.first_name for guest in guests if guest.is_coming is False],
        "persons": rsvp.persons,
        **extra_columns(brought_of(rsvp)),
        "language": rsvp.language,
        "changed_at": rsvp.changed_at_utc.isoformat(),
        "email": rsvp.email,
        "mobile": rsvp.mobile,
        "needs": [{"need": need.kind, "words": need.text, "person": need.position} for need in rsvp.needs],
        "replies": own_questions.exported(rsvp.id, None),
        "replies_of_persons": [own_questions.exported(rsvp.id, guest.invitee_id) for guest in guests],
        "answers_from_calendar": replies.export_party(invitation.id),
    }


def cancel_and_erase(invitation: Invitation, *, now: datetime) -> None:
    """Cancel, if that can still be done, and erase the answer to an `invitation` that is held; who waits can leave the
    queue until the event begins. Seats that can no longer be given back stay, as a number."""
    rsvp = _rsvp_of(invitation.id)
    if rsvp is None:
        return
    with suppress(AnswersClosedError):
        taking.leave_queue(invitation, now=now)
    to = answer_recipient(rsvp.id)
    outbox.withhold(recipient=to, reason=Reason.ERASED)
    erase_messages([to])
    replies.forget_party([rsvp.id])
    for table in (Need, QuestionReply, PersonAnswer):
        _run(delete(table).where(table.rsvp_id == rsvp.id))
    _run(update(Rsvp).where(Rsvp.id == rsvp.id).values(email_sealed=None, mobile_sealed=None))


def _rsvp_of(invitation_id: int) -> Rsvp | None:
    found: Rsvp | None = db.session.scalar(select(Rsvp).where(Rsvp.invitation_id == invitation_id))
    return found


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
