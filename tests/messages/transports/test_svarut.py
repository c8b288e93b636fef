from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from outreach.messages.delivery import Outcome
from outreach.messages.posted_letter import PostedLetter
from outreach.messages.transports import svarut
from outreach.messages.transports.svarut import SvarUtTransport
from outreach.people.postal_address import PostalAddress
from tests.factories.national import SvarUtServer

LETTER = PostedLetter(
    title="Invitasjon: Ny i Modum-kveld",
    name="Elegant Sofapute",
    address=PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND"),
    pdf=b"%PDF-1.7 letter",
    group="ny-i-modum-2026",
)
SEND = "/api/v2/kontoer/1f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f11/forsendelser"


@pytest.fixture
def server() -> Iterator[SvarUtServer]:
    with SvarUtServer().running() as running:
        yield running


@pytest.fixture
def transport(server: SvarUtServer) -> SvarUtTransport:
    return SvarUtTransport(server.services(), rest_seconds=0)


def send(transport: SvarUtTransport, letter: PostedLetter = LETTER, row_id: int = 7) -> Any:
    return transport.send(row_id, letter.content(row_id), sender="", recipient="")


def test_hands_a_letter_over_and_learns_what_svarut_calls_it(server: SvarUtServer, transport: SvarUtTransport) -> None:
    assert transport.ready()
    verdict = send(transport)
    assert verdict.outcome is Outcome.HANDED_OVER
    assert server.taken[verdict.reference][1] == LETTER.pdf
    assert server.faults == []
    assert len(server.tokens) == 1
    assert server.grants[0]["scope"] == "ks:fiks"


def test_tells_by_our_reference_what_it_has(server: SvarUtServer, transport: SvarUtTransport) -> None:
    assert transport.has(7) is False
    verdict = send(transport)
    assert transport.has(7) is True
    assert transport.ids_of(7) == [verdict.reference]
    assert transport.has(8) is False
    server.fault = lambda path: 503
    assert transport.has(7) is None


def test_tells_the_status_of_many_at_once(server: SvarUtServer, transport: SvarUtTransport) -> None:
    ids = [send(transport, row_id=number).reference for number in (1, 2)]
    server.say("LEST", "2")
    assert transport.statuses(ids) == {ids[0]: "MOTTATT", ids[1]: "LEST"}
    assert server.status_questions == [ids]
    server.fault = lambda path: 500
    assert transport.statuses(ids) is None


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (500, Outcome.UNKNOWN),
        ("reset", Outcome.UNKNOWN),
        (429, Outcome.TEMPORARY),
        (401, Outcome.DOWN),
        (403, Outcome.DOWN),
        (404, Outcome.DOWN),
        ((302, {"Location": "https://svarut.example/"}), Outcome.DOWN),
        (422, Outcome.PERMANENT),
    ],
)
def test_an_answer_that_is_no_yes_is_taken_for_what_it_is(
    server: SvarUtServer, transport: SvarUtTransport, answer: Any, outcome: Outcome
) -> None:
    server.fault = lambda path: answer if path == SEND else None
    assert send(transport).outcome is outcome
    assert server.taken == {}


@pytest.mark.parametrize("wish", [500, "reset"])
def test_what_was_taken_before_a_fault_is_found_by_asking(
    server: SvarUtServer, transport: SvarUtTransport, wish: Any
) -> None:
    server.on_taken = lambda shipment: wish
    assert send(transport).outcome is Outcome.UNKNOWN
    assert transport.has(7) is True


def test_a_letter_that_svarut_refuses_is_refused_for_good(server: SvarUtServer, transport: SvarUtTransport) -> None:
    nowhere = PostedLetter(title="x", name="y", address=PostalAddress((), "", ""), pdf=b"", group="z")
    assert send(transport, nowhere).outcome is Outcome.PERMANENT
    assert server.faults


def test_without_a_token_nothing_is_sent(server: SvarUtServer, transport: SvarUtTransport) -> None:
    server.fault = lambda path: 400 if path == "/token" else None
    assert not transport.ready()
    assert send(transport).outcome is Outcome.DOWN
    assert transport.has(7) is None


def test_a_server_that_is_not_there_costs_no_letter(server: SvarUtServer) -> None:
    services = server.services()
    assert services.svarut is not None
    nowhere = replace(services, svarut=replace(services.svarut, url="http://127.0.0.1:1"))
    transport = SvarUtTransport(nowhere, rest_seconds=0)
    assert send(transport).outcome is Outcome.DOWN
    assert not transport.ready()


def test_rests_for_as_long_as_svarut_asks(server: SvarUtServer, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr(svarut.time, "monotonic", lambda: moment[0])
    transport = SvarUtTransport(server.services())
    server.fault = lambda path: (429, {"Retry-After": "600"}) if path == SEND else None
    assert send(transport).retry_after_seconds == 600
    moment[0] = 1599
    assert not transport.ready()
    moment[0] = 1600
    assert transport.ready()
