"""Use cases of the front desk: answer for a household, send or replace its ticket, note what was said. Never commits.

The rules are those of the household's own pages, and the same statements store the answer. Two things differ: who acts
stands in the audit trail, and after the last day for answers one is taken until the event begins, with a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.invitations import queries as invitations
from outreach.invitations.models import Invitation
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import Answer, RsvpState, everybody_declines, recipient
from outreach.rsvp.desk import queries
from outreach.rsvp.desk.desk import (
    LateReason,
    LateReasonNeededError,
    NoAddressError,
    NoSmsError,
    NoTicketError,
    Taken,
    Way,
    answers_are,
)
from outreach.rsvp.desk.models import DeskNote
from outreach.rsvp.standing import AnswersClosedError
from outreach.rsvp.storing.service import Answering, Outcome, stored
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets import service as tickets
from outreach.tickets.queries import valid_of_invitation
from outreach.web.headers import settings_of_app

SMS_KIND = "ticket_sms"
_KINDS = {Channel.EMAIL: "rsvp_confirmation", Channel.SMS: SMS_KIND}
_ACTS: dict[str, Callable[..., Outcome]] = {
    "accept": taking.take_offer,
    "again": taking.wait_again,
    "leave": taking.leave_queue,
}


@dataclass(frozen=True)
class Acting:
    """Who answers for a household, when, in which language it reads, and why after the last day, if it is after it."""

    actor: Actor
    now: datetime
    language: str = "nb"
    late: LateReason | None = None


def answer(asked: Invitation, given: Answer, *, by: Acting, waits: bool = False) -> Outcome:
    """Store `given` as the household's answer; `waits`: it goes by the waiting list.

    Raises LateReasonNeededError, and as `rsvp.service.answer`.
    """
    _allow(asked, by)
    seen = answers.locked(asked.id)
    return stored(Answering(asked, given, by.now, by.language, is_refused=waits, actor=by.actor), seen)


def decline(asked: Invitation, *, by: Acting) -> Outcome:
    """Store that nobody of the household comes, or takes a yes back. Raises as `answer`."""
    _allow(asked, by)
    seen = answers.locked(asked.id)
    return stored(Answering(asked, everybody_declines(seen.guests), by.now, by.language, actor=by.actor), seen)


def change_place(asked: Invitation, act: str, *, by: Acting) -> Outcome:
    """Take an offer for the household ("accept"), wait again ("again") or leave the queue ("leave").

    Raises NotFoundError for another act, OfferGoneError or AnswersClosedError.
    """
    if act not in _ACTS:
        raise NotFoundError
    return _ACTS[act](asked, now=by.now, language=by.language, actor=by.actor)


def send_ticket(asked: Invitation, channel: Channel, address: str | None, *, number: int, by: Acting) -> bool:
    """Send the household's ticket to `address`, which becomes theirs; say whether it was queued.

    `number`: how often the page said that it was sent before; the same number twice sends once. Raises NoAddressError,
    NoTicketError, NoSmsError, or InvitationGoneError for an invitation that is not in force.
    """
    if channel is Channel.SMS and not settings_of_app().is_sms_set_up:
        raise NoSmsError
    if not address:
        raise NoAddressError
    invitations.hold_active(asked.id)
    rsvp = queries.rsvp_of(asked.id)
    if rsvp is None or valid_of_invitation(asked.id) is None or rsvp.state != RsvpState.ATTENDING:
        raise NoTicketError
    if channel is Channel.EMAIL:
        rsvp.email = address
    else:
        rsvp.mobile = address
    db.session.flush()
    message = NewMessage(
        purpose=f"ticket:{rsvp.id}:{number + 1}",
        recipient=recipient(rsvp.id),
        channel=channel,
        kind=_KINDS[channel],
        language=rsvp.language,
        references={"rsvp_id": rsvp.id, "revision": rsvp.revision},
        event_id=asked.event_id,
    )
    is_new = bool(queue([message], by.now))
    record("desk.ticket", subject_kind="rsvp", subject_id=rsvp.id, actor=by.actor, now=by.now, channel=channel.value)
    return is_new


def replace_ticket(asked: Invitation, *, seen: int, by: Acting) -> None:
    """Give the household's ticket a new code instead of that of generation `seen`.

    Raises NoTicketError, or InvitationGoneError for an invitation that is not in force.
    """
    invitations.hold_active(asked.id)
    ticket = valid_of_invitation(asked.id)
    if ticket is None:
        raise NoTicketError
    tickets.replace(ticket.ticket_id, seen=seen, actor=by.actor, now=by.now)


def note(asked: Invitation, text: str, way: Way, *, by: Acting) -> None:
    """Keep what was said. `text`: as `desk.kept_note` gives it. Raises InvitationGoneError for one not in force."""
    invitations.hold_active(asked.id)
    row = DeskNote(
        event_id=asked.event_id,
        invitation_id=asked.id,
        noted_at_utc=by.now,
        noted_by_id=by.actor.id,
        way=way.value,
        text=text,
    )
    db.session.add(row)
    db.session.flush()
    _record("desk.note", asked, by, way=way.value)


def note_look(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one household at the desk."""
    record("desk.look", subject_kind="invitation", subject_id=invitation_id, actor=actor, now=now)


def note_search(found: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` searched, with how many were found and not for what."""
    record("desk.search", subject_kind="invitation", actor=actor, now=now, found=found)


def note_print(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` printed a household's ticket."""
    record("desk.print", subject_kind="invitation", subject_id=invitation_id, actor=actor, now=now)


def _allow(asked: Invitation, by: Acting) -> None:
    taken = answers_are(asked.event, now=by.now, today=by.now.astimezone(OSLO).date())
    if taken is Taken.CLOSED:
        raise AnswersClosedError
    if taken is Taken.OPEN:
        return
    if by.late is None:
        raise LateReasonNeededError
    _record("desk.late", asked, by, reason=by.late.value)


def _record(act: str, asked: Invitation, by: Acting, **details: str) -> None:
    record(act, subject_kind="invitation", subject_id=asked.id, actor=by.actor, now=by.now, **details)
