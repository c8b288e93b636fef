"""What a household sees of its own invitation and answer. Few statements: these pages are opened 13,000 at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select

from outreach.database import db, unseal
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Person
from outreach.people.person import PersonName
from outreach.rsvp.answer import Answer, Guest, NeedKind, NeedWish, PersonChoice
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.standing import Standing, Terms, is_open, standing
from outreach.tickets.models import Ticket
from outreach.tickets.queries import ticket_code
from outreach.tickets.ticket import TicketState


@dataclass(frozen=True)
class GivenAnswer:
    """What the household answered last, as its pages need it. `ticket_code` is that of a valid ticket, else empty."""

    rsvp_id: int
    state: str
    persons: int
    extra_children: int
    has_email: bool
    ticket_code: str


@dataclass(frozen=True)
class InvitationPage:
    """Everything that the household's pages show. `is_open`: the answer can be given, changed and cancelled online."""

    invitation: Invitation
    guests: tuple[Guest, ...]
    rsvp: GivenAnswer | None
    terms: Terms
    standing: Standing
    is_open: bool

    @property
    def event(self) -> Event:
        """Return the event that the household is asked to."""
        return self.invitation.event

    @property
    def places_left(self) -> int | None:
        """Return how many this household could be at most: the free places and those it holds; None without a limit."""
        held = self.rsvp.persons if self.rsvp and self.standing is Standing.COMING else 0
        return None if self.terms.left is None else self.terms.left + held


# Put together once: building a statement takes ten times as long as running it.
_invitation, _rsvp, _seats, _ticket = (table.__table__.c for table in (Invitation, Rsvp, SeatCount, Ticket))
_STANDING = (
    select(
        _rsvp.id,
        _rsvp.state,
        _rsvp.persons,
        _rsvp.extra_children,
        _rsvp.email_sealed.is_not(None).label("has_email"),
        _ticket.selector,
        _ticket.generation,
        _ticket.state.label("ticket_state"),
        _seats.held,
    )
    .select_from(Invitation.__table__)
    .outerjoin(Rsvp.__table__, _rsvp.invitation_id == _invitation.id)
    .outerjoin(SeatCount.__table__, _seats.event_id == _invitation.event_id)
    .outerjoin(Ticket.__table__, _ticket.invitation_id == _invitation.id)
    .where(_invitation.id == bindparam("invitation_id"))
    .order_by(_invitation.id)
)
_STORED = (
    select(
        _rsvp.id,
        _rsvp.state,
        _rsvp.persons,
        _rsvp.extra_children,
        _rsvp.revision,
        _rsvp.email_sealed,
        _rsvp.mobile_sealed,
    )
    .where(_rsvp.invitation_id == bindparam("invitation_id"))
    .order_by(_rsvp.id)
)
_LOCKED = _STORED.with_for_update()
_invitee, _person, _answer = (table.__table__.c for table in (Invitee, Person, PersonAnswer))
_GUESTS = (
    select(_invitee.id, _invitee.position, _person.id.label("person_id"), _person.given_name_sealed, _answer.is_coming)
    .select_from(Invitee.__table__)
    .outerjoin(Person.__table__, _person.id == _invitee.person_id)
    .outerjoin(PersonAnswer.__table__, _answer.invitee_id == _invitee.id)
    .where(_invitee.invitation_id == bindparam("invitation_id"))
    .order_by(_invitee.position)
)
_need = Need.__table__.c
_NEEDS = (
    select(_need.id, _need.kind, _need.text_sealed).where(_need.rsvp_id == bindparam("rsvp_id")).order_by(_need.kind)
)


def page(invitation: Invitation, today: date) -> InvitationPage:
    """Return what the household of `invitation` sees on `today` (Europe/Oslo)."""
    event = invitation.event
    row = db.session.execute(_STANDING, {"invitation_id": invitation.id}).one()
    given = _given_answer(row) if row.id is not None else None
    terms = Terms(event_state=event.state, answer_by=event.answer_by, capacity=event.capacity, held=row.held or 0)
    return InvitationPage(
        invitation=invitation,
        guests=guests(invitation.id),
        rsvp=given,
        terms=terms,
        standing=standing(terms, given.state if given else None, today),
        is_open=is_open(event.state, event.answer_by, today),
    )


def guests(invitation_id: int) -> tuple[Guest, ...]:
    """Return the invitees by position, with the first names that may be shown and what was answered before."""
    rows = db.session.execute(_GUESTS, {"invitation_id": invitation_id}).all()
    return tuple(Guest(row[0], row[1], _first_name(row[3], person_id=row[2]), row[4]) for row in rows)


def by_invitation(invitation_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return what is stored of the answer to an invitation: numbers, state, and contact as it is sealed."""
    return db.session.execute(_STORED, {"invitation_id": invitation_id}).one_or_none()


def locked(invitation_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return the same as `by_invitation`, locked until this transaction ends, so that two changes queue up."""
    return db.session.execute(_LOCKED, {"invitation_id": invitation_id}).one_or_none()


def stored_answer(stored: Row[*tuple[Any, ...]], household: tuple[Guest, ...]) -> Answer:
    """Return the answer that `stored` (see `by_invitation`) holds, to fill the form or to compare with a new one."""
    return Answer(
        choices=tuple(
            PersonChoice(guest.invitee_id, guest.position, guest.is_coming)
            for guest in household
            if guest.is_coming is not None
        ),
        extra_children=stored.extra_children,
        needs=needs(stored.id),
        email=unseal(stored.email_sealed, column="rsvp.email_sealed", row_id=stored.id),
        mobile=unseal(stored.mobile_sealed, column="rsvp.mobile_sealed", row_id=stored.id),
    )


def needs(rsvp_id: int) -> tuple[NeedWish, ...]:
    """Return the needs of an answer in the order in which they are asked."""
    rows = db.session.execute(_NEEDS, {"rsvp_id": rsvp_id}).all()
    found = {
        NeedKind(kind): unseal(sealed, column="need.text_sealed", row_id=row_id) or "" for row_id, kind, sealed in rows
    }
    return tuple(NeedWish(kind, found[kind]) for kind in NeedKind if kind in found)


def by_id(rsvp_id: int) -> Row[Rsvp, Invitation] | None:
    """Return an answer with its invitation and event, or None when it is erased."""
    query = select(Rsvp, Invitation).join(Invitation, Invitation.id == Rsvp.invitation_id)
    return db.session.execute(query.where(Rsvp.id == rsvp_id).order_by(Rsvp.id)).one_or_none()


def reachable_guests(event_id: int) -> list[Row[int, str]]:
    """Return (answer id, language) of those coming to an event who left an e-mail address."""
    query = select(Rsvp.id, Rsvp.language).where(
        Rsvp.event_id == event_id, Rsvp.state == "attending", Rsvp.email_sealed.is_not(None)
    )
    return list(db.session.execute(query.order_by(Rsvp.id)).all())


def event_revision(event_id: int) -> int:
    """Return the event's calendar revision."""
    return db.session.scalars(select(Event.sequence).where(Event.id == event_id).order_by(Event.id)).one()


def identity_hashes(invitation_id: int) -> tuple[str, ...]:
    """Return the keyed hashes by which the household's persons are recognised."""
    rows = db.session.execute(
        select(Person.identity_hash, Person.weak_hash)
        .join(Invitee, Invitee.person_id == Person.id)
        .where(Invitee.invitation_id == invitation_id)
        .order_by(Invitee.position)
    )
    return tuple(identity or weak for identity, weak in rows if identity or weak)


def rsvp_ids_with_persons(person_ids: Iterable[int]) -> list[int]:
    """Return the answers in whose household any of `person_ids` is."""
    query = (
        select(Rsvp.id)
        .join(Invitee, Invitee.invitation_id == Rsvp.invitation_id)
        .where(Invitee.person_id.in_(list(person_ids)))
        .distinct()
        .order_by(Rsvp.id)
    )
    return list(db.session.execute(query).scalars())


def _given_answer(row: Row[*tuple[Any, ...]]) -> GivenAnswer:
    is_valid = row.ticket_state == TicketState.VALID
    return GivenAnswer(
        rsvp_id=row.id,
        state=row.state,
        persons=row.persons,
        extra_children=row.extra_children,
        has_email=row.has_email,
        ticket_code=ticket_code(row.selector, row.generation) if is_valid else "",
    )


def _first_name(sealed: bytes | None, *, person_id: int | None) -> str | None:
    if sealed is None or person_id is None:
        return None
    given = unseal(sealed, column="person.given_name_sealed", row_id=person_id)
    return PersonName(given).first if given else None
