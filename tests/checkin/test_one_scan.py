"""One scan alone: one statement on PostgreSQL, and of two doors at the same moment one is first and the other hears."""

import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, event, func, select

from outreach.checkin.ledger.one_scan import service as one_scan
from outreach.checkin.models import SCANS_NOW, Scan
from outreach.checkin.scan_ticket import reference
from outreach.database import db
from outreach.tickets.models import Ticket
from tests.conftest import ON_POSTGRESQL
from tests.factories.checkin import code_of, make_event, make_ticket, pair_phone

only_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time by its own nature")


@pytest.fixture
def evening(client: FlaskClient) -> Any:
    return make_event()


def scan_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_two_doors_at_the_same_moment(app: Flask, evening: Any) -> None:
    assert race(app, evening) == ["clash", "first"]


@only_postgresql
@pytest.mark.parametrize(
    ("is_held", "volatility", "expected"),
    [
        (True, "VOLATILE", ["clash", "first"]),
        pytest.param(False, "VOLATILE", ["first", "first"], id="control-not-held"),
        pytest.param(True, "STABLE", ["first", "first"], id="control-read-as-it-was-when-the-statement-began"),
    ],
)
def test_who_waited_sees_what_the_other_door_stored(
    app: Flask, evening: Any, monkeypatch: pytest.MonkeyPatch, is_held: bool, volatility: str, expected: list[str]
) -> None:
    """Each upload lingers before it commits, so that the other one has begun by then."""
    if not is_held:
        with monkeypatch.context() as patched:
            patched.setattr(Select, "with_for_update", lambda self, **_how: self)
            unheld = one_scan._stored_with_ticket_and_facts(one_scan._IS_ASKED["selector"])
        monkeypatch.setitem(one_scan._STORED, "selector", unheld)
    _make_function(SCANS_NOW.replace("END\n$$", "PERFORM pg_sleep(0.5);\nEND\n$$").replace("VOLATILE", volatility))
    try:
        assert race(app, evening) == expected
    finally:
        _make_function(SCANS_NOW)


def race(app: Flask, event: Any) -> list[str]:
    """Scan one ticket at two doors at once; return the classes told, in alphabetical order."""
    phones = [pair_phone(app.test_client(), event, door) for door in ("Nord", "Sør")]
    ticket = make_ticket(event)
    scans = [phone.scan(code_of(ticket)) for phone in phones]
    db.session.commit()
    start, told = threading.Barrier(2), []

    def upload(number: int) -> None:
        start.wait(10)
        told.extend(phones[number].results(scans[number]))

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert scan_count() == 2
    assert len(phones[0].get("changes").json["clashes"]) == 1
    db.session.rollback()
    return sorted(result["class"] for result in told)


@only_postgresql
def test_a_scan_alone_is_one_statement(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    for ticket_of in (code_of, lambda ticket: reference(ticket.id, 1)):
        scan = phone.scan(ticket_of(make_ticket(evening)))
        first, told = statements_of(lambda scan=scan: phone.results(scan))
        assert (len(first), told[0]["class"]) == (1, "first"), first
        again, told = statements_of(lambda scan=scan: phone.results(scan))
        assert (len(again), told[0]["class"]) == (1, "first"), "sent twice, stored once"
    assert scan_count() == 2


@pytest.mark.parametrize("generation", [1, 2, 4])
def test_a_code_of_any_generation_finds_its_ticket(client: FlaskClient, evening: Any, generation: int) -> None:
    """A ticket replaced often is not among those that are tried before it is read."""
    phone = pair_phone(client, evening)
    ticket = make_ticket(evening, generation=4)
    ticket.generation = generation
    shown = code_of(ticket)
    db.session.rollback()
    told = phone.results(phone.scan(shown))[0]
    stored = db.session.scalars(select(Scan)).one()
    assert (stored.ticket_id, stored.ticket_generation) == (db.session.scalar(select(Ticket.id)), generation)
    assert told["class"] == ("first" if generation == 4 else "revoked"), told


def test_a_scan_keeps_the_door_it_was_made_at(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening, "Nord")
    phone.results(phone.scan(code_of(make_ticket(evening)), door="Sør"))
    phone.results(phone.scan(code_of(make_ticket(evening))))
    assert sorted(db.session.scalars(select(Scan.door))) == ["Nord", "Sør"]


def test_a_reference_to_a_ticket_of_another_event_is_not_stored_as_a_guest(client: FlaskClient, evening: Any) -> None:
    other = make_ticket(make_event(slug="en-annen-kveld"))
    told = pair_phone(client, evening).results(pair_phone(client, evening).scan(reference(other.id, 1)))[0]
    assert told["class"] == "unknown"
    assert db.session.scalars(select(Scan)).one().ticket_id is None


def statements_of(act: Any) -> tuple[list[str], Any]:
    """Run `act`; return the statements that it had run, and what it returned."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        return asked, act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _make_function(sql: str) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql(sql)
