"""What is read of sign-ups without an invitation."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.secret_token import token_hash
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation
from outreach.messages.service import address_hashes
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.open_sign_up.keeping import link_from, unconfirmed_before
from outreach.rsvp.open_sign_up.models import OpenParty, OpenRequest
from outreach.rsvp.queries import split_of
from outreach.rsvp.standing import Terms, is_open


class NoOpenSignUpError(NotFoundError):
    """The event is not one that anybody may sign up for, or not now."""

    message = N_("Det går ikke an å melde seg på her nå.")
    page = "sign_up_not_open"


def open_event(slug: str, today: date) -> Event:
    """Return the event of `slug` for which anybody may sign up on `today` (Europe/Oslo). Raises NoOpenSignUpError."""
    event = events.public_by_slug(slug)
    if not is_open_for_all(event, today):
        raise NoOpenSignUpError
    return event


def is_open_for_all(event: Event, today: date) -> bool:
    """Say whether anybody may sign up for `event` on `today`."""
    return event.is_open_sign_up and is_open(event.state, event.answer_by, today)


def terms_of(event: Event) -> Terms:
    """Return how the places of `event` stand."""
    counted = select(SeatCount.held, SeatCount.waiting, SeatCount.held_children, SeatCount.held_wheelchairs)
    mine = counted.where(SeatCount.event_id == event.id).order_by(SeatCount.event_id)
    held, waiting, children, wheelchairs = db.session.execute(mine).one_or_none() or (0, 0, 0, 0)
    return Terms(
        event.state,
        event.answer_by,
        event.capacity,
        held=held,
        waiting=waiting,
        split=split_of(event),
        held_children=children,
        held_wheelchairs=wheelchairs,
    )


def request_by_token(token: str, *, now: datetime) -> OpenRequest:
    """Return what the holder of `token` may confirm. Raises NotFoundError."""
    wanted = select(OpenRequest).where(
        OpenRequest.token_hash == token_hash(token), OpenRequest.made_at_utc >= link_from(now)
    )
    found: OpenRequest | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError
    return found


def request_by_id(request_id: int) -> OpenRequest | None:
    """Return a sign-up that waits, or None."""
    found: OpenRequest | None = db.session.get(OpenRequest, request_id)
    return found


def event_of(request: OpenRequest) -> Event:
    """Return the event that a sign-up is for."""
    return events.by_id(request.event_id)


def count_requests(contact: str, *, since: datetime) -> int:
    """Return how many sign-ups of an address, for whatever event, wait since then."""
    mine = OpenRequest.contact_hash.in_(address_hashes(contact))
    wanted = select(func.count()).select_from(OpenRequest).where(mine, OpenRequest.made_at_utc >= since)
    return db.session.scalar(wanted) or 0


def invitation_of(event_id: int, contact: str) -> Invitation | None:
    """Return the invitation of the party that signed up with an address, or None."""
    wanted = (
        select(Invitation)
        .join(OpenParty, OpenParty.invitation_id == Invitation.id)
        .where(OpenParty.event_id == event_id, OpenParty.contact_hash.in_(address_hashes(contact)))
        .order_by(Invitation.id)
    )
    found: Invitation | None = db.session.scalar(wanted)
    return found


def asked_with(event_id: int, contact: str) -> Invitation | None:
    """Return the invitation of a household that was asked and gave this address in its answer, or None.

    Addresses are sealed, so each is opened in the process: about 2 µs a value.
    """
    wanted = (
        select(Rsvp, Invitation)
        .join(Invitation, Invitation.id == Rsvp.invitation_id)
        .where(Rsvp.event_id == event_id, Rsvp.email_sealed.is_not(None))
        .where(Invitation.is_signed_up.is_(False), Invitation.state == State.ACTIVE.value)
        .order_by(Rsvp.id)
    )
    same = contact.casefold()
    rows = db.session.execute(wanted).unique()
    return next((asked for rsvp, asked in rows if (rsvp.email or "").casefold() == same), None)


def ids_unconfirmed(now: datetime) -> list[int]:
    """Return the sign-ups that nobody confirmed in time."""
    wanted = select(OpenRequest.id).where(OpenRequest.made_at_utc < unconfirmed_before(now))
    return list(db.session.scalars(wanted.order_by(OpenRequest.id)))


def request_ids_of(event_id: int, contact_hashes: Sequence[str]) -> list[int]:
    """Return the sign-ups for an event that wait under any of these hashes."""
    mine = select(OpenRequest.id).where(
        OpenRequest.event_id == event_id, OpenRequest.contact_hash.in_(list(contact_hashes))
    )
    return list(db.session.scalars(mine.order_by(OpenRequest.id)))
