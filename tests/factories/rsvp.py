"""Households with an invitation, made straight in the tables, and answers to it. Everybody is made up."""

from datetime import date, datetime

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import INVITATION, new_selector
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import code_of
from outreach.people.models import Person
from outreach.rsvp import queries, service
from outreach.rsvp.answer import Answer, Brought, NeedWish, PersonChoice
from outreach.rsvp.own_questions.own_question import Reply
from outreach.rsvp.waitlist.taking import service as taking

FAMILY = ("Åse", "Bjørn", "Emma")


def make_household(event: Event, names: tuple[str | None, ...] = FAMILY) -> Invitation:
    """Return a committed invitation of persons with `names`; None makes a person whom we do not know any more."""
    now = clock.now_utc()
    invitation = Invitation(event_id=event.id, selector=new_selector(INVITATION), created_at_utc=now)
    db.session.add(invitation)
    for position, name in enumerate(names, start=1):
        person = _person(name) if name else None
        invitation.invitees.append(
            Invitee(event_id=event.id, person_id=person.id if person else None, position=position)
        )
    db.session.commit()
    return invitation


def _person(name: str) -> Person:
    person = Person(given_name=name, family_name="Lien", seen_as_of=date(2026, 11, 1), seen_import_id=1)
    person.identity_hash = f"1:test-{person.id}"
    db.session.add(person)
    return person


def token_of(invitation: Invitation) -> str:
    """Return the code of the invitation's link."""
    return code_of(invitation.selector, invitation.generation)


def answer_for(
    invitation: Invitation,
    *coming: bool,
    extra_children: int = 0,
    brought: Brought | None = None,
    needs: tuple[NeedWish, ...] = (),
    email: str | None = None,
    mobile: str | None = None,
    replies: tuple[Reply, ...] = (),
) -> Answer:
    """Return an answer with yes or no for each person by position."""
    guests = queries.guests(invitation.id)
    choices = zip(guests, coming, strict=True)
    return Answer(
        choices=tuple(PersonChoice(guest.invitee_id, guest.position, is_coming) for guest, is_coming in choices),
        brought=brought or Brought(school=extra_children),
        needs=needs,
        email=email,
        mobile=mobile,
        replies=replies,
    )


def join_queue(invitation: Invitation, answer: Answer, *, now: datetime | None = None) -> taking.Outcome:
    """Have a refused household join the waiting list, and commit."""
    outcome = taking.wait(invitation, answer, now=now or clock.now_utc())
    db.session.commit()
    return outcome


def give_answer(invitation: Invitation, answer: Answer) -> service.Outcome:
    """Store and commit `answer`."""
    outcome = service.answer(invitation, answer, now=clock.now_utc())
    db.session.commit()
    return outcome
