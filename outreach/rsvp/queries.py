"""What a household sees of its own invitation and answer. Few statements: these pages are opened 13,000 at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select

from outreach.database import db, unseal
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Person
from outreach.people.person import PersonName
from outreach.rsvp.answer import Answer, Guest, NeedKind, NeedWish, PersonChoice
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.standing import Standing, Terms, is_open, standing


@dataclass(frozen=True)
class InvitationPage:
    """Everything that the household's pages show. `is_open`: the answer can be given, changed and cancelled online."""

    invitation: Invitation
    guests: tuple[Guest, ...]
    rsvp: Rsvp | None
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


def page(invitation: Invitation, today: date) -> InvitationPage:
    """Return what the household of `invitation` sees on `today` (Europe/Oslo)."""
    event = invitation.event
    rsvp, held = _rsvp_and_held(invitation)
    terms = Terms(event_state=event.state, answer_by=event.answer_by, capacity=event.capacity, held=held)
    return InvitationPage(
        invitation=invitation,
        guests=guests(invitation.id),
        rsvp=rsvp,
        terms=terms,
        standing=standing(terms, rsvp.state if rsvp else None, today),
        is_open=is_open(event.state, event.answer_by, today),
    )


def guests(invitation_id: int) -> tuple[Guest, ...]:
    """Return the invitees by position, with the first names that may be shown and what was answered before."""
    rows = db.session.execute(
        select(Invitee.id, Invitee.position, Person.id, Person.given_name_sealed, PersonAnswer.is_coming)
        .outerjoin(Person, Person.id == Invitee.person_id)
        .outerjoin(PersonAnswer, PersonAnswer.invitee_id == Invitee.id)
        .where(Invitee.invitation_id == invitation_id)
        .order_by(Invitee.position)
    ).all()
    return tuple(Guest(row[0], row[1], _first_name(row[3], person_id=row[2]), row[4]) for row in rows)


def stored_answer(rsvp: Rsvp, household: tuple[Guest, ...]) -> Answer:
    """Return the answer that `rsvp` holds, to fill the form or to compare with a new one."""
    return Answer(
        choices=tuple(
            PersonChoice(guest.invitee_id, guest.position, guest.is_coming)
            for guest in household
            if guest.is_coming is not None
        ),
        extra_children=rsvp.extra_children,
        needs=needs(rsvp.id),
        email=rsvp.email,
        mobile=rsvp.mobile,
    )


def needs(rsvp_id: int) -> tuple[NeedWish, ...]:
    """Return the needs of an answer in the order in which they are asked."""
    rows = db.session.execute(
        select(Need.id, Need.kind, Need.text_sealed).where(Need.rsvp_id == rsvp_id).order_by(Need.kind)
    )
    found = {
        NeedKind(kind): unseal(sealed, column="need.text_sealed", row_id=row_id) or "" for row_id, kind, sealed in rows
    }
    return tuple(NeedWish(kind, found[kind]) for kind in NeedKind if kind in found)


def locked(invitation_id: int) -> Rsvp | None:
    """Return the answer to an invitation, locked until this transaction ends, so that two changes queue up."""
    query = select(Rsvp).where(Rsvp.invitation_id == invitation_id).order_by(Rsvp.id).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


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


def _rsvp_and_held(invitation: Invitation) -> tuple[Rsvp | None, int]:
    row = db.session.execute(
        select(Rsvp, SeatCount.held)
        .select_from(Invitation)
        .outerjoin(Rsvp, Rsvp.invitation_id == Invitation.id)
        .outerjoin(SeatCount, SeatCount.event_id == Invitation.event_id)
        .where(Invitation.id == invitation.id)
        .order_by(Invitation.id)
    ).one()
    return row[0], row[1] or 0


def _first_name(sealed: bytes | None, *, person_id: int | None) -> str | None:
    if sealed is None or person_id is None:
        return None
    given = unseal(sealed, column="person.given_name_sealed", row_id=person_id)
    return PersonName(given).first if given else None
