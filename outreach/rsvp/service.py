"""Answers to invitations: one transaction holds answer, ticket, audit row, e-mail and, taken last, the seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.database import db, new_id, seal
from outreach.database.conflicts import insert_if_free
from outreach.invitations.models import Invitation
from outreach.messages.service import suppress
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState, everybody_declines
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from outreach.rsvp.seats import service as seats
from outreach.rsvp.standing import AnswersClosedError, is_open
from outreach.tickets import service as tickets


@dataclass(frozen=True)
class Outcome:
    """What stands after an answer. `is_changed` is False when the same answer came twice."""

    rsvp_id: int
    state: RsvpState
    persons: int
    revision: int
    is_changed: bool = True


@dataclass(frozen=True)
class _Before:
    """What stood before: nothing yet is state None."""

    rsvp_id: int
    state: RsvpState | None
    held: int
    revision: int
    email_sealed: bytes | None


def answer(invitation: Invitation, given: Answer, *, now: datetime, language: str = "nb") -> Outcome:
    """Store `given` as the household's answer, first or changed: answers, needs, ticket, audit, e-mail, seats.

    Raises AnswersClosedError after the deadline or for an event that is off, EventFullError when it does not fit.
    """
    _require_open(invitation, now)
    before, stored = _stand(invitation, now)
    state = _state_of(given, before)
    if stored is not None and stored.state == state and _is_same(stored, given, invitation):
        return Outcome(stored.id, state, stored.persons, stored.revision, is_changed=False)
    email = _save(before, given, state=state, now=now, language=language)
    _save_parts(before, given)
    _update_ticket(invitation, given, state=state, now=now)
    outcome = Outcome(before.rsvp_id, state, given.persons, before.revision + 1)
    _record(outcome, now)
    if email:
        _queue_receipt(outcome, invitation, language=language, now=now)
    db.session.flush()
    seats.take(invitation.event_id, given.persons - before.held)
    return outcome


def decline(invitation: Invitation, *, now: datetime, language: str = "nb") -> Outcome:
    """Store that nobody of the household comes. Raises as `answer`."""
    return answer(invitation, everybody_declines(queries.guests(invitation.id)), now=now, language=language)


def cancel(invitation: Invitation, now: datetime, *, language: str = "nb") -> Outcome:
    """Take the household's yes back: seats free, ticket revoked, a receipt by e-mail. Raises as `answer`."""
    return decline(invitation, now=now, language=language)


def stop_writing(invitation: Invitation, *, now: datetime) -> int:
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


def _require_open(invitation: Invitation, now: datetime) -> None:
    event = invitation.event
    if not is_open(event.state, event.answer_by, now.astimezone(OSLO).date()):
        raise AnswersClosedError


def _stand(invitation: Invitation, now: datetime) -> tuple[_Before, Rsvp | None]:
    """Return what stood before, locked. Of two browsers at once the unique constraint picks the first."""
    stored = queries.locked(invitation.id)
    if stored is None:
        rsvp_id = new_id()
        if _insert(rsvp_id, invitation, now):
            return _Before(rsvp_id, None, held=0, revision=0, email_sealed=None), None
        stored = queries.locked(invitation.id)
        if stored is None:
            raise AnswersClosedError
    state = RsvpState(stored.state)
    held = stored.persons if state is RsvpState.ATTENDING else 0
    return _Before(stored.id, state, held, stored.revision, stored.email_sealed), stored


def _insert(rsvp_id: int, invitation: Invitation, now: datetime) -> bool:
    return insert_if_free(
        Rsvp,
        id=rsvp_id,
        invitation_id=invitation.id,
        event_id=invitation.event_id,
        state=RsvpState.DECLINED,
        persons=0,
        extra_children=0,
        revision=0,
        language="nb",
        answered_at_utc=now,
        changed_at_utc=now,
    )


def _state_of(given: Answer, before: _Before) -> RsvpState:
    if given.persons:
        return RsvpState.ATTENDING
    took_back = before.state in (RsvpState.ATTENDING, RsvpState.CANCELLED)
    return RsvpState.CANCELLED if took_back else RsvpState.DECLINED


def _is_same(stored: Rsvp, given: Answer, invitation: Invitation) -> bool:
    """Say whether `given` repeats what is stored: a form sent twice makes one change, one ticket, one e-mail.

    A taken-back yes keeps its address until the receipt is sent, so contact is compared only for those who come.
    """
    kept = queries.stored_answer(stored, queries.guests(invitation.id))
    if given.persons:
        return kept == given
    return kept.choices == given.choices


def _save(before: _Before, given: Answer, *, state: RsvpState, now: datetime, language: str) -> bool:
    """Write the answer's own row; say whether there is an e-mail address to send a receipt to."""
    email = seal(given.email, column="rsvp.email_sealed", row_id=before.rsvp_id)
    if state is RsvpState.CANCELLED:
        email = before.email_sealed
    db.session.execute(
        update(Rsvp)
        .where(Rsvp.id == before.rsvp_id)
        .values(
            state=state,
            persons=given.persons,
            extra_children=given.extra_children,
            revision=before.revision + 1,
            language=language,
            changed_at_utc=now,
            email_sealed=email,
            mobile_sealed=seal(given.mobile, column="rsvp.mobile_sealed", row_id=before.rsvp_id),
        )
    )
    return email is not None


def _save_parts(before: _Before, given: Answer) -> None:
    if before.state is not None:
        _delete_parts([before.rsvp_id])
    answers = [{"id": new_id(), "rsvp_id": before.rsvp_id, **vars(choice)} for choice in given.choices]
    if answers:
        db.session.execute(insert(PersonAnswer), answers)
    if given.needs:
        db.session.execute(insert(Need), [_need_row(before.rsvp_id, need.kind, need.text) for need in given.needs])


def _need_row(rsvp_id: int, kind: str, text: str) -> dict[str, object]:
    row_id = new_id()
    sealed = seal(text or None, column="need.text_sealed", row_id=row_id)
    return {"id": row_id, "rsvp_id": rsvp_id, "kind": kind, "text_sealed": sealed}


def _delete_parts(rsvp_ids: Iterable[int]) -> None:
    for table in (PersonAnswer, Need):
        db.session.execute(
            delete(table).where(table.rsvp_id.in_(rsvp_ids)).execution_options(synchronize_session=False)
        )


def _update_ticket(invitation: Invitation, given: Answer, *, state: RsvpState, now: datetime) -> None:
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


def _queue_receipt(outcome: Outcome, invitation: Invitation, *, language: str, now: datetime) -> None:
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
