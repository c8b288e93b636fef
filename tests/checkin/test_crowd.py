"""An evening's state that takes facts in portions is that of all facts at once; what is kept is never out of date."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, event

from outreach.checkin import queries
from outreach.checkin.crowd.crowd import Crowd, with_more
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.headcount import Headcount, clashes, headcount
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact, fold
from outreach.checkin.scan_ticket import TicketRow
from outreach.database import db
from outreach.tickets import service as tickets
from tests.checkin.test_scan_merge import FACTS, START
from tests.conftest import NOW
from tests.factories.checkin import code_of, make_event, make_ticket, pair_phone

ROWS = [
    TicketRow(id=1, event_id=1, selector="a", generation=1, is_valid=True, persons=1, version=1, changed_at_utc=START),
    TicketRow(id=2, event_id=1, selector="b", generation=2, is_valid=True, persons=5, version=1, changed_at_utc=START),
    TicketRow(
        id=3, event_id=1, selector="c", generation=1, is_valid=False, persons=2, version=2,
        changed_at_utc=START + timedelta(minutes=3),
    ),
]  # fmt: skip
CHANGED = [
    replace(ROWS[0], persons=4, version=2),
    replace(ROWS[1], is_valid=False, version=2, changed_at_utc=START + timedelta(minutes=2)),
    ROWS[2],
]


def _agrees(crowd: Crowd, facts: list[Fact], rows: list[TicketRow]) -> None:
    merged = fold(facts, queries.standings(rows))
    assert crowd.outcomes == merged.outcomes
    assert crowd.groups == merged.groups
    assert _counted(crowd.headcount()) == _counted(headcount(merged))
    assert crowd.clashes == clashes(facts, merged.outcomes)
    assert sum(crowd.came.values()) == sum(outcome.adds for outcome in merged.outcomes.values())
    assert crowd.scan_count == len(facts)


def _counted(count: Headcount) -> tuple[int, int, dict[str, int]]:
    """Return the count without the doors that nobody is in by: those are listed from the event anyhow."""
    return (count.total, count.arrived, {door: persons for door, persons in count.doors.items() if persons})


@given(FACTS, st.data())
def test_portions_in_any_order_and_more_than_once_make_the_same(facts: list[Fact], data: st.DataObject) -> None:
    crowd = with_more(Crowd(), [], ROWS[:2])
    shuffled = data.draw(st.permutations(facts))
    cut = data.draw(st.integers(0, len(facts)))
    for portion, rows in ((shuffled[:cut], ROWS), (shuffled[max(0, cut - 3) :], []), ([], CHANGED)):
        before = (dict(crowd.outcomes), crowd.inside)
        more = with_more(crowd, portion, rows)
        assert (dict(crowd.outcomes), crowd.inside) == before
        crowd = more
    _agrees(crowd, facts, CHANGED)


def test_control_a_state_that_forgets_the_ticket_disagrees() -> None:
    fact = next(one for one in _some_facts() if one.group == "ticket:1")
    with pytest.raises(AssertionError):
        _agrees(with_more(Crowd(), [fact], []), [fact], ROWS)


def _some_facts() -> list[Fact]:
    from tests.checkin.test_scan_merge import fact

    return [fact(1), fact(2, "ticket:2", minute=1)]


def test_what_is_kept_takes_in_scans_answers_and_erasure(app: Flask) -> None:
    evening = make_event()
    phone = pair_phone(app.test_client(), evening)
    first, second = make_ticket(evening, persons=2), make_ticket(evening, persons=3)
    phone.results(phone.scan(code_of(first), persons=2))
    assert crowd_of(evening.id).inside == 2
    phone.results(phone.scan(code_of(second), persons=3))
    late = make_ticket(evening)
    phone.results(phone.scan(code_of(late)))
    assert crowd_of(evening.id).inside == 6
    tickets.revoke(second.invitation_id, NOW - timedelta(minutes=1))
    db.session.commit()
    assert crowd_of(evening.id).outcomes == queries.merged(evening.id).outcomes
    db.session.execute(delete(Scan).where(Scan.ticket_id == first.id))
    db.session.commit()
    assert crowd_of(evening.id).groups == queries.merged(evening.id).groups
    db.session.execute(delete(Scan))
    db.session.commit()
    assert crowd_of(evening.id).arrived == 0


def test_nothing_new_asks_the_database_for_the_mark_alone(app: Flask) -> None:
    evening = make_event()
    phone = pair_phone(app.test_client(), evening)
    phone.results(phone.scan(code_of(make_ticket(evening))))
    kept, statements = crowd_of(evening.id), []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert crowd_of(evening.id) is kept
    assert len(statements) <= 2, statements  # the mark, and the begin of its transaction
