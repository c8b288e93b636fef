"""What later capabilities tell the audience of a person's past: each source with both its sides."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from outreach.audience import queries
from outreach.audience.compiling.queries import belongs
from outreach.audience.rule import Attended, Invited, Rule, Unanswered
from outreach.audience.segment import bound
from outreach.database import db
from outreach.people.models import Person
from outreach.reports.queries import came
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from outreach.tickets.models import Ticket
from tests.audience import town
from tests.audience.slow_rule import Life
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.factories.rsvp import answer_for, give_answer

AS_OF = date(2026, 10, 31)
CLOCKS = Clocks(event_days=90, register_days=10_000, memory_days=730)


def found(condition, event_id=queries.NO_EVENT):
    segment = bound(Rule(conditions=(condition,)), name="x", title="", as_of=AS_OF, held_days=395)
    return set(db.session.scalars(select(Person.id).where(belongs(queries.sight(segment, event_id)))))


def a_guest(*scans):
    """Return the id of a person who said yes to an event, and whose ticket had `scans` at the door."""
    invited = make_invited(1985)
    give_answer(invited.invitation, answer_for(invited.invitation, True))
    ticket = db.session.scalars(select(Ticket.id)).one()
    made = [town.scan(invited.event, ticket, **values) for values in scans]
    db.session.commit()
    return invited.household.members[0].id, invited.event.id, made


@pytest.mark.parametrize(
    ("scans", "has_come"),
    [
        ([], False),
        ([{}], True),
        ([{"phone_verdict": "amber"}], True),
        ([{"phone_verdict": "red"}], False),
        ([{"kind": "out"}], False),
        ([{"scan_id": "a" * 32}, {"kind": "undo", "undoes": "a" * 32}], False),
        ([{"scan_id": "a" * 32}, {"kind": "undo", "undoes": "b" * 32}], True),
        ([{}, {"kind": "undo"}], False),
        ([{}, {}, {"kind": "undo"}], True),
    ],
)
def test_who_said_yes_and_was_let_in_has_come(app, scans, has_come):
    person, event_id, _ = a_guest(*scans)
    assert found(Attended()) == ({person} if has_come else set())
    assert found(Attended(), event_id) == set(), "never of the event at hand"


def test_where_the_door_scanned_nobody_the_memory_takes_who_said_yes(app):
    person, event_id, _ = a_guest()
    assert found(Attended()) == set()
    assert set(db.session.scalars(select(came(event_id).subquery().c.person_id))) == {person}


def test_where_the_door_scanned_others_who_stayed_away_has_not_come(app):
    _, event_id, _ = a_guest({"phone_verdict": "red"})
    assert set(db.session.scalars(select(came(event_id).subquery().c.person_id))) == set()


def test_who_owes_an_answer_is_known_until_the_household_answers(app):
    invited = make_invited(1985)
    person = invited.household.members[0].id
    assert found(Unanswered()) == {person}
    assert found(Unanswered(), invited.event.id) == set()
    give_answer(invited.invitation, answer_for(invited.invitation, False))
    assert found(Unanswered()) == set()


def test_never_invited_before_outlives_the_erasure_by_the_hash_alone(app):
    """Ninety days after the event its people are erased; for 24 months the hash still tells, and then no longer."""
    invited = make_invited(1985, 1987)
    people = {member.id for member in invited.household.members}
    db.session.execute(Person.__table__.update().values(seen_as_of=date(2027, 6, 1)))
    db.session.commit()
    other = make_event(slug="neste-kveld")
    assert found(Invited(negated=True), invited.event.id) == people
    for day, never in ((date(2027, 3, 1), set()), (date(2028, 11, 25), set()), (date(2028, 11, 26), people)):
        retention.run(clocks=CLOCKS, today=day, now=NOW + timedelta(days=30))
        db.session.commit()
        assert found(Invited(negated=True), other.id) == never, day
        assert found(Invited(), other.id) == people - never


@pytest.mark.parametrize(("day", "is_free"), [(date(2026, 4, 30), True), (date(2026, 5, 1), False)])
def test_the_frequency_cap_has_a_day_on_each_side(app, day, is_free):
    """Six months before 31 October 2026 begin on 1 May; the moment is midnight in Oslo, the edge itself."""
    settled = set(town.settle(town.with_neighbours([Life(invited_on=(day,)), Life(remembered_on=(day,))])))
    assert found(Invited(6, negated=True)) == (settled if is_free else set())


def test_an_invitation_after_the_extract_counts_too(app):
    settled = set(town.settle(town.with_neighbours([Life(invited_on=(date(2026, 11, 1),))])))
    assert found(Invited(1)) == settled
