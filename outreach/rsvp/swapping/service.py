"""Moves a household from one event of a series to another, in one transaction.

The invitation itself moves, with answer, ticket and letters, so that every count of an event stays a count of its own.
Both counters are locked first, in the order of their ids. The seats there are taken before those here are let go; when
they do not fit nothing has happened. A household that waits leaves one queue for the end of the other. Before and after
that it is announced, for what is about the event and not about the household.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, literal, select, update

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.database import db
from outreach.database.downward import announce
from outreach.events.models import Event
from outreach.invitations.invitation import Asked
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.message import LETTER_KINDS, invitation_recipient, letter_purpose
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import queries
from outreach.rsvp.answer import NOBODY, Answer, RsvpState
from outreach.rsvp.answer import choices as given_choices
from outreach.rsvp.invitation_page import Household
from outreach.rsvp.models import Rsvp
from outreach.rsvp.open_sign_up.models import OpenParty
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.seats import service as seats
from outreach.rsvp.seats.seat_kinds import NO_SEATS, Seats
from outreach.rsvp.standing import EventFullError
from outreach.rsvp.storing.service import Answering, Outcome, conclude, hold, seated
from outreach.rsvp.swapping.choosing import (
    AskedThereError,
    Choice,
    NoRoomThereError,
    next_version,
    require_free_to_go,
    target_of,
)
from outreach.rsvp.swapping.queries import choices, is_asked_there, lock_counters
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offering.service import Freed
from outreach.rsvp.waitlist.queue_order import Why
from outreach.tickets.models import Ticket


@dataclass(frozen=True)
class _Moved:
    """The invitation where it is now."""

    id: int
    event_id: int
    event: Event


@dataclass(frozen=True)
class _Move:
    """A household, as it was read under its lock, that moves from `own` to `target`."""

    invitation: Asked
    household: Household
    own: Choice
    target: Choice
    now: datetime
    language: str
    actor: Actor

    @property
    def moved(self) -> _Moved:
        event = db.session.get_one(Event, self.target.event_id)
        return _Moved(self.invitation.id, self.target.event_id, event)


def swap(
    invitation: Asked, event_id: int, *, now: datetime, language: str = "nb", actor: Actor = GUEST
) -> RsvpState | None:
    """Move the household to `event_id`; return where its answer stands then, None without an answer. Twice is as once.

    Raises NoSuchChoiceError, AskedThereError, AnswersClosedError, NoRoomThereError, and as `storing.hold` when the
    household moved or was taken out in the same moment; then nothing has changed.
    """
    hold(invitation)
    today = now.astimezone(OSLO).date()
    found = choices(invitation.event_id)
    own, target = (target_of(found, wanted, today) for wanted in (invitation.event_id, event_id))
    household = queries.locked(invitation.id)
    stood = household.rsvp
    if own is target:
        return RsvpState(stood.state) if stood else None
    require_free_to_go(own, stood.state if stood else None, today)
    for counted in sorted((own.event_id, target.event_id)):
        seats.make_counter(counted)
    lock_counters((own.event_id, target.event_id))
    if is_asked_there(invitation.id, event_id):  # under the lock: another invitation of theirs may have moved there
        raise AskedThereError
    told = {"invitation_id": invitation.id, "left": own.event_id, "joined": target.event_id, "now": now}
    announce("household_leaves", **told)
    state = _moved(_Move(invitation, household, own, target, now, language, actor))
    announce("household_arrives", **told)
    record(
        "rsvp.swap",
        subject_kind="invitation",
        subject_id=invitation.id,
        actor=actor,
        now=now,
        left=own.event_id,
        joined=target.event_id,
    )
    return state


def _moved(move: _Move) -> RsvpState | None:
    stood = move.household.rsvp
    if stood is None or stood.state not in (RsvpState.ATTENDING, RsvpState.WAITLISTED):
        _move_rows(move)
        return RsvpState(stood.state) if stood else None
    outcome = Outcome(stood.id, RsvpState(stood.state), stood.persons, stood.revision + 1)
    with_rows = _with_seats if outcome.state is RsvpState.ATTENDING else _with_place
    outcome = with_rows(move, outcome, stood.seats)
    _conclude(move, outcome, has_email=stood.has_email)
    return outcome.state


def _with_seats(move: _Move, outcome: Outcome, held: Seats) -> Outcome:
    has_waiting = _change_seats(move, held)
    _move_rows(move)
    if has_waiting:
        waitlist.pass_on(move.own.event_id, Freed(Why.CANCELLED, move.invitation.id), move.now)
    return outcome


def _with_place(move: _Move, outcome: Outcome, wanted: Seats) -> Outcome:
    """Leave one queue for the end of the other, or for seats there."""
    waitlist.leave(move.own.event_id, move.invitation.id, move.now)
    _move_rows(move)
    entered = waitlist.enter(move.target.event_id, move.invitation.id, wanted, move.now)
    outcome = replace(outcome, number=entered.number)
    return seated(outcome, move.now) if entered.is_seated else outcome


def _change_seats(move: _Move, held: Seats) -> bool:
    """Take the seats there, then let those here go; say whether somebody waits for these. Raises NoRoomThereError."""
    try:
        seats.take(move.target.event_id, held)
    except EventFullError as full:
        raise NoRoomThereError from full
    return seats.take(move.own.event_id, NO_SEATS - held)


def _move_rows(move: _Move) -> None:
    """Give the rows of the household the new event. A place in a queue stays behind: the other queue has its own; so do
    replies to what the event it leaves asks."""
    there, invitation_id, now = move.target.event_id, move.invitation.id, move.now
    rise = next_version(move.own, move.target)
    for statement in (
        delete(WaitPlace).where(WaitPlace.invitation_id == invitation_id),
        delete(QuestionReply).where(
            QuestionReply.rsvp_id.in_(select(Rsvp.id).where(Rsvp.invitation_id == invitation_id))
        ),
        update(OpenParty).where(OpenParty.invitation_id == invitation_id).values(event_id=there),
        update(Invitation).where(Invitation.id == invitation_id).values(event_id=there),
        update(Invitee).where(Invitee.invitation_id == invitation_id).values(event_id=there),
        update(Rsvp)
        .where(Rsvp.invitation_id == invitation_id)
        .values(event_id=there, revision=Rsvp.revision + 1, changed_at_utc=now),
        update(Ticket)
        .where(Ticket.invitation_id == invitation_id)
        .values(event_id=there, version=Ticket.version + rise, changed_at_utc=now),
        update(OutboxMessage)
        .where(OutboxMessage.recipient == invitation_recipient(invitation_id))
        .values(event_id=there, purpose=_purpose_there(there)),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expire_all()


def _purpose_there(event_id: int) -> ColumnElement[str]:
    """Return the purpose of a message of the household at `event_id`: that of its letters says which event they ask
    to, so that nobody is reminded by letter twice, and a letter that waits stops with the event."""
    letters = [
        (OutboxMessage.kind == kind, literal(letter_purpose(event_id, wave))) for wave, kind in LETTER_KINDS.items()
    ]
    return case(*letters, else_=OutboxMessage.purpose)


def _conclude(move: _Move, outcome: Outcome, *, has_email: bool) -> None:
    """Bring ticket, audit trail and e-mail in line with where the household is now."""
    stood = move.household.rsvp
    given = Answer(given_choices(move.household.guests), brought=stood.brought if stood else NOBODY)
    asked = Answering(move.moved, given, move.now, move.language, actor=move.actor)
    conclude(asked, outcome, has_email=has_email)
