"""Who waits for whom: one writer at a time on SQLite, and connections that the server has closed on PostgreSQL."""

import threading
import time

import pytest
from sqlalchemy import bindparam, create_engine, insert, select, text
from sqlalchemy.exc import OperationalError

from outreach.database import db, engine, run
from outreach.database.engine import begin_writing, engine_options, prepare_engine, reading
from outreach.rsvp.models import SeatCount
from tests.conftest import ON_POSTGRESQL
from tests.factories.events import make_event

on_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL locks rows")
on_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no server that could go away")
_HELD = select(SeatCount.__table__.c.held).where(SeatCount.__table__.c.event_id == bindparam("wanted"))


@pytest.fixture
def event_id(app):
    made = make_event()
    counts = dict.fromkeys(("held", "held_children", "held_wheelchairs", "waiting", "last_number"), 0)
    run(insert(SeatCount.__table__), counts | {"event_id": made.id})
    db.session.commit()
    return made.id


@on_sqlite
def test_the_bundled_sqlite_writes_as_it_must(app):
    """A version without the fault of resetting the log, writes that outlive a power cut, and deletes that leave nothing
    behind (ADR 0003)."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    own = create_engine(db.engine.url, **engine_options("sqlite"))  # that of the other tests does not wait for the disk
    prepare_engine(own)
    with own.connect() as connection:
        version = connection.execute(text("select sqlite_version()")).scalar()
        found = {name: connection.execute(text(f"pragma {name}")).scalar() for name in wanted}
    own.dispose()
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
    assert found == wanted


@on_sqlite
def test_a_writer_waits_until_the_one_before_has_ended(event_id):
    add = text("update seat_count set held = held + 1")

    def add_slowly(begun, pool):
        with pool.begin() as other:
            other.execute(add)
            begun.set()
            time.sleep(0.3)

    begun = threading.Event()
    slow = threading.Thread(target=add_slowly, args=(begun, db.engine))
    slow.start()
    assert begun.wait(5)
    with db.engine.begin() as connection:
        connection.execute(add)
    slow.join()
    assert run(_HELD, {"wanted": event_id}).scalar() == 2


@on_sqlite
def test_a_writer_that_never_gets_its_turn_is_told_so(event_id, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    with db.engine.begin(), pytest.raises(OperationalError, match="locked"), db.engine.begin():
        pass


@on_sqlite
def test_a_read_that_goes_on_to_write_sees_what_was_written_meanwhile_and_keeps_its_connection(event_id):
    with reading():
        assert run(_HELD, {"wanted": event_id}).scalar() == 0
        mine = db.session.connection()
        with db.engine.connect() as other:
            raw = other.connection.dbapi_connection
            raw.execute("update seat_count set held = 5")
        assert run(_HELD, {"wanted": event_id}).scalar() == 0
    begin_writing(mine)
    assert run(_HELD, {"wanted": event_id}).scalar() == 5
    assert db.session.connection() is mine
    db.session.execute(text("update seat_count set held = held + 1"))
    db.session.commit()
    assert run(_HELD, {"wanted": event_id}).scalar() == 6


@on_postgresql
@pytest.mark.parametrize(("rested", "is_found"), [(10.0, True), (0.0, False)])
def test_only_a_connection_that_has_rested_is_asked_whether_the_server_is_there(app, rested, is_found):
    """The control: one that was used just now is not asked, and the request meets the fault itself."""
    mine = db.session.scalar(text("select pg_backend_pid()"))
    info = db.session.connection().connection.info
    with db.engine.connect() as other:
        other.rollback()
        db.session.remove()
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": mine})
        info["used_seconds"] = time.monotonic() - rested  # not when it was: a slow machine rests a lot
        if is_found:
            assert db.session.scalar(text("select pg_backend_pid()")) != mine
        else:
            with pytest.raises(OperationalError):
                db.session.scalar(text("select pg_backend_pid()"))
    db.session.rollback()


@on_postgresql
def test_no_query_is_compiled_by_the_server_also_after_a_rollback(app):
    db.session.rollback()
    assert db.session.scalar(text("show jit")) == "off"
