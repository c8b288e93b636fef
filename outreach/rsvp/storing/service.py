"""Stores an answer: one transaction holds answer, ticket, audit row, e-mail and, taken last, the seats.

A household that is refused, or waits, goes by the queue (`waitlist/service.py`); everybody else by the counter alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import recording
from outreach.clock import OSLO
from outreach.database import new_id
from outreach.database.together import Step, run_together
from outreach.errors import N_, OutreachError, UnavailableError
from outreach.invitations import queries as invitations
from outreach.invitations.invitation import Asked
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue, queueing
from outreach.outbox.states import Channel
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState, choices, party_seats, recipient
from outreach.rsvp.invitation_page import GivenAnswer, Household
from outreach.rsvp.records import service as records
from outreach.rsvp.seats import service as seats
from outreach.rsvp.seats.seat_kinds import Seats
from outreach.rsvp.standing import AnswersClosedError, EventFullError, is_open
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.offering.service import Freed
from outreach.rsvp.waitlist.queue_order import Why
from outreach.tickets import service as tickets

# A first look, what the constraint or the revision tells, and an erasure in between.
_ATTEMPTS = 3
_RECEIPTS = {
    RsvpState.ATTENDING: "rsvp_confirmation",
    RsvpState.CANCELLED: "rsvp_cancellation",
    RsvpState.DECLINED: "rsvp_cancellation",
    RsvpState.WAITLISTED: "waitlist_joined",
}


class SwappedError(OutreachError):
    """The household chose another event of the series in the same moment; what was asked is about the one it left."""

    message = N_("Dere har valgt et annet sted i mellomtiden. Åpne invitasjonen på nytt for å se hva som gjelder.")
    http_status = 409


class ChangedMeanwhileError(OutreachError):
    """Who is asked is not who was asked when the page was opened."""

    message = N_("Invitasjonen er endret i mellomtiden. Åpne den på nytt, og svar en gang til.")
    http_status = 409


@dataclass(frozen=True)
class Outcome:
    """What stands after an answer. `is_changed` is False when the same answer came twice. `number`: in the queue, 0
    when it did not go by it."""

    rsvp_id: int
    state: RsvpState
    persons: int
    revision: int
    is_changed: bool = True
    number: int = 0


@dataclass(frozen=True)
class Answering:
    """What a household answers, when, in which language. `is_refused`: it does not fit, so it goes by the queue.
    `actor`: who wrote it down, the household itself or staff for it."""

    invitation: Asked
    given: Answer
    now: datetime
    language: str
    is_refused: bool = False
    actor: Actor = GUEST

    def write(self, before: Household, state: RsvpState) -> tuple[Outcome, bool] | None:
        """Write over `before`; return the outcome and whether there is an address for a receipt."""
        try:
            written = records.write(
                self.invitation, before, self.given, state=state, now=self.now, language=self.language
            )
        except IntegrityError as error:  # somebody of the household is not in the invitation any more
            raise ChangedMeanwhileError from error
        if written is None:
            return None
        return self.outcome(written[0], before, state), written[1]

    def outcome(self, rsvp_id: int, before: Household, state: RsvpState) -> Outcome:
        """Return what stands when it is written over `before`."""
        return Outcome(rsvp_id, state, self.given.persons, before.rsvp.revision + 1 if before.rsvp else 1)


def require_open(invitation: Asked, now: datetime) -> None:
    """Raise AnswersClosedError after the last day for answers, or when the event is off."""
    event = invitation.event
    if not is_open(event.state, event.answer_by, now.astimezone(OSLO).date()):
        raise AnswersClosedError


def stored_at_once(asked: Answering, seen: Household) -> Outcome | None:
    """Write the answer over what was `seen`, as most are: it is another one, to an event that others have answered,
    and nobody of this party waits.

    None, and nothing is written, for every other answer; StandsOtherwiseError or IntegrityError when something is not
    as it was seen, and the caller undoes what was written. Then `stored` looks again, and says what is the matter.
    """
    stood, given = seen.rsvp, asked.given
    state = _state_of(given, stood)
    if not seen.is_counted or _is_waiting(stood) or (stood and stood.state == state and _is_same(stood, seen, given)):
        return None
    outcome = asked.outcome(stood.id if stood else new_id(), seen, state)
    run_together([*_steps(asked, seen, outcome)])
    return outcome


def _steps(asked: Answering, seen: Household, outcome: Outcome) -> Iterator[Step]:
    """Yield all that an answer writes: the invitation is held first, the event's counter touched last."""
    invitation, given, now, stood = asked.invitation, asked.given, asked.now, seen.rsvp
    is_coming = outcome.state is RsvpState.ATTENDING
    yield invitations.holding(invitation.id, invitation.event_id)
    yield from records.writing(
        outcome.rsvp_id, invitation, seen, given, state=outcome.state, now=now, language=asked.language
    )
    if is_coming:
        is_first = not (stood and stood.has_ticket)
        yield tickets.issuing(invitation, persons=given.persons, now=now, is_first=is_first)
    elif stood and stood.ticket_code:
        yield tickets.revoking(invitation.id, now)
    yield _recording(outcome, asked)
    if given.email is not None or (outcome.state is RsvpState.CANCELLED and stood and stood.has_email):
        yield queueing(_receipt(asked, outcome), now)
    change = party_seats(given, seen.guests) - _held(stood)
    if change != Seats():
        yield seats.taking(invitation.event_id, change)


def stored(asked: Answering, seen: Household | None) -> Outcome:
    """Write the answer over what stands, which `seen` may be; raises as `rsvp.service.answer`, and SwappedError.

    Of two browsers that answer at once, the unique constraint or the revision picks one; the other then makes a change
    of what that one wrote.
    """
    hold(asked.invitation)
    before = seen or queries.locked(asked.invitation.id)
    for _attempt in range(_ATTEMPTS):
        outcome = _attempted(asked, before)
        if outcome:
            return outcome
        before = queries.locked(asked.invitation.id)
    raise UnavailableError


def hold(invitation: Asked) -> None:
    """Keep the invitation in force, and at its event, until this transaction ends. To be called before any other lock.

    Raises InvitationGoneError when it was taken back, or its people are protected or erased, since it was read, and
    SwappedError when the household chose another event.
    """
    if invitations.hold_active(invitation.id) != invitation.event_id:
        raise SwappedError


def _attempted(asked: Answering, before: Household) -> Outcome | None:
    """Write the answer over `before`; None when that stands no longer."""
    given, stood = asked.given, before.rsvp
    if given.persons and (asked.is_refused or _is_waiting(stood)):
        return _waited(asked, before)
    state = _state_of(given, stood)
    if stood and stood.state == state and _is_same(stood, before, given):
        return Outcome(stood.id, state, stood.persons, stood.revision, is_changed=False)
    written = asked.write(before, state)
    if written is None:
        return None
    outcome, has_email = written
    conclude(asked, outcome, has_email=has_email)
    _let_go_or_take(asked, before)
    return outcome


def _waited(asked: Answering, before: Household) -> Outcome | None:
    """Write an answer that goes by the queue: its own row first, then the counter and the place."""
    if before.rsvp and before.rsvp.state == RsvpState.ATTENDING:
        raise EventFullError(0)
    written = asked.write(before, RsvpState.WAITLISTED)
    if written is None:
        return None
    outcome, has_email = written
    wanted = party_seats(asked.given, before.guests)
    entered = waitlist.enter(asked.invitation.event_id, asked.invitation.id, wanted, asked.now)
    if entered.is_seated:
        outcome = seated(outcome, asked.now)
    outcome = replace(outcome, number=entered.number)
    conclude(asked, outcome, has_email=has_email)
    return outcome


def seated(outcome: Outcome, now: datetime) -> Outcome:
    """Make the answer of `outcome`, which waits, one that comes."""
    records.attend(outcome.rsvp_id, now)
    return replace(outcome, state=RsvpState.ATTENDING, revision=outcome.revision + 1)


def conclude(asked: Answering, outcome: Outcome, *, has_email: bool) -> None:
    """Bring ticket, audit trail and e-mail in line with `outcome`."""
    _update_ticket(asked, outcome.state)
    _recording(outcome, asked).run()
    if has_email:
        queue([_receipt(asked, outcome)], asked.now)


def _let_go_or_take(asked: Answering, before: Household) -> None:
    """Change the seats, last in the transaction, and have those who wait asked about what became free."""
    event_id, own_id, stood = asked.invitation.event_id, asked.invitation.id, before.rsvp
    wanted = party_seats(asked.given, before.guests)
    if _is_waiting(stood):
        waitlist.leave(event_id, own_id, asked.now)
    elif seats.take(event_id, wanted - _held(stood)):
        waitlist.pass_on(event_id, Freed(Why.FEWER if wanted.persons else Why.CANCELLED, own_id), asked.now)


def _is_waiting(stood: GivenAnswer | None) -> bool:
    return stood is not None and stood.state == RsvpState.WAITLISTED


def _held(stood: GivenAnswer | None) -> Seats:
    return stood.seats if stood and stood.state == RsvpState.ATTENDING else Seats()


def _state_of(given: Answer, stood: GivenAnswer | None) -> RsvpState:
    if given.persons:
        return RsvpState.ATTENDING
    took_back = stood is not None and stood.state in (RsvpState.ATTENDING, RsvpState.CANCELLED)
    return RsvpState.CANCELLED if took_back else RsvpState.DECLINED


def _is_same(stood: GivenAnswer, before: Household, given: Answer) -> bool:
    """Say whether `given` repeats what stands: a form sent twice makes one change, one ticket, one e-mail.

    A taken-back yes keeps its address until the receipt is sent, so contact is compared only for those who come.
    """
    if choices(before.guests) != given.choices:
        return False
    return not given.persons or queries.stored_answer(stood, before.guests) == given


def _update_ticket(asked: Answering, state: RsvpState) -> None:
    if state is RsvpState.ATTENDING:
        tickets.issue(asked.invitation, persons=asked.given.persons, now=asked.now)
    elif state is RsvpState.CANCELLED:
        tickets.revoke(asked.invitation.id, asked.now)


def _recording(outcome: Outcome, asked: Answering) -> Step:
    return recording(
        "rsvp.answer",
        subject_kind="rsvp",
        subject_id=outcome.rsvp_id,
        actor=asked.actor,
        now=asked.now,
        state=outcome.state.value,
        persons=outcome.persons,
        revision=outcome.revision,
    )


def _receipt(asked: Answering, outcome: Outcome) -> NewMessage:
    """Return what an answer is told by e-mail; one that waits is told once for each number in the queue."""
    waits = outcome.state is RsvpState.WAITLISTED
    what, number = ("waitlist", outcome.number) if waits else ("confirmation", outcome.revision)
    return NewMessage(
        purpose=f"{what}:{outcome.rsvp_id}:{number}",
        recipient=recipient(outcome.rsvp_id),
        channel=Channel.EMAIL,
        kind=_RECEIPTS[outcome.state],
        language=asked.language,
        references={"rsvp_id": outcome.rsvp_id, "number" if waits else "revision": number},
        event_id=asked.invitation.event_id,
    )
