"""Use cases of letters that came back: register, undo, reached by hand, a new letter. Never commits.

The letter's outbox row decides a race: it goes from sent to "bounced" once, by a condition. A household that has
answered keeps its answer. A new letter is a person's own act, and the row is then printed like any other that waits.
"""

from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.invitations.invitation import State as InvitationState
from outreach.invitations.letters.faults import LettersTooLateError
from outreach.invitations.letters.returning import queries
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.returned import (
    AlreadyDecidedError,
    AlreadyReturnedError,
    Outcome,
    ReturnReason,
    first_outcome,
    may_undo,
    require_sent,
)
from outreach.invitations.letters.returning.scanned import letter_code
from outreach.invitations.queries import by_code
from outreach.outbox.afterwards import service as outbox
from outreach.outbox.states import Reason, State
from outreach.people.postal_address import PostalAddress


@dataclass(frozen=True)
class Registered:
    """What was registered: the row, and the event it belongs to."""

    row: ReturnedLetter
    event: Event


def register(typed: str, *, reason: ReturnReason, actor: Actor, now: datetime) -> Registered:
    """Note that the letter with the code `typed` came back, and whether somebody must reach the household.

    Raises what `scanned.letter_code` and `returned.require_sent` raise, and UnknownCodeError.
    """
    invitation = by_code(letter_code(typed).text)
    letter = queries.letter_for_update(invitation.id)
    was = State(letter.state) if letter else None
    require_sent(was)
    assert letter is not None
    assert was is not None
    if not outbox.change_state(letter.id, was=was, then=State.BOUNCED):
        raise AlreadyReturnedError
    has_answered = bool(queries.answered_among([invitation.id]))
    row = ReturnedLetter(
        event_id=invitation.event_id,
        invitation_id=invitation.id,
        message_id=letter.id,
        reason=reason.value,
        was_state=was.value,
        returned_at_utc=now,
        returned_by_id=actor.id,
        outcome=first_outcome(InvitationState(invitation.state), has_answered=has_answered).value,
    )
    db.session.add(row)
    db.session.flush()
    _note("letter.return", row, actor=actor, now=now)
    return Registered(row, invitation.event)


def undo(returned_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a registration back as if it had not been. Raises NotFoundError or AlreadyDecidedError."""
    row = queries.by_id(returned_id)
    if not may_undo(Outcome(row.outcome)):
        raise AlreadyDecidedError
    if not outbox.change_state(row.message_id, was=State.BOUNCED, then=State(row.was_state)):
        raise AlreadyDecidedError
    _note("letter.return_undone", row, actor=actor, now=now)
    db.session.delete(row)
    db.session.flush()


def reach(returned_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that somebody reached the household in another way. Raises NotFoundError or AlreadyDecidedError."""
    _decide(queries.by_id(returned_id), Outcome.REACHED, actor=actor, now=now)
    _note("letter.reached", queries.by_id(returned_id), actor=actor, now=now)


def send_again(returned_id: int, event: Event, address: PostalAddress, *, actor: Actor, now: datetime) -> None:
    """Put the letter back among those that wait, to `address` instead of the register's.

    Raises NotFoundError, AlreadyDecidedError or LettersTooLateError.
    """
    if event.state == EventState.CANCELLED or event.ends_at_utc <= now:
        raise LettersTooLateError
    row = queries.by_id(returned_id)
    _decide(row, Outcome.AGAIN, actor=actor, now=now)
    if not outbox.change_state(row.message_id, was=State.BOUNCED, then=State.QUEUED, reason=Reason.NEW_ADDRESS):
        raise AlreadyDecidedError
    row.address = address.to_json()
    db.session.flush()
    _note("letter.send_again", row, actor=actor, now=now)


def note_look(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at the households that must be reached."""
    record("letter.list_returned", subject_kind="event", subject_id=event_id, actor=actor, now=now)


def note_look_at(returned_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one returned letter with its address."""
    record("letter.look_returned", subject_kind="returned_letter", subject_id=returned_id, actor=actor, now=now)


def _decide(row: ReturnedLetter, outcome: Outcome, *, actor: Actor, now: datetime) -> None:
    if row.outcome != Outcome.OPEN:
        raise AlreadyDecidedError
    row.outcome, row.decided_at_utc, row.decided_by_id = outcome.value, now, actor.id
    db.session.flush()


def _note(act: str, row: ReturnedLetter, *, actor: Actor, now: datetime) -> None:
    """Write the act down by record numbers: the reason would be personal."""
    record(
        act,
        subject_kind="returned_letter",
        subject_id=row.id,
        actor=actor,
        now=now,
        event_id=row.event_id,
        invitation_id=row.invitation_id,
    )
