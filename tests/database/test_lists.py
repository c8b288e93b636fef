"""Many values travel as one: found whatever their number, and nothing that was not asked for."""

from datetime import datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import BigInteger, select

from outreach.contact_point.models import SignUp
from outreach.database import run
from outreach.database.lists import among, insert_of_rows, listed, one_by_one, unnested
from outreach.events.models import Event
from outreach.outbox.models import SendingPermit
from tests.conftest import ON_POSTGRESQL
from tests.factories.events import make_event

_TITLES = ("vår", "høst", "jul' OR 1=1")
_EVENT = Event.__table__.c


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """Return the ids of some events by title."""
    return {title: make_event(slug=f"kveld-{number}", title=title).id for number, title in enumerate(_TITLES)}


@pytest.mark.parametrize("wanted", [(), ("vår",), ("jul' OR 1=1", "høst"), ("fins ikke", '"]', "vår"), _TITLES * 400])
def test_what_is_among_the_values_is_found_once(ids: dict[str, int], wanted: tuple[str, ...]) -> None:
    statement = select(Event.__table__.c.id).where(among(_EVENT.title, "titles")).order_by(_EVENT.id)
    found = [row.id for row in run(statement, {"titles": wanted}).rows]
    assert found == sorted(ids[title] for title in set(wanted) & set(_TITLES))


def test_numbers_of_63_bits_and_sets_of_them_are_found(ids: dict[str, int]) -> None:
    statement = select(_EVENT.title).where(among(_EVENT.id, "ids")).order_by(_EVENT.title)
    found = run(statement, {"ids": {ids["vår"], ids["høst"], 2**62}}).rows
    assert {row.title for row in found} == {"vår", "høst"}


def test_values_are_looked_up_one_by_one(ids: dict[str, int]) -> None:
    """On SQLite by their index; on PostgreSQL the same list is a table that others are joined to."""
    wanted = [ids["vår"], ids["høst"], 2**62]
    if ON_POSTGRESQL:
        table = unnested("wanted", {"id": listed("ids", BigInteger())})
        found = run(select(_EVENT.title).join(table, table.c.id == _EVENT.id).order_by(_EVENT.title), {"ids": wanted})
    else:
        found = run(one_by_one([_EVENT.title], _EVENT.id, "ids", "event.title <> :other"), {"ids": wanted, "other": ""})
    assert {row.title for row in found.rows} == {"vår", "høst"}


@pytest.mark.skipif(not ON_POSTGRESQL, reason="the other database takes rows one after the other")
def test_rows_travel_as_one_and_come_back_as_they_were(app: Flask) -> None:
    """What quotes, what is nothing, days with a zone and letters of any script, in one statement."""
    moment = datetime(2026, 11, 26, 17, 0, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))
    rows = [
        {"id": number, "instance_id": text, "confirmed_at_utc": moment + timedelta(seconds=number)}
        for number, text in enumerate(["Å'\"]}--", "\\x41 %s :rows", "Łódź 北京", ""])
    ]
    table = SendingPermit.__table__
    insert = insert_of_rows(table, ["id", "instance_id", "confirmed_at_utc"])
    assert run(insert.returning(table.c.id), {"rows": rows}).rowcount == len(rows)
    stored = run(select(table.c.id, table.c.instance_id, table.c.confirmed_at_utc).order_by(table.c.id)).rows
    assert [tuple(row) for row in stored] == [tuple(row.values()) for row in rows]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="the other database takes rows one after the other")
def test_a_row_of_other_columns_is_refused(app: Flask) -> None:
    insert = insert_of_rows(SendingPermit.__table__, ["id", "instance_id", "confirmed_at_utc"])
    with pytest.raises(ValueError, match="columns"):
        run(insert, {"rows": [{"id": 1, "instance_id": "a"}]})


def test_columns_of_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        insert_of_rows(SignUp.__table__, ["id", "name_sealed"])
