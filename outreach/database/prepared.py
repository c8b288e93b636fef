"""A statement in the SQL of one database, run by the driver itself.

SQLAlchemy writes the SQL once, says how each value travels and what each column comes back as. What it does besides for
each execution (context, cursor, result) costs several times as much as the driver's own work.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Never, cast

from sqlalchemy import Connection, Dialect, Executable, SelectBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement gave: its rows, whose columns are attributes, and how many rows it touched."""

    rows: Sequence[Any]
    rowcount: int

    def one(self) -> Any:
        """Return the only row. Raises ValueError when there is none, or more than one."""
        (row,) = self.rows
        return row

    def scalar(self) -> Any:
        """Return the first column of the first row, or None without a row."""
        return self.rows[0][0] if self.rows else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL with its bound names in order, the values that are part of the statement, and converters by name and place.

    `row` makes a row of its columns; None for a statement that returns none. `is_raw`: the SQL has PostgreSQL's own
    places ($1), so that the driver need not look for its own in it.
    """

    sql: str
    names: tuple[str, ...]
    is_positional: bool
    fixed: dict[str, Any]
    inward: dict[str, _Convert]
    outward: tuple[tuple[int, _Convert], ...]
    row: Callable[[Iterable[Any]], Any] | None
    is_raw: bool = False

    def run(self, connection: Connection, values: Values | Sequence[Values]) -> Found:
        """Run with one set of `values`, or once for each of several. Raises as a Connection does."""
        if isinstance(values, Mapping):
            return self.run_told(connection, self.told(values))
        return self.run_told(connection, self._told_of_many(values), is_many=True)

    def run_told(self, connection: Connection, told: Any, *, is_many: bool = False) -> Found:
        """Run with what the driver takes; `is_many`: once for each of several."""
        driver = connection.connection.dbapi_connection
        assert driver is not None
        cursor = cast("Any", connection.dialect.loaded_dbapi).RawCursor(driver) if self.is_raw else driver.cursor()
        try:
            connection.dispatch.before_cursor_execute(connection, cursor, self.sql, told, None, is_many)
            (cursor.executemany if is_many else cursor.execute)(self.sql, told)
            return Found(self._rows(cursor), cursor.rowcount)
        except connection.dialect.loaded_dbapi.Error as fault:
            _fail(fault, self.sql, connection, cursor)
        finally:
            cursor.close()

    def told(self, values: Values) -> Any:
        """Return `values` with those that are part of the statement, as the driver takes them."""
        told = {**self.fixed, **values}
        for name, convert in self.inward.items():
            told[name] = convert(told[name])
        return list(map(told.__getitem__, self.names)) if self.is_positional else told

    def _told_of_many(self, rows: Sequence[Values]) -> Any:
        """Column by column where the driver takes values by their place: row by row costs five times as much."""
        if not self.is_positional:
            return [self.told(row) for row in rows]
        given = [
            [self.fixed[name]] * len(rows) if name in self.fixed else [row[name] for row in rows] for name in self.names
        ]
        return list(zip(*map(self._converted, self.names, given), strict=True))

    def _converted(self, name: str, values: list[Any]) -> list[Any]:
        convert = self.inward.get(name)
        if convert is None:
            return values
        first = values[0]
        return [convert(first)] * len(values) if all(value is first for value in values) else list(map(convert, values))

    def _rows(self, cursor: Any) -> Sequence[Any]:
        if self.row is None:
            return ()
        if not self.outward:
            return list(map(self.row, cursor.fetchall()))
        rows = [list(columns) for columns in cursor.fetchall()]
        for place, convert in self.outward:
            for columns in rows:
                columns[place] = convert(columns[place])
        return list(map(self.row, rows))


@cache
def prepared(statement: Executable, names: frozenset[str], dialect: Dialect, *, is_many: bool) -> Prepared:
    """Return `statement` for values of `names`, put together once. Raises ValueError for what needs more than that."""
    compiled: Any = statement.compile(  # type: ignore[attr-defined]
        dialect=dialect, column_keys=sorted(names), for_executemany=is_many
    )
    assert isinstance(compiled, SQLCompiler)
    # `binds` also knows values by names that are not those in the SQL.
    missing = [name for bind, name in compiled.bind_names.items() if bind.required and name not in names]
    if missing or compiled.insert_prefetch or compiled.update_prefetch or compiled.post_compile_params:
        raise ValueError(f"a statement that is prepared gets every value from its caller: {missing}")
    bound = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
    }
    has_rows = isinstance(statement, SelectBase) or compiled.effective_returning
    columns = list(statement.exported_columns) if has_rows else []  # type: ignore[attr-defined]
    results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return Prepared(
        sql=str(compiled),
        names=tuple(compiled.positiontup or compiled.bind_names.values()),
        is_positional=compiled.positional,
        fixed={name: value for name, value in compiled.params.items() if name not in names},
        inward={name: convert for name, convert in bound.items() if convert},
        outward=tuple((place, convert) for place, convert in enumerate(results) if convert),
        row=_row_type([column.key or "" for column in columns]) if columns else None,
    )


def _row_type(names: list[str]) -> Callable[[Iterable[Any]], Any]:
    """Return what makes a row of its values; of columns with the same name the first is found by it."""
    make: Callable[[Iterable[Any]], Any] = cast(Any, namedtuple)("Row", names, rename=True)._make
    return make


def _fail(fault: Exception, sql: str, connection: Connection, cursor: Any) -> Never:
    """Raise `fault` as a Connection raises it; give a connection up that the server has closed."""
    dialect, driver = connection.dialect, connection.connection.dbapi_connection
    is_lost = dialect.is_disconnect(fault, driver, cursor)  # type: ignore[arg-type]
    if is_lost:
        connection.invalidate(fault)
    raise DBAPIError.instance(
        sql,
        None,
        fault,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    ) from fault
