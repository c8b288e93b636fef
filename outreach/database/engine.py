"""Engine set-up for both databases: how a connection opens, how a transaction begins, and that a read never writes.

SQLite is the bundled one (sqlcipher3 as DB-API, ≥ 3.51.3) because older ones can corrupt a WAL file on reset.
Writes begin with BEGIN IMMEDIATE: the driver's default lost updates silently (ADR 0003). A GET or HEAD begins a plain
read transaction, and a statement that would change a domain row in it is refused: mail scanners open every link.
"""

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlcipher3 import dbapi2 as sqlite

BUSY_TIMEOUT_MS = 10_000
_BUSY_TIMEOUT = f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}"
_SHORT_WAITS, _SHORT_WAIT_SECONDS = 200, 0.0002
_WAIT_SECONDS = 0.001
_RESTED_SECONDS = 5.0
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    _BUSY_TIMEOUT,
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-16384",
    # 32 MB of log before it is worked into the database: at the usual 4 MB the same pages were written again and again.
    "PRAGMA wal_autocheckpoint=8000",
)
_CHANGE = re.compile(r"\s*(?:WITH\b.*?\b)?(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.I | re.S)
_reading: ContextVar[bool] = ContextVar("reading", default=False)
_each_alone: ContextVar[bool] = ContextVar("each_alone", default=False)


class WriteInReadError(RuntimeError):
    """Code that answers a GET tried to change a row: a programming fault, never a person's."""


@contextmanager
def _transactions(*, only_read: bool, each_alone: bool) -> Iterator[None]:
    tokens = _reading.set(only_read), _each_alone.set(each_alone)
    try:
        yield
    finally:
        _reading.reset(tokens[0])
        _each_alone.reset(tokens[1])


def reading(*, each_alone: bool = False) -> AbstractContextManager[None]:
    """Within the block, transactions are read-only: plain BEGIN, and every change is refused.

    `each_alone`: on PostgreSQL each statement is a transaction of its own.
    """
    return _transactions(only_read=True, each_alone=each_alone)


def writing() -> AbstractContextManager[None]:
    """Within the block, transactions may write even inside `reading`: for audit rows and counters only."""
    return _transactions(only_read=False, each_alone=False)


@contextmanager
def each_alone(engine: Engine) -> Iterator[Connection]:
    """Yield a connection on which each statement is a transaction of its own, and may write (PostgreSQL)."""
    with _transactions(only_read=False, each_alone=True), engine.connect() as connection:
        _begin_postgresql(connection)
        yield connection


def engine_options(database_url: str) -> dict[str, Any]:
    """Return SQLAlchemy engine options for `database_url`: the bundled SQLite, or PostgreSQL.

    Parameters stay out of error texts, which end in logs."""
    if database_url.startswith("sqlite"):
        return {"module": sqlite, "hide_parameters": True}
    # The connection that was used last: its statements are prepared, and what the server keeps of them is warm.
    return {"hide_parameters": True, "pool_use_lifo": True}


def prepare_engine(engine: Engine) -> None:
    """Attach the rules of this module to `engine`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "connect", _open_postgresql)
        event.listen(engine, "connect", _note_use)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_ask_when_idle, engine.dialect))
    event.listen(engine, "before_cursor_execute", _refuse_change_in_read)


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Ask the driver itself: a statement by way of SQLAlchemy costs ten times as much, and this is each request's."""
    if _reading.get():
        _driver_of(connection).execute("BEGIN")
    else:
        _take_the_turn(connection)


def begin_writing(connection: Connection) -> None:
    """End the read that `connection` is in and begin to write, without giving the connection back in between."""
    if connection.dialect.name != "sqlite":
        _begin_postgresql(connection)
        return
    _driver_of(connection).execute("COMMIT")
    _take_the_turn(connection)


def _take_the_turn(connection: Connection) -> None:
    """Begin to write as soon as the writer before has ended. Raises OperationalError after BUSY_TIMEOUT_MS.

    SQLite's own wait sleeps 1, 2, 5 … 100 ms however short the write is that it waits for. It leaves the writer's place
    empty most of the time when two workers write, and one worker may wait for ever while others come and go.
    """
    driver = _driver_of(connection)
    driver.execute("PRAGMA busy_timeout=0")
    try:
        if not _is_my_turn(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(_BUSY_TIMEOUT)


def _is_my_turn(driver: Any) -> bool:
    last = time.monotonic() + BUSY_TIMEOUT_MS / 1_000
    tries = 0
    while tries == 0 or time.monotonic() < last:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return True
        except sqlite.OperationalError:
            tries += 1
            time.sleep(_SHORT_WAIT_SECONDS if tries < _SHORT_WAITS else _WAIT_SECONDS)
    return False


def _open_postgresql(connection: Any, _record: Any) -> None:
    """Compile no query: for a count that takes 200 ms the server spent 500 ms on its machine code."""
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    connection.commit()  # what a transaction that is undone has set is undone too


def _begin_postgresql(connection: Connection) -> None:
    """Have the driver say it with its BEGIN, which saves a round trip."""
    if "isolation_level" in connection.get_execution_options():
        return  # who asked for a way of its own, as VACUUM must, has it already
    driver = _driver_of(connection)
    if driver.autocommit != _each_alone.get():
        driver.autocommit = _each_alone.get()
    if not driver.autocommit and driver.read_only != _reading.get():
        driver.read_only = _reading.get()


def _note_use(_driver: Any, record: ConnectionPoolEntry) -> None:
    record.info["used_seconds"] = time.monotonic()


def _ask_when_idle(dialect: Dialect, driver: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask a connection that has rested whether the server is still there: one used just now need not be asked."""
    if time.monotonic() - record.info["used_seconds"] < _RESTED_SECONDS:
        return
    try:
        dialect.do_ping(driver)
    except dialect.loaded_dbapi.Error as fault:
        raise InvalidatePoolError from fault


def _driver_of(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _refuse_change_in_read(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> None:
    if _reading.get() and _CHANGE.match(statement):
        raise WriteInReadError(f"a read may not run: {statement[:80]}")
