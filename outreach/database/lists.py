"""Whether a column is among many values, with the values as one bound list: one statement for two and for a thousand.

An `IN` with a place for each value is written anew for each number of them, and PostgreSQL, which plans a statement it
has seen often without looking at the values, then compares each row of the table with each of them. PostgreSQL gets an
array here, SQLite the list as JSON. Not under an `OR`: there neither goes by the column's index.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    FromClause,
    LargeBinary,
    TableValuedAlias,
    Text,
    TextualSelect,
    bindparam,
    cast,
    column,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _ListOf(TypeDecorator[Any]):
    """A list of values of `each`."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return how the list travels."""
        return dialect.type_descriptor(ARRAY(self.each) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return what the driver takes."""
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


def among(tested: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Say whether `tested` is one of the values that are bound as `name`: a collection, which may be empty."""
    return _Among(tested, listed(name, tested.type))


def listed(name: str, each: TypeEngine[Any]) -> BindParameter[Any]:
    """Return the place for a collection of values of type `each`, bound as `name`."""
    return bindparam(name, type_=_ListOf(each))


def unnested(name: str, lists: Mapping[str, BindParameter[Any]]) -> TableValuedAlias:
    """Return the bound `lists` side by side as a table `name` with their names as columns (PostgreSQL)."""
    columns = [column(key, value.type.each) for key, value in lists.items()]  # type: ignore[attr-defined]
    return func.unnest(*lists.values()).table_valued(*columns).render_derived(name=name)


class _RowsOf(TypeDecorator[Any]):
    """Rows with values of `columns`, as one text. The driver writes an array value by value, at several times the cost
    of what the database does with it."""

    impl = Text
    cache_ok = False

    def __init__(self, columns: Mapping[str, TypeEngine[Any]]) -> None:
        super().__init__()
        self.columns = columns

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """Return what makes a JSON array of objects of rows (mappings), each value as its own column takes it.

        It raises ValueError for a row of other columns."""
        told = {name: each.dialect_impl(dialect).bind_processor(dialect) for name, each in self.columns.items()}
        inward = [(name, convert) for name, convert in told.items() if convert]

        def written(rows: Sequence[Mapping[str, Any]]) -> str:
            if any(row.keys() != self.columns.keys() for row in rows):
                raise ValueError("a row that travels with others has their columns")
            copies = list(map(dict, rows))
            for name, convert in inward:
                for row in copies:
                    row[name] = convert(row[name])
            return msgspec.json.encode(copies).decode()

        return written


def insert_of_rows(table: FromClause, names: Sequence[str]) -> Insert:
    """Return an insert of the rows of `table` that are bound as "rows", a list of mappings with values for `names`: one
    statement whatever their number, without a place for each value (PostgreSQL). Raises ValueError for a column of
    bytes, which such a text cannot say."""
    if any(isinstance(table.c[name].type, LargeBinary) for name in names):
        raise ValueError(f"{table} has columns of bytes")
    columns = {name: table.c[name].type for name in names}
    sent = func.json_to_recordset(cast(bindparam("rows", type_=_RowsOf(columns)), JSON(none_as_null=True)))
    typed = sent.table_valued(*(column(name, each) for name, each in columns.items()))
    rows = typed.render_derived(name="sent", with_types=True)
    return insert(table).from_select(list(names), select(*rows.c))  # type: ignore[arg-type]


def one_by_one(
    columns: Sequence[Column[Any]], looked_up: Column[Any], name: str, condition: str = "TRUE"
) -> TextualSelect:
    """Return a statement that looks each value bound as `name` up by the index of the column `looked_up` (SQLite).

    `CROSS JOIN` keeps the values outermost whatever SQLite believes of the table, which grows within an evening.
    """
    chosen = ", ".join(map(str, columns))
    statement = (
        f"SELECT {chosen} FROM json_each(:{name}) AS wanted CROSS JOIN {looked_up.table.name} "  # noqa: S608 - our names # nosec B608
        f"ON {looked_up} = wanted.value WHERE {condition}"
    )
    told = text(statement).bindparams(listed(name, looked_up.type))
    return told.columns(*(column(one.name, one.type) for one in columns))


@compiles(_Among, "postgresql")
def _among_array(element: _Among, compiler: Any, **how: Any) -> str:
    tested, values = (compiler.process(part, **how) for part in element.clauses)
    return f"{tested} = ANY ({values})"


@compiles(_Among, "sqlite")
def _among_json(element: _Among, compiler: Any, **how: Any) -> str:
    tested, values = (compiler.process(part, **how) for part in element.clauses)
    return f"{tested} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - SQLAlchemy wrote both # nosec B608
