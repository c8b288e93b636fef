"""What a household does that is refused or waits: join, take an offer, join again, leave; and what staff do for it.

Offers are made and taken until the event begins, also when the last day for other answers has passed.
"""

from datetime import datetime

from outreach.audit.actor import GUEST, Actor
from outreach.invitations.invitation import Asked
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState, everybody_declines
from outreach.rsvp.standing import AnswersClosedError, OfferGoneError
from outreach.rsvp.storing.service import Answering, Outcome, conclude, hold, require_open, seated, stored
from outreach.rsvp.waitlist import queries as waitlist_queries
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.override import NotWaitingError, Reason
from outreach.rsvp.waitlist.queue_order import PlaceState


def wait(invitation: Asked, given: Answer, *, now: datetime, language: str = "nb") -> Outcome:
    """Store `given` and put the household on the waiting list, once, or seat it when it is its turn already.

    Raises as `answer`.
    """
    require_open(invitation, now)
    return stored(Answering(invitation, given, now, language, is_refused=True), None)


def take_offer(invitation: Asked, *, now: datetime, language: str = "nb", actor: Actor = GUEST) -> Outcome:
    """Say yes to the household's open offer, for as many as it was made for. Raises OfferGoneError."""
    _require_before_start(invitation, now)
    hold(invitation)
    seen = queries.locked(invitation.id)
    place = waitlist_queries.own_place(invitation.id)
    if seen.rsvp is None or place is None or place.state != PlaceState.OFFERED or now >= (place.ends_at_utc or now):
        raise OfferGoneError
    given = queries.stored_answer(seen.rsvp, seen.guests)
    return stored(Answering(invitation, given, now, language, actor=actor), seen)


def wait_again(invitation: Asked, *, now: datetime, language: str = "nb", actor: Actor = GUEST) -> Outcome:
    """Put a household whose offer ended at the end of the queue again. Raises OfferGoneError when it is not there."""
    _require_before_start(invitation, now)
    hold(invitation)
    seen = queries.locked(invitation.id)
    if seen.rsvp is None or seen.rsvp.state != RsvpState.WAITLISTED:
        raise OfferGoneError
    given = queries.stored_answer(seen.rsvp, seen.guests)
    return stored(Answering(invitation, given, now, language, actor=actor), seen)


def leave_queue(invitation: Asked, *, now: datetime, language: str = "nb", actor: Actor = GUEST) -> Outcome:
    """Take the household off the waiting list, or turn its offer down: nobody comes. Raises AnswersClosedError."""
    _require_before_start(invitation, now)
    hold(invitation)
    seen = queries.locked(invitation.id)
    if seen.rsvp is None or seen.rsvp.state != RsvpState.WAITLISTED:
        require_open(invitation, now)
    nobody = everybody_declines(seen.guests)
    return stored(Answering(invitation, nobody, now, language, actor=actor), seen)


def let_in(invitation: Asked, reason: Reason, *, actor: Actor, now: datetime) -> None:
    """Seat a household of the waiting list though there is no room. Raises NotWaitingError or AnswersClosedError."""
    _require_before_start(invitation, now)
    hold(invitation)
    seen = queries.locked(invitation.id)
    stood = seen.rsvp
    if stood is None or stood.state != RsvpState.WAITLISTED:
        raise NotWaitingError
    waitlist.let_in(invitation.event_id, invitation.id, reason, actor=actor, now=now)
    given, language = queries.stored_answer(stood, seen.guests), queries.language_of(stood.id)
    asked = Answering(invitation, given, now, language, actor=actor)
    outcome = Outcome(stood.id, RsvpState.WAITLISTED, stood.persons, stood.revision)
    conclude(asked, seated(outcome, now), has_email=stood.has_email)


def _require_before_start(invitation: Asked, now: datetime) -> None:
    if invitation.event.state != "published" or now >= invitation.event.starts_at_utc:
        raise AnswersClosedError
