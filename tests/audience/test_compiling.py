"""The compiled statement against the slow definition: random people, random rules, on the database under test."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.audience import queries
from outreach.audience.compiling.queries import belongs
from outreach.audience.rule import Invited, PostcodeArea, Rule
from outreach.audience.segment import bound
from outreach.database import db
from outreach.people.models import Person
from tests.audience.rule_strategies import AS_OF, RULES, TOWNS
from tests.audience.slow_rule import Life, fits
from tests.audience.town import invite, make_event, settle, with_neighbours
from tests.conftest import NOW


def segment(rule: Rule):
    return bound(rule, name="prove", title="", as_of=AS_OF, held_days=395)


def found(rule: Rule, event_id: int) -> set[int]:
    return set(db.session.scalars(select(Person.id).where(belongs(queries.sight(segment(rule), event_id)))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(town=TOWNS, rules=st.lists(RULES, min_size=1, max_size=6))
def test_the_statement_finds_whom_the_slow_definition_finds(app, town, rules):
    """Everybody is also invited to the event at hand, which must never count as an earlier one."""
    try:
        people = settle(with_neighbours(town))
        at_hand = make_event(date(2026, 12, 1))
        for person in db.session.scalars(select(Person)):
            invite(person, at_hand, NOW)
        db.session.flush()
        for rule in rules:
            wanted = {person_id for person_id, life in people.items() if fits(rule, life, AS_OF)}
            assert found(rule, at_hand.id) == wanted, rule
    finally:
        db.session.rollback()


def test_the_control_a_rule_that_is_compiled_wrongly_is_found(app, monkeypatch):
    """With "not" left out of the compiled rule, the comparison above goes red."""
    people = settle(with_neighbours([Life(postcode="3370"), Life(postcode="0150")]))
    rule = Rule(conditions=(PostcodeArea(("33",), negated=True),))
    wanted = {person_id for person_id, life in people.items() if fits(rule, life, AS_OF)}
    assert found(rule, 0) == wanted
    monkeypatch.setattr("outreach.audience.compiling.queries.is_negated", lambda condition: False)
    assert found(rule, 0) != wanted


def test_without_an_event_at_hand_every_invitation_counts(app):
    [person_id] = settle(with_neighbours([Life()]))
    event = make_event(date(2026, 12, 1))
    invite(db.session.get(Person, person_id), event, NOW)
    db.session.flush()
    assert found(Rule(conditions=(Invited(),)), queries.NO_EVENT) == {person_id}
    assert found(Rule(conditions=(Invited(),)), event.id) == set()
