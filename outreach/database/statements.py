"""Runs a statement that was put together beforehand on the connection of this transaction.

The session's unit of work (objects, flushes, identity map) costs three times as much as such a statement; pages that
thousands open in the same hour, and whatever holds the one writer's place, do without it. Rows that a caller has added
to the session as objects are not flushed first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable

from outreach.database.base import db


def run(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] = ()) -> CursorResult[Any]:
    """Run `statement` with `values` in this transaction, once or once for each of several."""
    return db.session.connection().execute(statement, values)
