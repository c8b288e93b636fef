"""A scan looks at those of its own ticket or code, never through the whole evening, whatever a planner believes."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, text

from outreach.checkin.models import SCANS_NOW
from outreach.checkin.scan_ticket import reference
from outreach.database import db
from tests.conftest import ON_POSTGRESQL
from tests.factories.checkin import code_of, make_event, make_ticket, pair_phone

_READS_TICKETS = re.compile(r"(SEARCH|SCAN) ticket |Scan on ticket |(uq_ticket_selector|pk_ticket) on ticket ")
_READS_ALL_TICKETS = re.compile(r"SCAN ticket |Seq Scan on ticket ")
EXPLAIN = "EXPLAIN " if ON_POSTGRESQL else "EXPLAIN QUERY PLAN "


@pytest.mark.parametrize("is_known", [True, False])
def test_a_scan_finds_the_others_of_its_ticket_by_the_index(client: FlaskClient, is_known: bool) -> None:
    evening = make_event()
    phone = pair_phone(client, evening)
    phone.results(*(phone.scan(code_of(make_ticket(evening))) for _ in range(40)))
    code = code_of(make_ticket(evening)) if is_known else "ukjent kode"
    plans = plans_of(lambda: phone.results(phone.scan(code)))
    looking = [plan for plan in plans if reads_scans(plan)]
    if ON_POSTGRESQL and is_known:
        assert "Function Scan on scans_now" in plans[0]
        looking = plans_of(_ask_as_the_function)
    assert looking
    assert all("ix_scan_ticket_id_ticket_hash" in plan for plan in looking), looking


def test_a_batch_finds_the_others_of_its_tickets_by_the_index(client: FlaskClient) -> None:
    evening = make_event()
    phone = pair_phone(client, evening)
    phone.results(*(phone.scan(code_of(make_ticket(evening))) for _ in range(40)))
    scans = [phone.scan(code) for code in (*(code_of(make_ticket(evening)) for _ in range(3)), "ukjent kode")]
    plans = plans_of(lambda: phone.results(*scans))
    looking = [plan for plan in plans if reads_scans(plan)]
    assert len(looking) == 2, "those of tickets, and those of unknown codes"
    assert all("ix_scan_ticket_id_ticket_hash" in plan for plan in looking), looking


def test_a_batch_finds_its_tickets_by_their_keys(client: FlaskClient) -> None:
    """Whether a phone sends what it keeps of a ticket, or codes that were typed."""
    evening = make_event()
    phone = pair_phone(client, evening)
    tickets = [make_ticket(evening) for _ in range(40)]
    scans = [phone.scan(reference(ticket.id, 1)) for ticket in tickets[:3]] + [phone.scan(code_of(tickets[4]))]
    plans = plans_of(lambda: phone.results(*scans))
    assert sum(bool(_READS_TICKETS.search(plan)) for plan in plans) == 2, "the id of the code, and the tickets"
    assert not [plan for plan in plans if _READS_ALL_TICKETS.search(plan)]


def _ask_as_the_function() -> None:
    asked = SCANS_NOW.partition("RETURN QUERY")[2].partition(";")[0].replace("of_event", "1").replace("of_ticket", "1")
    db.session.execute(text(asked))


def plans_of(act: Any) -> list[str]:
    """Run `act`; return how the database goes about each statement of it, explained anew with the same values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, is_many: bool) -> None:
        if not is_many:
            asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        if ON_POSTGRESQL:
            # A table of one page is rightly read whole once there are statistics on it; the question is of larger ones.
            cursor.execute("SET enable_seqscan = off")
        try:
            return [_explained(cursor, statement, values) for statement, values in asked]
        finally:
            if ON_POSTGRESQL:
                cursor.execute("RESET enable_seqscan")


def _explained(cursor: Any, statement: str, values: Any) -> str:
    cursor.execute(EXPLAIN + statement, values)
    return "\n".join(str(row) for row in cursor.fetchall())


def reads_scans(plan: str) -> bool:
    """Say whether the plan reads rows of the table of scans, apart from the one of the same id."""
    return any(
        ("scan" in line and "pk_scan" not in line and "sqlite_autoindex_scan_1" not in line)
        and any(word in line for word in ("SEARCH scan", "SCAN scan", " on scan ", " on scan\n"))
        and "Insert" not in line
        for line in plan.splitlines()
    )
