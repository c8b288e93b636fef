"""Record ids that the database draws itself, for rows made by INSERT … SELECT: random, as `new_id` makes them."""

from typing import Any

from sqlalchemy import ColumnElement, literal_column

from outreach.database.types import BigId

_MASK = 2**63 - 1
# Of a version 4 UUID, 48 and 16 bits that are random.
_UUID = "replace(gen_random_uuid()::text, '-', '')"
_DRAWN = {
    "sqlite": f"(random() & {_MASK})",
    "postgresql": f"(('x' || substr({_UUID}, 1, 12) || substr({_UUID}, 29, 4))::bit(64)::bigint & {_MASK})",
}


def random_id(database: str) -> ColumnElement[Any]:
    """Return the expression that draws an id, 0 to 2**63 - 1, for each row; `database` is the dialect's name."""
    return literal_column(_DRAWN[database], BigId)
