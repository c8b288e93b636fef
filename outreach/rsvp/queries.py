"""What a household sees of its own invitation and answer. Few statements: these pages are opened 13,000 at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, select

from outreach.clock import OSLO
from outreach.database import db, run, unseal
from outreach.events.models import Event
from outreach.formats.short_code import Code
from outreach.invitations.invitation import AskedTo
from outreach.invitations.listing import queries as listing
from outreach.invitations.listing.answered import Answered
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import OPENING, opened_by
from outreach.messages.recipients import RecipientWords
from outreach.people.models import Person
from outreach.people.person import PersonName
from outreach.rsvp.answer import Answer, Guest, NeedKind, NeedWish, RsvpState, choices
from outreach.rsvp.invitation_page import NUMBERS, GivenAnswer, Household, InvitationPage, OpenedHousehold, brought_of
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.own_questions.queries import is_asked, replies_of
from outreach.rsvp.seats.seat_kinds import Limits, is_child
from outreach.rsvp.standing import Terms, is_open, standing
from outreach.rsvp.waitlist.queries import asked_states, own_place
from outreach.tickets.models import Ticket
from outreach.tickets.queries import ticket_code
from outreach.tickets.ticket import TicketState

# Put together once: building a statement takes ten times as long as running it.
_invitation, _rsvp, _seats, _ticket = (table.__table__.c for table in (Invitation, Rsvp, SeatCount, Ticket))
_invitee, _person, _answer = (table.__table__.c for table in (Invitee, Person, PersonAnswer))
_OF_RSVP = (*NUMBERS, "revision", "email_sealed", "mobile_sealed")


def _with_household(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return `statement`, which selects from invitation, with a row for each invitee and what was answered."""
    return (
        statement.add_columns(
            _seats.held,
            _seats.held_children,
            _seats.held_wheelchairs,
            _seats.waiting,
            _rsvp.id.label("rsvp_id"),
            _rsvp.state.label("rsvp_state"),
            *(_rsvp[name] for name in _OF_RSVP),
            exists().where(Need.__table__.c.rsvp_id == _rsvp.id).label("has_needs"),
            exists().where(QuestionReply.__table__.c.rsvp_id == _rsvp.id).label("has_replies"),
            is_asked(_invitation.event_id).label("has_questions"),
            _ticket.selector.label("ticket_selector"),
            _ticket.generation.label("ticket_generation"),
            _ticket.state.label("ticket_state"),
            _invitee.id.label("invitee_id"),
            _invitee.position,
            _invitee.name_sealed,
            _person.id.label("person_id"),
            _person.given_name_sealed,
            _person.birth_year,
            _answer.is_coming,
        )
        .outerjoin(Rsvp.__table__, _rsvp.invitation_id == _invitation.id)
        .outerjoin(SeatCount.__table__, _seats.event_id == _invitation.event_id)
        .outerjoin(Ticket.__table__, _ticket.invitation_id == _invitation.id)
        .outerjoin(Invitee.__table__, _invitee.invitation_id == _invitation.id)
        .outerjoin(Person.__table__, _person.id == _invitee.person_id)
        .outerjoin(PersonAnswer.__table__, and_(_answer.rsvp_id == _rsvp.id, _answer.invitee_id == _invitee.id))
        .order_by(_invitee.position)
    )


_OPENING = _with_household(OPENING)
_HOUSEHOLD = _with_household(
    select(_invitation.id, Event.__table__.c.starts_at_utc)
    .select_from(Invitation.__table__)
    .join(Event.__table__, Event.__table__.c.id == _invitation.event_id)
    .where(_invitation.id == bindparam("invitation_id"))
)
_LOCK = select(_rsvp.id).where(_rsvp.invitation_id == bindparam("invitation_id")).order_by(_rsvp.id).with_for_update()
_need = Need.__table__.c
_NEEDS = (
    select(_need.id, _need.kind, _need.position, _need.text_sealed)
    .where(_need.rsvp_id == bindparam("rsvp_id"))
    .order_by(_need.position, _need.kind)
)


def opened(code: Code, watched: Mapping[str, Any]) -> tuple[OpenedHousehold | None, int]:
    """Return the invitation that has `code` with its household, as `invitations.queries.opened` does without it."""
    rows = run(_OPENING, {"selector": code.selector, **watched}).rows
    invitation, failures = opened_by(code, rows[0])
    return OpenedHousehold(**vars(invitation), household=_household(rows)) if invitation else None, failures


def page(invitation: OpenedHousehold, today: date) -> InvitationPage:
    """Return what the household of `invitation` sees on `today` (Europe/Oslo)."""
    event, household = invitation.event, invitation.household
    state = household.rsvp.state if household.rsvp else None
    place = own_place(invitation.id) if state == RsvpState.WAITLISTED else None
    terms = Terms(
        event.state,
        event.answer_by,
        event.capacity,
        held=household.seats_held,
        waiting=household.waiting,
        starts_on=event.starts_at_utc.astimezone(OSLO).date(),
        split=split_of(event),
        held_children=household.held_children,
        held_wheelchairs=household.held_wheelchairs,
    )
    return InvitationPage(
        invitation=invitation,
        terms=terms,
        standing=standing(terms, state, today, *([place.state] if place else [])),
        is_open=is_open(event.state, event.answer_by, today),
        place=place,
    )


def split_of(event: AskedTo | Event) -> Limits:
    """Return the limits that an event has for kinds of guests, on top of its capacity."""
    return Limits(None, event.capacity_adults, event.capacity_children, event.capacity_wheelchairs)


def household(invitation_id: int) -> Household:
    """Return who an invitation asks, with the first names that may be shown, and what they answered before."""
    return _household(run(_HOUSEHOLD, {"invitation_id": invitation_id}).rows)


def locked(invitation_id: int) -> Household:
    """Return the same, with its answer locked until this transaction ends, so that two changes queue up."""
    run(_LOCK, {"invitation_id": invitation_id})
    return household(invitation_id)


def guests(invitation_id: int) -> tuple[Guest, ...]:
    """Return who an invitation asks, by position."""
    return household(invitation_id).guests


def stored_answer(stored: GivenAnswer, asked: tuple[Guest, ...]) -> Answer:
    """Return the whole answer that `stored` is a part of, to fill the form or to compare with a new one."""
    return Answer(
        choices=choices(asked),
        brought=stored.brought,
        needs=needs(stored.id),
        replies=replies_of(stored.id) if stored.has_replies else (),
        email=unseal(stored.email_sealed, column="rsvp.email_sealed", row_id=stored.id),
        mobile=unseal(stored.mobile_sealed, column="rsvp.mobile_sealed", row_id=stored.id),
    )


def needs(rsvp_id: int) -> tuple[NeedWish, ...]:
    """Return the needs of an answer by person, in the order in which they are asked."""
    order = list(NeedKind)
    found = [
        NeedWish(
            NeedKind(row.kind),
            unseal(row.text_sealed, column="need.text_sealed", row_id=row.id) or "",
            row.position,
        )
        for row in run(_NEEDS, {"rsvp_id": rsvp_id}).rows
    ]
    return tuple(sorted(found, key=lambda need: (need.position, order.index(need.kind))))


def by_id(rsvp_id: int) -> Row[Rsvp, Invitation] | None:
    """Return an answer with its invitation and event, or None when it is erased."""
    query = select(Rsvp, Invitation).join(Invitation, Invitation.id == Rsvp.invitation_id)
    return db.session.execute(query.where(Rsvp.id == rsvp_id).order_by(Rsvp.id)).one_or_none()


def language_of(rsvp_id: int) -> str:
    """Return the language in which an answer was given."""
    return db.session.scalars(select(Rsvp.language).where(Rsvp.id == rsvp_id).order_by(Rsvp.id)).one()


def answers_of_event(event_id: int) -> dict[int, Answered]:
    """Return what the households of an event answered, by invitation, for the staff's list of invitations."""
    rows = db.session.scalars(select(Rsvp).where(Rsvp.event_id == event_id).order_by(Rsvp.id))
    asked = asked_states(event_id)
    return {
        row.invitation_id: Answered(asked.get(row.invitation_id, row.state), row.email or "", row.mobile or "")
        for row in rows
    }


def answered_among(invitation_ids: Sequence[int]) -> Select[Any]:
    """Return the SELECT of which of the invitations (some hundred at most) have an answer, yes or no."""
    answered = select(Rsvp.invitation_id).where(Rsvp.invitation_id.in_(invitation_ids))
    return answered.order_by(Rsvp.invitation_id)


def event_revision(event_id: int) -> int:
    """Return the event's calendar revision."""
    return db.session.scalars(select(Event.sequence).where(Event.id == event_id).order_by(Event.id)).one()


def recipient_words(rsvp_ids: Collection[int]) -> dict[int, RecipientWords]:
    """Return the names behind answers, and where staff see more."""
    rows = db.session.execute(select(Rsvp.id, Rsvp.invitation_id).where(Rsvp.id.in_(rsvp_ids)).order_by(Rsvp.id))
    invitation_of = dict(rows.all())
    words = listing.recipient_words(list(invitation_of.values()))
    return {id_: words[invitation_id] for id_, invitation_id in invitation_of.items() if invitation_id in words}


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


def _household(rows: Sequence[Row[*tuple[Any, ...]]]) -> Household:
    first = rows[0]
    year = first.starts_at_utc.astimezone(OSLO).year if first.starts_at_utc else 0
    return Household(
        guests=tuple(_guest(row, year) for row in rows if row.invitee_id is not None),
        rsvp=_given_answer(first) if first.rsvp_id is not None else None,
        seats_held=first.held or 0,
        waiting=first.waiting or 0,
        has_questions=bool(first.has_questions),
        held_children=first.held_children or 0,
        held_wheelchairs=first.held_wheelchairs or 0,
        is_counted=first.held is not None,
    )


def _guest(row: Row[*tuple[Any, ...]], event_year: int) -> Guest:
    first_name = _first_name(row.given_name_sealed, person_id=row.person_id) or _own_name(row)
    return Guest(row.invitee_id, row.position, first_name, row.is_coming, is_child(row.birth_year, event_year))


def _given_answer(row: Row[*tuple[Any, ...]]) -> GivenAnswer:
    is_valid = row.ticket_state == TicketState.VALID
    return GivenAnswer(
        id=row.rsvp_id,
        state=row.rsvp_state,
        persons=row.persons,
        children=row.children,
        wheelchairs=row.wheelchairs,
        brought=brought_of(row),
        revision=row.revision,
        email_sealed=row.email_sealed,
        mobile_sealed=row.mobile_sealed,
        has_needs=bool(row.has_needs),
        has_replies=bool(row.has_replies),
        has_ticket=row.ticket_selector is not None,
        ticket_code=ticket_code(row.ticket_selector, row.ticket_generation) if is_valid else "",
    )


def _own_name(row: Row[*tuple[Any, ...]]) -> str | None:
    """Return what somebody who signed up without being asked is called."""
    return unseal(row.name_sealed, column="invitee.name_sealed", row_id=row.invitee_id)


def _first_name(sealed: bytes | None, *, person_id: int | None) -> str | None:
    if sealed is None or person_id is None:
        return None
    given = unseal(sealed, column="person.given_name_sealed", row_id=person_id)
    return PersonName(given).first if given else None
