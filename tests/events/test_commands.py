"""`flask events …`: the contract's options and JSON; times are local; a fault is one line and exit 1."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask

from outreach.events import queries
from tests.factories.events import SLUG, make_event

CREATE = ("create", SLUG, "--kind", "ny-i-modum", "--title", "Ny i Modum-kveld", "--venue", "Kulturhuset")
STARTS = ("--starts", "2026-11-26T18:00")


def run(app: Flask, *args: str):  # type: ignore[no-untyped-def]
    return app.test_cli_runner().invoke(args=["events", *args])


def test_create_fills_in_what_is_not_given(app: Flask) -> None:
    result = run(app, *CREATE, *STARTS, "--json")
    assert result.exit_code == 0
    event = queries.by_slug(SLUG)
    assert json.loads(result.stdout) == {"slug": SLUG, "id": event.id, "state": "draft", "sequence": 0}
    assert event.starts_at_utc == datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert event.ends_at_utc == datetime(2026, 11, 26, 20, tzinfo=UTC)
    assert (event.answer_by.isoformat(), event.city, event.capacity) == ("2026-11-23", "modum", None)


def test_create_takes_everything(app: Flask) -> None:
    when = ("--ends", "2026-11-27T01:00", "--answer-by", "2026-11-20", "--capacity", "120")
    where = (
        "--city",
        "oslo",
        "--venue-address",
        "Storgata 1",
        "--access",
        "Heis",
        "--stop",
        "Torget",
        "--parking",
        "Nei",
    )
    given = (*when, *where, "--description", "Hei", "--programme", "- Mat")
    result = run(app, *CREATE, *STARTS, *given, "--publish")
    assert (result.exit_code, result.output) == (0, f"Arrangementet {SLUG} er publisert.\n")
    event = queries.public_by_slug(SLUG)
    assert (event.city, event.capacity, event.answer_by.isoformat()) == ("oslo", 120, "2026-11-20")
    assert (event.venue_address, event.access_information, event.description) == ("Storgata 1", "Heis", "Hei")
    assert (event.nearest_stop, event.parking) == ("Torget", "Nei")
    assert event.ends_at_utc == datetime(2026, 11, 27, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ((*CREATE, "--starts", "2027-03-28T02:30"), "Dette klokkeslettet finnes ikke"),
        ((*CREATE, *STARTS, "--capacity", "0"), "capacity: Antall plasser må være fra 1 til 100000."),
        ((*CREATE, *STARTS, "--ends", "2026-11-26T18:00"), "ends: Slutten må være etter starten."),
        (("cancel", "finnes-ikke"), "Vi finner ikke arrangementet."),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_a_fault_is_one_line_and_stores_nothing(app: Flask, args: tuple[str, ...], line: str) -> None:
    result = run(app, *args)
    assert result.exit_code == 1
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert queries.all_events() == []


def test_a_taken_slug_is_refused(app: Flask) -> None:
    make_event()
    result = run(app, *CREATE, *STARTS)
    assert (result.exit_code, "Et annet arrangement har allerede" in result.stderr) == (1, True)


@pytest.mark.parametrize("extra", [("--kind", "konsert"), ("--city", "paris"), ("--starts", "torsdag")])
def test_wrong_usage_exits_two(app: Flask, extra: tuple[str, ...]) -> None:
    assert run(app, *CREATE, *STARTS, *extra).exit_code == 2


def test_change_moves_the_end_and_the_last_day_for_answers_along(app: Flask) -> None:
    make_event()
    result = run(app, "change", SLUG, "--starts", "2026-12-03T17:30", "--json")
    assert json.loads(result.stdout)["sequence"] == 1
    event = queries.by_slug(SLUG)
    assert event.ends_at_utc == datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
    assert event.answer_by.isoformat() == "2026-11-30"
    assert run(app, "change", SLUG, "--venue", "Frydenberg").output == f"Arrangementet {SLUG} er endret.\n"
    assert run(app, "change", SLUG).output == f"Arrangementet {SLUG} er som før.\n"
    event = queries.by_slug(SLUG)
    assert (event.venue, event.sequence, event.starts_at_utc.month) == ("Frydenberg", 2, 12)


def test_publish_and_cancel(app: Flask) -> None:
    make_event(publish=False)
    assert run(app, "publish", SLUG).output == f"Arrangementet {SLUG} er publisert.\n"
    assert json.loads(run(app, "cancel", SLUG, "--json").stdout)["state"] == "cancelled"
    result = run(app, "change", SLUG, "--venue", "Frydenberg")
    assert (result.exit_code, result.stderr) == (
        1, "Arrangementet er avlyst og kan ikke endres. Lag et nytt arrangement.\n"
    )  # fmt: skip
