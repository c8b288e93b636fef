"""Takes in one answer from a calendar, exactly once, in the caller's transaction.

Its row goes in first, and two unique constraints decide between two readers. What it means is decided by
`judging`; what is done is what the household's own page does, with the same receipts.
"""

import hmac
from datetime import datetime
from enum import StrEnum
from typing import Any

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.database.sealed import key_ring
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation
from outreach.rsvp import queries as answers
from outreach.rsvp import service as rsvp
from outreach.rsvp.answer import Answer, Brought, PersonChoice, RsvpState
from outreach.rsvp.invitation_page import Household
from outreach.rsvp.models import Rsvp
from outreach.rsvp.replies import queries
from outreach.rsvp.replies.calendar_reply import BrokenReply, CalendarReply, Said
from outreach.rsvp.replies.judging import Act, Aside, Outcome, Stand, act_of, reason_against
from outreach.rsvp.replies.models import CalendarAnswer
from outreach.rsvp.standing import AnswersClosedError, EventFullError
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.queries import calendar_secret, facts_of_invitation
from outreach.tickets.ticket import ticket_of_uid
from outreach.web.headers import settings_of_app

# Whom a party brought, which the row holds from a no on.
_CAME = ("came_extra", "came_small", "came_teens", "came_adults")


class Taken(StrEnum):
    """What a message in the mailbox turned out to be; the keys of what `flask rsvp read-replies --json` prints."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    TENTATIVE = "tentative"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    SET_ASIDE = "set_aside"
    OTHER = "other"


def take(reply: CalendarReply | BrokenReply | None, *, now: datetime) -> Taken:
    """Do what `reply` says, once; say what it was. None is a mail that is no answer of a calendar."""
    if reply is None:
        return Taken.OTHER
    row = _noted(reply, now)
    if row is None:
        return Taken.REPEATED
    if isinstance(reply, BrokenReply):
        return _aside(row, Aside.BROKEN, now)
    row.said, row.sequence, row.stamped_at_utc = reply.said.value, reply.sequence, reply.stamped_at_utc
    named = ticket_of_uid(reply.uid, settings_of_app().public_url)
    row.event_id = queries.event_of_ticket(named[0]) if named else None
    if named is None or row.event_id is None:
        return _aside(row, Aside.UNKNOWN, now)
    if not hmac.compare_digest(calendar_secret(named[0]), named[1]):
        return _aside(row, Aside.FORGED, now)
    asked = queries.asked_by(named[0])
    return _judged(row, reply, *asked, now=now) if asked else _aside(row, Aside.GONE, now)


def settle(answer_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that staff are done with an answer that was set aside. Raises NotFoundError."""
    row = queries.to_settle(answer_id)
    if row.settled_at_utc is None:
        row.settled_at_utc = now
        record("calendar_answer.settle", subject_kind="calendar_answer", subject_id=row.id, actor=actor, now=now)


def _noted(reply: CalendarReply | BrokenReply, now: datetime) -> CalendarAnswer | None:
    """Insert the row of `reply`, set aside until something else is decided; None when it is known."""
    answer_key = reply.answer_key if isinstance(reply, CalendarReply) else ""
    if queries.is_known(reply.message_key, answer_key):
        return None
    row_id, hashed = new_id(), key_ring().keyed_hash
    values: dict[str, Any] = {
        "message_hash": hashed(queries.HASHED, reply.message_key),
        "answer_hash": hashed(queries.HASHED, answer_key) if answer_key else None,
        "outcome": Outcome.SET_ASIDE.value,
        "received_at_utc": now,
    }
    defaults = {"said": "", "reason": "", "came": "", **dict.fromkeys(_CAME, 0)}
    if not insert_if_free(CalendarAnswer, id=row_id, **defaults, **values):
        return None
    return db.session.get_one(CalendarAnswer, row_id)


def _judged(row: CalendarAnswer, reply: CalendarReply, invitation: Invitation, held: Rsvp, *, now: datetime) -> Taken:
    row.invitation_id = invitation.id
    seen = answers.locked(invitation.id)
    stood = seen.rsvp
    if stood is None:
        return _aside(row, Aside.GONE, now)
    reason = reason_against(reply, _stand(invitation, held, stood.state, now))
    if reason:
        return _aside(row, reason, now)
    try:
        outcome = _done(row, act_of(reply.said, stood.state), invitation, seen, now)
    except AnswersClosedError:
        return _aside(row, Aside.CLOSED, now)
    return _aside(row, Aside.NO_PARTY, now) if outcome is None else _counted(row, outcome, reply.said, now)


def _stand(invitation: Invitation, held: Rsvp, state: str, now: datetime) -> Stand:
    event = invitation.event
    return Stand(
        is_active=invitation.state == State.ACTIVE,
        email=held.email or "",
        event_state=event.state,
        has_begun=event.starts_at_utc <= now,
        sequence=_sequence(invitation.id),
        state=state,
        earlier=queries.last_counted(invitation.id),
    )


def _done(row: CalendarAnswer, act: Act, invitation: Invitation, seen: Household, now: datetime) -> Outcome | None:
    """Do `act`; None when it is not known who would come. Raises AnswersClosedError."""
    assert seen.rsvp is not None
    language = answers.language_of(seen.rsvp.id)
    if act is Act.CANCEL:
        row.came = " ".join(str(guest.position) for guest in seen.guests if guest.is_coming)
        _keep_brought(row, seen.rsvp.brought)
        rsvp.cancel(invitation, now, language=language)
    elif act is Act.LEAVE_QUEUE:
        taking.leave_queue(invitation, now=now, language=language)
    elif act is Act.COME_AGAIN:
        given = _as_before(invitation, seen)
        return _come_again(invitation, given, now, language) if given else None
    return Outcome.KEPT if act is Act.NOTHING else Outcome.TAKEN


def _as_before(invitation: Invitation, seen: Household) -> Answer | None:
    """Return the answer that a no from the calendar took back; None when there was none such."""
    no = queries.last_no(invitation.id)
    if no is None or seen.rsvp is None:
        return None
    came = {int(position) for position in no.came.split()}
    choices = tuple(PersonChoice(guest.invitee_id, guest.position, guest.position in came) for guest in seen.guests)
    email = answers.stored_answer(seen.rsvp, seen.guests).email
    given = Answer(choices=choices, brought=_brought(no), email=email)
    return given if given.persons else None


def _keep_brought(row: CalendarAnswer, brought: Brought) -> None:
    row.came_extra, row.came_adults = brought.children, brought.adults
    row.came_small, row.came_teens = brought.small, brought.teens


def _brought(row: CalendarAnswer) -> Brought:
    school = row.came_extra - row.came_small - row.came_teens
    return Brought(small=row.came_small, school=school, teens=row.came_teens, adults=row.came_adults)


def _come_again(invitation: Invitation, given: Answer, now: datetime, language: str) -> Outcome:
    try:
        with db.session.begin_nested():
            # Asked for, so that the savepoint is set before statements that go past the session.
            db.session.connection()
            rsvp.answer(invitation, given, now=now, language=language)
        return Outcome.TAKEN
    except EventFullError:
        state = taking.wait(invitation, given, now=now, language=language).state
        return Outcome.WAITLISTED if state is RsvpState.WAITLISTED else Outcome.TAKEN


def _counted(row: CalendarAnswer, outcome: Outcome, said: Said, now: datetime) -> Taken:
    row.outcome, row.reason = outcome.value, ""
    assert row.invitation_id is not None
    row.sequence_after = _sequence(row.invitation_id)
    _record(row, now)
    if outcome is Outcome.WAITLISTED:
        return Taken.WAITLISTED
    if outcome is Outcome.TAKEN or said is Said.TENTATIVE:
        return Taken(said.value)
    return Taken.UNCHANGED


def _aside(row: CalendarAnswer, reason: Aside, now: datetime) -> Taken:
    row.outcome, row.reason = Outcome.SET_ASIDE.value, reason.value
    _record(row, now)
    return Taken.SET_ASIDE


def _record(row: CalendarAnswer, now: datetime) -> None:
    db.session.flush()
    record(
        "calendar_answer.take",
        subject_kind="calendar_answer",
        subject_id=row.id,
        actor=GUEST,
        now=now,
        outcome=row.outcome,
        reason=row.reason,
    )


def _sequence(invitation_id: int) -> int:
    db.session.flush()
    facts = facts_of_invitation(invitation_id)
    assert facts is not None, "the ticket named the invitation"
    return facts.sequence
