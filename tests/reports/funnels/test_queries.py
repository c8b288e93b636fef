from flask import Flask

from outreach import clock
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import State
from outreach.reports.funnels import queries as funnels
from outreach.tickets import queries as ticket_queries
from tests.conftest import NOW
from tests.factories.checkin import pair_phone
from tests.factories.evening_figures import lived_evening
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.factories.rsvp import answer_for, give_answer
from tests.statements import noted


def test_an_event_that_nobody_was_asked_to_has_an_empty_funnel(app: Flask) -> None:
    assert set(funnels.funnel(make_event().id).figures().values()) == {0}


def test_counts_persons_from_letter_to_door(app: Flask) -> None:
    invited = make_invited(1985, 1987, 2016)
    other = make_invited(1970, event=invited.event)
    db.session.query(OutboxMessage).update({"state": State.HANDED_OVER.value})
    db.session.commit()
    give_answer(invited.invitation, answer_for(invited.invitation, True, True, False, extra_children=1))
    phone = pair_phone(app.test_client(), invited.event)
    ticket = ticket_queries.facts_of_invitation(invited.invitation.id)
    assert ticket
    phone.results(phone.scan(ticket.code, persons=2))
    figures = funnels.funnel(invited.event.id).figures()
    assert other.invitation.id != invited.invitation.id
    assert (figures["invited"], figures["delivered"]) == (4, 4)
    assert (figures["answered"], figures["unanswered"], figures["coming"], figures["declined"]) == (3, 1, 2, 1)
    assert (figures["attending"], figures["attended"], figures["no_show"], figures["walk_ins"]) == (3, 2, 1, 0)


def test_a_returned_letter_takes_its_persons_from_delivered(app: Flask) -> None:
    invited = make_invited(1985, 1987)
    db.session.query(OutboxMessage).update({"state": State.BOUNCED.value})
    db.session.commit()
    figures = funnels.funnel(invited.event.id).figures()
    assert (figures["invited"], figures["delivered"], figures["returned"]) == (2, 0, 2)


def test_each_event_has_the_funnel_that_it_has_alone(app: Flask) -> None:
    lived, none = lived_evening(app), make_event(slug="ingen")
    clock.set_clock(lambda: NOW)
    other = make_invited(1970, 1972, event=make_event(slug="en-annen"))
    give_answer(other.invitation, answer_for(other.invitation, True, False))
    events = [lived, none, other.event]
    found = funnels.funnels([event.id for event in events])
    assert found == {event.id: funnels.funnel(event.id) for event in events}
    assert found[lived.id].attended
    assert (found[other.event.id].coming, found[other.event.id].declined) == (1, 1)


def test_many_events_take_no_more_statements_than_one(app: Flask) -> None:
    some = [make_invited(1985, event=make_event(slug=f"nr-{number}")).event.id for number in range(6)]
    db.session.rollback()
    with noted() as of_one:
        funnels.funnels(some[:1])
    db.session.rollback()
    with noted() as of_many:
        funnels.funnels(some)
    assert len(of_many) <= len(of_one)
