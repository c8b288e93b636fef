"""`flask checkin pair`."""

import json

from flask import Flask
from flask.testing import FlaskClient

from outreach.checkin.door_feed import utc_text
from tests.conftest import NOW
from tests.factories.checkin import make_event


def test_pair_prints_a_link_that_pairs(app: Flask, client: FlaskClient) -> None:
    event = make_event()
    result = app.test_cli_runner().invoke(args=["checkin", "pair", event.slug, "--door", "Nord"])
    assert result.exit_code == 0
    address, secret = result.output.strip().split("#")
    assert address == "http://localhost/door/"
    body = {"pairing_secret": secret, "device_name": "Kari", "clock_utc": utc_text(NOW)}
    assert client.post("/api/door/v1/pair", json=body).json["door"] == "Nord"


def test_pair_can_print_json(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["checkin", "pair", make_event().slug, "--door", "Nord", "--json"])
    told = json.loads(result.stdout)
    assert told["link"].startswith("http://localhost/door/#")
    assert (told["door"], told["expires_at_utc"]) == ("Nord", "2026-11-27T02:00:00+00:00")


def test_an_unknown_event_is_one_line_and_exit_1(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["checkin", "pair", "finnes-ikke", "--door", "Nord"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip() == "Vi finner ikke arrangementet."


def test_a_door_without_a_name_is_exit_1_and_no_door_at_all_2(app: Flask) -> None:
    slug = make_event().slug
    runner = app.test_cli_runner()
    assert runner.invoke(args=["checkin", "pair", slug, "--door", " "]).exit_code == 1
    assert runner.invoke(args=["checkin", "pair", slug]).exit_code == 2
