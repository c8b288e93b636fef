"""Erases the national numbers when no service needs them any more. With a person a number goes by itself (cascade)."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, select

from outreach.database import db
from outreach.people.models import NationalNumber, Person


def erase_all() -> dict[str, int]:
    """Erase every number that is kept; return the number of rows by table."""
    return _run(delete(NationalNumber))


def erase_of_absent() -> dict[str, int]:
    """Erase the numbers of those who do not live here any more; return the number of rows by table."""
    absent = select(Person.id).where(~Person.is_resident)
    return _run(delete(NationalNumber).where(NationalNumber.person_id.in_(absent)))


def _run(statement: Delete) -> dict[str, int]:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return {"national_number": cast("CursorResult[Any]", done).rowcount}
