from flask import Flask
from sqlalchemy import func, select

from outreach.database import db
from outreach.database.downward import announce
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.rsvp import erasure
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets import erasure as tickets_erasure
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household


def _coming(event: Event) -> Invitation:
    invitation = make_household(event)
    needs = (NeedWish(NeedKind.ALLERGY, "nøtter"),)
    give_answer(
        invitation, answer_for(invitation, True, True, False, needs=needs, email="a@b.no", mobile="+4791234567")
    )
    return invitation


def _rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _person_ids(invitation: Invitation) -> list[int]:
    query = select(Invitee.person_id).where(Invitee.invitation_id == invitation.id).order_by(Invitee.position)
    return [person_id for person_id in db.session.scalars(query) if person_id]


def test_an_events_answers_and_tickets_go_and_are_counted_and_another_events_stay(app: Flask) -> None:
    event, other = make_event(), make_event(slug="julekaffe")
    _coming(event)
    _coming(other)
    assert tickets_erasure.erase_event_people(event.id) == {"ticket": 1}
    gone = {"calendar_answer": 0, "wait_place": 0, "need": 1, "question_reply": 0, "person_answer": 3, "rsvp": 1}
    gone |= {"open_request": 0, "open_party": 0}
    assert erasure.erase_event_people(event.id) == gone
    assert erasure.erase_event_people(event.id) == dict.fromkeys(gone, 0)
    assert (_rows(Rsvp), _rows(Need), _rows(PersonAnswer), _rows(Ticket)) == (1, 1, 3, 1)
    assert _rows(SeatCount) == 2


def test_an_events_waiting_list_goes_and_nobody_is_counted_as_waiting(app: Flask) -> None:
    event, other = make_event(capacity=1), make_event(slug="julekaffe", capacity=1)
    for one in (event, other):
        invitation = make_household(one)
        join_queue(invitation, answer_for(invitation, True, True, False, email="a@b.no"))
    assert erasure.erase_event_people(event.id)["wait_place"] == 1
    assert _rows(WaitPlace) == 1
    query = select(SeatCount.event_id, SeatCount.waiting)
    assert dict(db.session.execute(query.order_by(SeatCount.event_id)).all()) == {event.id: 0, other.id: 1}


def test_erasing_a_person_takes_their_answer_and_the_partys_needs_and_contact_and_leaves_the_number(app: Flask) -> None:
    event = make_event()
    invitation, neighbour = _coming(event), _coming(event)
    counts = erasure.erase_persons(_person_ids(invitation)[:1])
    assert counts == {"person_answer": 1, "need": 1, "question_reply": 0, "rsvp": 1}
    mine = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == invitation.id)).one()
    db.session.refresh(mine)
    assert (mine.email_sealed, mine.mobile_sealed, mine.persons, mine.state) == (None, None, 2, "attending")
    theirs = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == neighbour.id)).one()
    assert theirs.email == "a@b.no"


def test_a_large_number_of_persons_is_erased_in_portions(app: Flask) -> None:
    invitation = _coming(make_event())
    counts = erasure.erase_persons([*range(1, 1_200), *_person_ids(invitation)])
    assert counts == {"person_answer": 3, "need": 1, "question_reply": 0, "rsvp": 1}


def test_who_is_protected_after_a_yes_keeps_a_valid_ticket_with_a_number_and_no_contact(app: Flask) -> None:
    invitation = _coming(make_event())
    announce("people_protected", person_ids=_person_ids(invitation), now=NOW)
    db.session.commit()
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.state, ticket.persons) == ("valid", 2)
    rsvp = db.session.scalars(select(Rsvp).execution_options(populate_existing=True)).one()
    assert (rsvp.email_sealed, rsvp.mobile_sealed, rsvp.persons) == (None, None, 2)
    assert (_rows(Need), _rows(PersonAnswer)) == (0, 0)
