"""Runs a statement that was put together beforehand on the connection of this transaction.

The session's unit of work (objects, flushes, identity map) costs three times as much as such a statement; pages that
thousands open in the same hour, and whatever holds the one writer's place, do without it. Rows that a caller has added
to the session as objects are not flushed first.
"""

from typing import Any

from sqlalchemy import Connection, CursorResult, Executable

from outreach.database.base import db

_KNOWN = "treffpunkt.connection"


def run(statement: Executable, values: dict[str, Any] | list[dict[str, Any]] | None = None) -> CursorResult[Any]:
    """Run `statement` with `values` in this transaction, once or once for each of several."""
    return _connection().execute(statement, values)


def _connection() -> Connection:
    """Return the connection of this transaction; the session looks for it at length, so it is asked once."""
    session = db.session()
    known = session.info.get(_KNOWN)
    if known is None or known[0] is not session.get_transaction():
        connection = session.connection()
        known = session.info[_KNOWN] = (session.get_transaction(), connection)
    found: Connection = known[1]
    return found
