"""Engine set-up for both databases: how a connection opens, how a transaction begins, and that a read never writes.

SQLite is the bundled one (sqlcipher3 as DB-API, ≥ 3.51.3) because older ones can corrupt a WAL file on reset.
Writes begin with BEGIN IMMEDIATE: the driver's default lost updates silently (ADR 0003). A GET or HEAD begins a plain
read transaction, and a statement that would change a domain row in it is refused: mail scanners open every link.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlcipher3 import dbapi2 as sqlite

BUSY_TIMEOUT_MS = 10_000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-16384",
)
_CHANGE = re.compile(r"\s*(?:WITH\b.*?\b)?(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.I | re.S)
_reading: ContextVar[bool] = ContextVar("reading", default=False)


class WriteInReadError(RuntimeError):
    """Code that answers a GET tried to change a row: a programming fault, never a person's."""


@contextmanager
def reading() -> Iterator[None]:
    """Within the block, transactions are read-only: plain BEGIN, and every change is refused."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Within the block, transactions may write even inside `reading`: for audit rows and counters only."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def engine_options(database_url: str) -> dict[str, Any]:
    """Return SQLAlchemy engine options for `database_url`: the bundled SQLite, or a checked PostgreSQL pool.

    Parameters stay out of error texts, which end in logs."""
    if database_url.startswith("sqlite"):
        return {"module": sqlite, "hide_parameters": True}
    return {"pool_pre_ping": True, "hide_parameters": True}


def prepare_engine(engine: Engine) -> None:
    """Attach the rules of this module to `engine`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "before_cursor_execute", _refuse_change_in_read)


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _refuse_change_in_read(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> None:
    if _reading.get() and _CHANGE.match(statement):
        raise WriteInReadError(f"a read may not run: {statement[:80]}")
