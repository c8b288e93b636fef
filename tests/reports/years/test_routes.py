"""Years beside each other from kept figures: also of people who are erased, in few statements, by what is asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import SYSTEM
from outreach.database import db
from outreach.events.event import Kind
from outreach.reports.figures import Dimension
from outreach.reports.funnel import Funnel
from outreach.reports.settling import service as settling
from outreach.reports.years import queries
from outreach.reports.years.years import PastEvent, across, share, sums_by
from outreach.retention import service as retention
from tests.factories.accounts import sign_in
from tests.factories.evening_figures import lived_evening
from tests.factories.events import make_event
from tests.reports.settling.test_service import CLOCKS
from tests.statements import noted


def _settled(slug: str, year: int) -> None:
    starts = datetime(year, 11, 20, 17, 0, tzinfo=UTC)
    times = {"starts_at_utc": starts, "ends_at_utc": starts + timedelta(hours=3), "answer_by": starts.date()}
    event = make_event(slug=slug, title=f"Kveld {year}", kind=Kind.MEETUP, **times)
    settling.settle(event, actor=SYSTEM, now=event.ends_at_utc)
    db.session.commit()


@pytest.fixture
def two_years(app: Flask) -> None:
    event = lived_evening(app)
    later = event.ends_at_utc + timedelta(days=100)
    retention.run(clocks=CLOCKS, today=later.date(), now=later)
    db.session.commit()
    _settled("kveld-2025", 2025)
    clock.set_clock(lambda: later)


def test_nothing_is_settled_yet(client: FlaskClient) -> None:
    sign_in(client, role="reader")
    assert "Ingen arrangementer er gjort opp ennå" in client.get("/admin/rapporter").text


def test_compares_years_after_the_people_are_gone(client: FlaskClient, two_years: None) -> None:
    sign_in(client, role="reader")
    page = client.get("/admin/rapporter?fordelt=postcode&tall=invited").text
    assert "3370" in page
    assert "Kveld 2025" in page
    assert "Kveld 2025" not in client.get("/admin/rapporter?slag=ny-i-modum").text
    past = queries.past_events(dimension=Dimension.POSTCODE)
    assert sums_by(past, "year")[2026]["invited"] == 26
    assert across(past, Dimension.POSTCODE, "invited") == ([2025, 2026], {"3360": [0, 8], "3370": [0, 18]})
    assert client.get("/admin/rapporter/alle.csv").status_code == 200
    assert client.get("/admin/rapporter/alle.xlsx").data[:2] == b"PK"


def test_asks_no_more_for_more_events(app: Flask) -> None:
    _settled("kveld-2025", 2025)
    db.session.rollback()
    with noted() as one:
        queries.past_events(dimension=Dimension.LANGUAGE)
    of_one = _selects(one)
    for year in (2022, 2023, 2024):
        _settled(f"kveld-{year}", year)
    db.session.rollback()
    with noted() as four:
        queries.past_events(dimension=Dimension.LANGUAGE)
    assert _selects(four) == of_one


def test_who_had_not_signed_up_came_too() -> None:
    evenings = [
        PastEvent(f"kveld-{number}", "Kveld", "meetup", "oslo", date(2026, 11, number), funnel, {})
        for number, funnel in ((1, Funnel(attended=10, walk_ins=3)), (2, Funnel(attended=5)))
    ]
    came = {"came": 18, "attended": 15, "events": 2}
    assert sums_by(evenings, "city")["oslo"].items() >= came.items()


def test_a_share_of_nothing_is_none() -> None:
    assert share(1, 3) == 33
    assert share(0, 0) is None


def _selects(statements: list[str]) -> int:
    return sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in statements)
