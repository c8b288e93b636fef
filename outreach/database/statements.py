"""Runs a statement that was put together beforehand on the connection of this transaction.

The session's unit of work (objects, flushes, identity map) costs many times as much as such a statement; pages that
thousands open in the same hour, and whatever holds the one writer's place, do without it. Rows that a caller has added
to the session as objects are not flushed first.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Executable

from outreach.database.base import db
from outreach.database.prepared import Found, Values, prepared

_KNOWN = "treffpunkt.connection"


def run(statement: Executable, values: Values | Sequence[Values] = (), *, on: Connection | None = None) -> Found:
    """Run `statement` with `values` in this transaction or that of `on`, once, or once for each of several values.

    Every bound name gets a value. Raises as SQLAlchemy does.
    """
    connection = on or connection_of_transaction()
    is_many = isinstance(values, Sequence) and len(values) > 0
    first = values[0] if isinstance(values, Sequence) and values else values
    ready = prepared(statement, frozenset(first), connection.dialect, is_many=is_many)
    return ready.run(connection, values or {})


def connection_of_transaction() -> Connection:
    """Return the connection of this transaction; the session looks for it at length, so it is asked once."""
    session = db.session()
    known = session.info.get(_KNOWN)
    if known is None or known[0] is not session.get_transaction():
        connection = session.connection()
        known = session.info[_KNOWN] = (session.get_transaction(), connection)
    found: Connection = known[1]
    return found
