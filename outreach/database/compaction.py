"""After an erasure, nothing of it stays in free pages, in the write-ahead log or in dead rows."""

from sqlalchemy import Engine, text


def scrub_free_space(engine: Engine) -> None:
    """Empty SQLite's write-ahead log into the file (secure_delete has overwritten the rows), or vacuum PostgreSQL.

    Needs no transaction to be open on the calling thread's connection.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        else:
            connection.execute(text("VACUUM"))
