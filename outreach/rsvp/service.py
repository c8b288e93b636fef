"""Answers to invitations: what a household says, and what it is told when the event changes."""

from datetime import datetime

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.invitations.invitation import Asked
from outreach.messages.service import suppress
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState, everybody_declines
from outreach.rsvp.invitation_page import Household
from outreach.rsvp.storing.service import Answering, Outcome, hold, require_open, stored, stored_at_once
from outreach.rsvp.telling.queries import answered
from outreach.rsvp.telling.service import tell

__all__ = ["Outcome", "answer", "answer_at_once", "cancel", "decline", "stop_writing", "tell_guests"]


def answer(
    invitation: Asked, given: Answer, *, now: datetime, language: str = "nb", seen: Household | None = None
) -> Outcome:
    """Store `given` as the household's answer, first or changed: answers, needs, ticket, audit, e-mail, seats.

    `seen`: what the caller read a moment ago of what stands; when that is true no longer, it is read again. A household
    on the waiting list keeps or changes its place there, or takes its offer. Raises AnswersClosedError after the
    deadline or for an event that is off, EventFullError when it does not fit: see `waitlist.taking` for what is next.
    """
    require_open(invitation, now)
    return stored(Answering(invitation, given, now, language), seen)


def answer_at_once(
    invitation: Asked, given: Answer, *, now: datetime, language: str, seen: Household
) -> Outcome | None:
    """Store `given` over what was `seen`, as `answer` does, in one go; None when it takes more than that.

    Raises StandsOtherwiseError or IntegrityError when it stands otherwise; AnswersClosedError as `answer`.
    """
    require_open(invitation, now)
    return stored_at_once(Answering(invitation, given, now, language), seen)


def decline(invitation: Asked, *, now: datetime, language: str = "nb") -> Outcome:
    """Store that nobody of the household comes. Raises as `answer`."""
    require_open(invitation, now)
    hold(invitation)
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
    """Queue `kind` ("event_changed", "event_cancelled") to those coming who left an address; return how many."""
    revision = queries.event_revision(event_id)
    return tell(event_id, answered(RsvpState.ATTENDING), kind=kind, revision=revision, now=now)
