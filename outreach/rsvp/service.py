"""Answers to invitations: one transaction holds answer, ticket, audit row, e-mail and, taken last, the seats."""

from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.errors import UnavailableError
from outreach.invitations.invitation import Asked
from outreach.messages.service import suppress
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState, choices, everybody_declines
from outreach.rsvp.invitation_page import GivenAnswer, Household
from outreach.rsvp.records import service as records
from outreach.rsvp.seats import service as seats
from outreach.rsvp.standing import AnswersClosedError, is_open
from outreach.tickets import service as tickets

# A first look, what the constraint or the revision tells, and an erasure in between.
_ATTEMPTS = 3


@dataclass(frozen=True)
class Outcome:
    """What stands after an answer. `is_changed` is False when the same answer came twice."""

    rsvp_id: int
    state: RsvpState
    persons: int
    revision: int
    is_changed: bool = True


def answer(
    invitation: Asked, given: Answer, *, now: datetime, language: str = "nb", seen: Household | None = None
) -> Outcome:
    """Store `given` as the household's answer, first or changed: answers, needs, ticket, audit, e-mail, seats.

    `seen`: what the caller read a moment ago of what stands; when that is true no longer, it is read again.
    Raises AnswersClosedError after the deadline or for an event that is off, EventFullError when it does not fit.
    """
    _require_open(invitation, now)
    outcome, email, held = _write(invitation, given, seen, now=now, language=language)
    if outcome.is_changed:
        _update_ticket(invitation, given, state=outcome.state, now=now)
        _record(outcome, now)
        if email:
            _queue_receipt(outcome, invitation, language=language, now=now)
        seats.take(invitation.event_id, given.persons - held)
    return outcome


def decline(invitation: Asked, *, now: datetime, language: str = "nb") -> Outcome:
    """Store that nobody of the household comes. Raises as `answer`."""
    seen = queries.locked(invitation.id)
    return answer(invitation, everybody_declines(seen.guests), now=now, language=language, seen=seen)


def cancel(invitation: Asked, now: datetime, *, language: str = "nb") -> Outcome:
    """Take the household's yes back: seats free, ticket revoked, a receipt by e-mail. Raises as `answer`."""
    return decline(invitation, now=now, language=language)


def stop_writing(invitation: Asked, *, now: datetime) -> int:
    """Never write to the persons of this household again; return how many. An answer already given stays."""
    hashes = queries.identity_hashes(invitation.id)
    for identity_hash in hashes:
        suppress(identity_hash, source="guest", now=now)
    record("suppression.asked", subject_kind="invitation", subject_id=invitation.id, actor=GUEST, now=now)
    return len(hashes)


def tell_guests(event_id: int, *, kind: str, now: datetime) -> int:
    """Queue the e-mail `kind` ("event_changed", "event_cancelled") to those coming who left an address.

    Returns how many. The event's revision is in the purpose, so one change tells each guest once.
    """
    revision = queries.event_revision(event_id)
    return queue(
        (
            NewMessage(
                purpose=f"{kind}:{event_id}:{revision}",
                recipient=recipient(rsvp_id),
                channel=Channel.EMAIL,
                kind=kind,
                language=language,
                references={"rsvp_id": rsvp_id, "revision": revision},
                event_id=event_id,
            )
            for rsvp_id, language in queries.reachable_guests(event_id)
        ),
        now,
    )


def recipient(rsvp_id: int) -> str:
    """Return the outbox recipient of everything that is sent about one answer."""
    return f"rsvp:{rsvp_id}"


def _require_open(invitation: Asked, now: datetime) -> None:
    event = invitation.event
    if not is_open(event.state, event.answer_by, now.astimezone(OSLO).date()):
        raise AnswersClosedError


def _write(
    invitation: Asked, given: Answer, seen: Household | None, *, now: datetime, language: str
) -> tuple[Outcome, bool, int]:
    """Write the answer; return the outcome, whether there is an address for a receipt, and the seats held before.

    Of two browsers that answer at once, the unique constraint or the revision picks one; the other then makes a change
    of what that one wrote.
    """
    before = seen or queries.locked(invitation.id)
    for _attempt in range(_ATTEMPTS):
        stood = before.rsvp
        state = _state_of(given, stood)
        if stood and stood.state == state and _is_same(stood, before, given):
            return Outcome(stood.id, state, stood.persons, stood.revision, is_changed=False), False, 0
        written = records.write(invitation, before, given, state=state, now=now, language=language)
        if written:
            rsvp_id, has_email = written
            revision, held = (stood.revision + 1, _held(stood)) if stood else (1, 0)
            return Outcome(rsvp_id, state, given.persons, revision), has_email, held
        before = queries.locked(invitation.id)
    raise UnavailableError


def _held(stood: GivenAnswer) -> int:
    return stood.persons if stood.state == RsvpState.ATTENDING else 0


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


def _update_ticket(invitation: Asked, given: Answer, *, state: RsvpState, now: datetime) -> None:
    if state is RsvpState.ATTENDING:
        tickets.issue(invitation, persons=given.persons, now=now)
    elif state is RsvpState.CANCELLED:
        tickets.revoke(invitation.id, now)


def _record(outcome: Outcome, now: datetime) -> None:
    record(
        "rsvp.answer",
        subject_kind="rsvp",
        subject_id=outcome.rsvp_id,
        actor=GUEST,
        now=now,
        state=outcome.state.value,
        persons=outcome.persons,
        revision=outcome.revision,
    )


def _queue_receipt(outcome: Outcome, invitation: Asked, *, language: str, now: datetime) -> None:
    is_coming = outcome.state is RsvpState.ATTENDING
    message = NewMessage(
        purpose=f"confirmation:{outcome.rsvp_id}:{outcome.revision}",
        recipient=recipient(outcome.rsvp_id),
        channel=Channel.EMAIL,
        kind="rsvp_confirmation" if is_coming else "rsvp_cancellation",
        language=language,
        references={"rsvp_id": outcome.rsvp_id, "revision": outcome.revision},
        event_id=invitation.event_id,
    )
    queue([message], now)
