"""The door API against its own description, by Schemathesis: made-up calls, good and bad, on a real database.

Each answer must be one that openapi.json tells of, with that body and those headers, and never a fault of ours. Every
run makes the same calls.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.checkin.door_feed import utc_text
from outreach.database import db
from tests.conftest import NOW
from tests.factories.checkin import Phone, code_of, make_event, make_ticket, pair_phone, pairing_secret

DESCRIPTION = "/api/door/v1/openapi.json"
# Schemathesis does not try the call that it reads the description from.
CALLS = ["GET /changes", "GET /names", "GET /roster", "POST /pair", "POST /scans"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_BOUNDED = settings(
    derandomize=True, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def phone(client: FlaskClient) -> Phone:
    """Return a phone at an evening with names, a ticket and a scan of it."""
    event = make_event()
    choosing.search_names(event, is_on=True, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    paired = pair_phone(client, event, "Nord")
    paired.results(paired.scan(code_of(make_ticket(event, persons=3))))
    return paired


@pytest.fixture
def good_values(phone: Phone) -> dict[str, Any]:
    """Return what a made-up call gets in place of a made-up value now and then, since nobody guesses it."""
    event = make_event(slug="annen-kveld")
    return {
        "pairing_secret": pairing_secret(event, "Sør"),
        "device_name": "Kari",
        "clock_utc": utc_text(NOW),
        "ticket": code_of(make_ticket(event)),
    }


@cache
def described(app: Any) -> Any:
    """Return what the description of `app` says it answers."""
    return schemathesis.openapi.from_wsgi(DESCRIPTION, app)


def each_call(app: Any, label: str, act: Callable[[Case, bool], None], *, most: int = 10) -> None:
    """Have `act` try `most` calls `label` with values that the description allows, and as many with others.

    Its second argument is True for about half of them.
    """
    operation = next(one.ok() for one in described(app).get_all_operations() if one.ok().label == label)
    for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
        tried = given(operation.as_strategy(generation_mode=mode), st.booleans())(act)
        settings(_BOUNDED, max_examples=most)(tried)()


def plain(token: str) -> dict[str, str]:
    """Return the headers of a phone with `token` that takes answers unpacked: the transport does not unpack them."""
    return {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}


def with_good(body: Any, values: dict[str, Any]) -> Any:
    """Return `body` with the `values` that it has a field for; each of its scans too."""
    if not isinstance(body, dict):
        return body
    changed = {name: values.get(name, value) for name, value in body.items()}
    if isinstance(body.get("scans"), list):
        changed["scans"] = [with_good(scan, values) for scan in body["scans"]]
    return changed


def test_every_call_of_the_description_is_tried(app: Flask) -> None:
    assert sorted(one.ok().label for one in described(app).get_all_operations()) == CALLS


@pytest.mark.parametrize("label", CALLS)
def test_each_answer_is_as_described(app: Flask, phone: Phone, good_values: dict[str, Any], label: str) -> None:
    statuses = set()

    def act(case: Case, is_known: bool) -> None:
        if is_known:
            case.body = with_good(case.body, good_values)
        statuses.add(case.call_and_validate(headers=plain(phone.token), checks=CHECKS).status_code)

    each_call(app, label, act)
    assert statuses & {200, 201}, statuses


@pytest.mark.parametrize("label", [label for label in CALLS if label != "POST /pair"])
def test_each_call_needs_a_token_whatever_is_sent(app: Flask, phone: Phone, label: str) -> None:
    def act(case: Case, is_known: bool) -> None:
        token = phone.token[:-1] if is_known else ""
        answer = case.call_and_validate(headers=plain(token), checks=CHECKS)
        assert (answer.status_code, list(answer.json())) == (401, ["error"])

    each_call(app, label, act, most=3)


def _without_headcount(status: str, body: bytes) -> tuple[str, bytes]:
    told = json.loads(body)
    told.pop("headcount", None)
    return status, json.dumps(told).encode()


def _with_a_text_for_a_number(status: str, body: bytes) -> tuple[str, bytes]:
    return status, body.replace(b'"total":1', b'"total":"1"')


@pytest.mark.parametrize(
    "spoilt",
    [
        _without_headcount,
        _with_a_text_for_a_number,
        lambda status, body: ("500 Feil", body),
        lambda status, body: ("202 Tatt imot", body),
    ],
    ids=["a field is missing", "a text for a number", "a fault of ours", "an answer that is not described"],
)
def test_control_an_answer_that_is_not_as_described_is_found(
    app: Flask, phone: Phone, spoilt: Callable[[str, bytes], tuple[str, bytes]]
) -> None:
    def spoiling(environ: Any, start_response: Any) -> Any:
        told: list[Any] = []
        body = b"".join(app.wsgi_app(environ, lambda *values: told.extend(values)))
        status, headers = told[:2]
        if environ["PATH_INFO"].endswith("/changes") and status.startswith("200"):
            status, body = spoilt(status, body)
        start_response(status, [(name, value) for name, value in headers if name != "Content-Length"])
        return [body]

    with pytest.raises(FailureGroup):
        each_call(
            spoiling,
            "GET /changes",
            lambda case, _: case.call_and_validate(headers=plain(phone.token), checks=CHECKS),
            most=1,
        )
