"""The statements of one act, whole or not at all, where all of them are known before the first one runs.

PostgreSQL gets them as one statement: each time that we wait for it costs more than the statement itself, and a row
that others wait for is then held for no longer than the database needs. Its parts run in the order in which they are
counted at its end, so the lock that everybody wants is the one of the last step. SQLite, which runs inside our own
process, takes one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DataError

from outreach.database.prepared import Found, Prepared, Values, prepared
from outreach.database.statements import connection_of_transaction, run


class StandsOtherwiseError(RuntimeError):
    """A step met other rows than it was made for. The caller undoes the transaction and looks again, step by step."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with its values, and how many rows it touches when everything stands as it was read; None: any."""

    statement: Executable
    values: Values | Sequence[Values]
    rows: int | None = 1

    def run(self, *, on: Connection | None = None) -> Found:
        """Run it by itself, whatever it touches; `on` as in `run`, which says what it raises."""
        return run(self.statement, self.values, on=on)


@dataclass(frozen=True, slots=True)
class _Joined:
    """One statement of several, and the names of its values in order, part by part."""

    whole: Prepared
    parts: tuple[tuple[Prepared, tuple[str, ...]], ...]

    def told(self, steps: Sequence[Step]) -> list[Any]:
        """Return the values of `steps` as the driver takes them."""
        found: list[Any] = []
        for (ready, names), step in zip(self.parts, steps, strict=True):
            assert isinstance(step.values, Mapping)
            told = ready.told(step.values)
            found += [told[name] for name in names]
        return found + [step.rows or 0 for step in steps]


class _Places(dict[str, str]):
    """Gives a place for each name that it is asked for, from `first` on, and keeps the names in that order."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first
        self.names: list[str] = []

    def __getitem__(self, name: str) -> str:
        self.names.append(name)
        return f"${self._first + len(self.names) - 1}"


def run_together(steps: Sequence[Step]) -> None:
    """Run `steps` in their order. Raises StandsOtherwiseError, and as `run` does; both end the transaction."""
    connection = connection_of_transaction()
    if connection.dialect.name == "postgresql":
        _run_joined(steps, connection)
        return
    for step in steps:
        found = step.run(on=connection)
        if step.rows not in (None, len(found.rows) or found.rowcount):
            raise StandsOtherwiseError


def _run_joined(steps: Sequence[Step], connection: Connection) -> None:
    joined = _joined(
        connection.dialect, *[(step.statement, frozenset(step.values), step.rows is None) for step in steps]
    )
    try:
        joined.whole.run_told(connection, joined.told(steps))
    except DataError as fault:
        raise StandsOtherwiseError from fault


@cache
def _joined(dialect: Dialect, *statements: tuple[Executable, frozenset[str], bool]) -> _Joined:
    """Return `statements` as one, that fails by a division by zero where one does not touch the rows it should.

    The database undoes a statement that fails, so nothing of it is left even outside a transaction.
    """
    names, texts, next_place = [], [], 1
    for number, (statement, given, _is_any) in enumerate(statements):
        ready, places = prepared(statement, given, dialect, is_many=False), _Places(next_place)
        text = ready.sql % places
        names.append((ready, tuple(places.names)))
        texts.append(f"step{number} AS ({text}{'' if ready.row else ' RETURNING 1'})")
        next_place += len(places.names)
    tests = [
        f"(SELECT count(*) FROM step{number}) {'>=' if is_any else '='} ${next_place + number}"  # noqa: S608 # nosec B608
        for number, (_statement, _given, is_any) in enumerate(statements)
    ]
    sql = f"WITH {', '.join(texts)} SELECT 1 / CASE WHEN {' AND '.join(tests)} THEN 1 ELSE 0 END"  # nosec B608
    # The driver keeps what it finds in a short statement; in one as long as this it would look again each time.
    whole = Prepared(sql, (), is_positional=True, fixed={}, inward={}, outward=(), row=None, is_raw=True)
    return _Joined(whole, tuple(names))
