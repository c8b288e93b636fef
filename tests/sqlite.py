"""SQLite as the tests have it: like the PostgreSQL of the tests it gives up safety after a power cut for speed."""

from typing import Any

from sqlalchemy import Engine, event


def hasten(engine: Engine) -> None:
    """Have no commit of `engine` wait for the disk, where it is SQLite. A killed process loses nothing by it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _wait_for_no_disk)


def _wait_for_no_disk(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
