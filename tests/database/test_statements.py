"""Prepared statements do what SQLAlchemy does with them: values there and back, faults, guards; on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from outreach.accounts.models import StaffUser
from outreach.database import db, run, seal
from outreach.database.engine import WriteInReadError, reading
from outreach.people.models import Person
from tests.conftest import ON_POSTGRESQL

_person, _user = Person.__table__, StaffUser.__table__
SUMMER = datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))
PERSON = {"id": 7, "seen_as_of": date(2026, 11, 1), "seen_import_id": 1}
_INSERT, _ALL = insert(_person), select(_person).order_by(_person.c.id)


def values(**changed):
    usual = {name: column.default.arg for name, column in _person.c.items() if column.default is not None}
    return {**usual, **PERSON, **changed}


def test_values_come_back_as_sqlalchemy_brings_them_back(app):
    sealed = seal("Åse", column="person.given_name_sealed", row_id=7)
    run(_INSERT, values(is_resident=True, given_name_sealed=sealed, moved_in_on=date(2026, 5, 1)))
    [row] = run(_ALL).rows
    [expected] = db.session.execute(_ALL).all()
    assert row._asdict() == expected._asdict()
    assert (row.is_resident, row.given_name_sealed, row.moved_in_on) == (True, sealed, date(2026, 5, 1))


def test_a_moment_is_kept_in_utc_and_one_without_a_zone_is_refused(app):
    change = update(_user).where(_user.c.id == bindparam("wanted")).values(created_at_utc=bindparam("at"))
    run(change, {"wanted": 1, "at": SUMMER})
    with pytest.raises(ValueError, match="zone"):
        run(change, {"wanted": 1, "at": datetime(2026, 7, 1, 14, 0)})  # noqa: DTZ001 - the fault under test
    kept = run(select(bindparam("at", type_=_user.c.created_at_utc.type).label("at")), {"at": SUMMER}).one().at
    assert (kept, kept.tzinfo) == (SUMMER, UTC)


def test_several_values_make_several_rows(app):
    assert run(_INSERT, [values(id=number) for number in (3, 1, 2)]).rows == ()
    assert [row.id for row in run(_ALL).rows] == [1, 2, 3]
    assert run(delete(_person).where(_person.c.id != bindparam("kept")), {"kept": 2}).rowcount == 2
    assert run(select(_person.c.id)).scalar() == 2
    assert run(select(_person.c.id).where(_person.c.id == 9)).scalar() is None


def test_a_value_that_is_part_of_the_statement_needs_none_from_the_caller(app):
    run(_INSERT, values(id=5))
    wanted = select(_person.c.id).where(_person.c.id == bindparam("id_wanted"), _person.c.seen_import_id == 1)
    assert run(wanted, {"id_wanted": 5}).one().id == 5


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (select(_person.c.id).where(_person.c.id == bindparam("wanted")), {}),
        (select(_person.c.id).where(_person.c.id.in_(bindparam("wanted", expanding=True))), {"wanted": [1]}),
    ],
)
def test_what_cannot_be_prepared_is_refused_and_never_runs_with_null(app, statement, given):
    with pytest.raises(ValueError, match="every value"):
        run(statement, given)


def test_a_refused_row_raises_what_sqlalchemy_raises_without_its_values(app):
    run(_INSERT, values(id=11, postcode="3370"))
    with pytest.raises(IntegrityError) as raised:
        run(_INSERT, values(id=11, postcode="3371"))
    assert "3371" not in str(raised.value)
    db.session.rollback()
    assert run(_ALL).rows == []


def test_a_read_may_not_write(app):
    with reading(), pytest.raises(WriteInReadError):
        run(_INSERT, values())
    db.session.rollback()


def test_listeners_hear_of_it(app):
    heard = []

    def note(_connection, _cursor, statement, *_rest):
        heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        run(_ALL)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(heard) == 1


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no server that could go away")
def test_a_connection_that_the_server_closed_is_given_up(app):
    run(_ALL)
    mine = db.session.scalar(text("select pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": mine})
    with pytest.raises(DBAPIError) as raised:
        run(_ALL)
    assert raised.value.connection_invalidated
    db.session.rollback()
    assert run(_ALL).rows == []
