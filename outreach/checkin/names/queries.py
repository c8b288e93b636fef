"""Who comes on which ticket of an event, by name. Who is protected has no row of the register here, so no name."""

from typing import Any

from sqlalchemy import Select, func, or_, select

from outreach.checkin.names.name_index import Comer, Party
from outreach.database import db
from outreach.invitations.models import Invitee
from outreach.people.models import Household, Person
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.tickets.models import Ticket
from outreach.tickets.ticket import TicketState


def parties(event_id: int, *, year: int) -> list[Party]:
    """Return each valid ticket on which somebody comes whose name may be shown, in order of ticket id.

    Left out are those whose household or row must be looked at by hand, whatever the cause. `year`: of the event.
    """
    found: dict[int, tuple[Any, list[Person]]] = {}
    for ticket_id, selector, generation, persons, person in db.session.execute(_comers(event_id)):
        found.setdefault(ticket_id, ((selector, generation, persons), []))[1].append(person)
    return [
        Party(
            ticket_id=ticket_id,
            selector=selector,
            generation=generation,
            persons=persons,
            surname=people[0].family_name or "",
            comers=tuple(Comer(person.full_name, person.is_adult_in(year)) for person in people),
        )
        for ticket_id, ((selector, generation, persons), people) in found.items()
    ]


def _comers(event_id: int) -> Select[int, str, int, int, Person]:
    by_hand = func.coalesce(Household.set_aside_reason, "") != ""
    return (
        select(Ticket.id, Ticket.selector, Ticket.generation, Ticket.persons, Person)
        .join(Rsvp, Rsvp.invitation_id == Ticket.invitation_id)
        .join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id)
        .join(Invitee, Invitee.id == PersonAnswer.invitee_id)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(
            Ticket.event_id == event_id,
            Ticket.state == TicketState.VALID.value,
            PersonAnswer.is_coming.is_(True),
            ~or_(by_hand, Person.is_held_back),
        )
        .order_by(Ticket.id, Invitee.position)
    )
