"""Steps of one act: all of them, in their order, or nothing."""

import pytest
from sqlalchemy import bindparam, func, insert, select, update

from outreach.database import db
from outreach.database.conflicts import inserting, inserting_or_changing
from outreach.database.together import StandsOtherwiseError, Step, run_together
from outreach.rsvp.models import PersonAnswer, SeatCount
from outreach.web.models import AttemptCounter
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.statements import noted

_counters = AttemptCounter.__table__
_COUNT = (
    update(_counters)
    .where(_counters.c.scope == bindparam("of"))
    .values(count=_counters.c["count"] + 1)
    .returning(_counters.c["count"])
)


def _counter(scope: str) -> dict[str, object]:
    return {"scope": scope, "subject_hash": "100 %", "window_utc": NOW, "count": 1, "last_at_utc": NOW}


def _counts() -> list[tuple[str, int]]:
    query = select(AttemptCounter.scope, AttemptCounter.count).order_by(AttemptCounter.scope)
    return [(scope, count) for scope, count in db.session.execute(query)]


def test_steps_run_together_each_on_what_it_expects(app):
    db.session.execute(insert(AttemptCounter), [_counter("b"), _counter("c")])
    run_together([inserting(AttemptCounter, **_counter("a")), Step(_COUNT, {"of": "b"}), Step(_COUNT, {"of": "c"})])
    assert _counts() == [("a", 1), ("b", 2), ("c", 2)]


def test_a_step_that_meets_other_rows_leaves_nothing_of_the_others(app):
    db.session.execute(insert(AttemptCounter), [_counter("b")])
    db.session.commit()
    with pytest.raises(StandsOtherwiseError):
        run_together([inserting(AttemptCounter, **_counter("a")), Step(_COUNT, {"of": "nobody"})])
    db.session.rollback()
    with pytest.raises(StandsOtherwiseError):
        run_together([Step(_COUNT, {"of": "b"}), inserting(AttemptCounter, **_counter("b"))])
    db.session.rollback()
    assert _counts() == [("b", 1)]


def test_a_step_may_touch_any_number_of_rows(app):
    run_together([Step(_COUNT, {"of": "nobody"}, rows=None), inserting(AttemptCounter, **_counter("a"))])
    assert _counts() == [("a", 1)]


def test_rows_that_stand_take_over_what_is_new(app):
    invitation = make_household(make_event(), ("Åse", "Bjørn"))
    rsvp_id = give_answer(invitation, answer_for(invitation, True, False)).rsvp_id
    rows = [
        {"id": 10 + row.position, "rsvp_id": rsvp_id, "invitee_id": row.invitee_id, "position": row.position}
        for row in db.session.scalars(select(PersonAnswer).where(PersonAnswer.rsvp_id == rsvp_id))
    ]
    changed = [{**row, "is_coming": row["position"] == 2} for row in rows]
    step = inserting_or_changing(PersonAnswer, changed, unique=("rsvp_id", "invitee_id"), changed=("is_coming",))
    run_together([step])
    coming = select(PersonAnswer.position).where(PersonAnswer.rsvp_id == rsvp_id, PersonAnswer.is_coming)
    assert list(db.session.scalars(coming)) == [2]


def test_postgresql_gets_one_statement(app):
    db.session.execute(insert(AttemptCounter), [_counter("b")])
    db.session.commit()
    with noted() as seen:
        run_together([inserting(AttemptCounter, **_counter("a")), Step(_COUNT, {"of": "b"})])
    changes = [statement for statement in seen if "INSERT" in statement or "UPDATE" in statement]
    assert len(changes) == (2 if db.engine.dialect.name == "sqlite" else 1)
    assert db.session.scalar(select(func.count()).select_from(SeatCount)) == 0
