"""What reaches the database, also what the engine says to the driver itself (BEGIN on SQLite)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from outreach.database import db


@contextmanager
def noted() -> Iterator[list[str]]:
    """Note each statement of the transactions that begin within the block."""
    seen: list[str] = []

    def trace(driver: Any, _record: object, _proxy: object) -> None:
        driver.set_trace_callback(seen.append)

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    happening, act = ("checkout", trace) if db.engine.dialect.name == "sqlite" else ("before_cursor_execute", note)
    event.listen(db.engine, happening, act)
    try:
        yield seen
    finally:
        event.remove(db.engine, happening, act)
