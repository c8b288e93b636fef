"""The SMS gateway adapter against a real HTTP server: what it sends, and what each fault means."""

import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from flask import Flask

from outreach.messages.delivery import Outcome, Verdict, verdict_of_status
from outreach.messages.transports import sms_transport
from outreach.messages.transports.folder import FolderTransport
from outreach.messages.transports.sms_gateway import SmsGateway
from tests.conftest import NOW
from tests.factories.sms import SmsGatewayServer


@pytest.fixture
def server() -> Iterator[SmsGatewayServer]:
    with SmsGatewayServer().running() as running:
        yield running


@pytest.fixture
def transport(server: SmsGatewayServer) -> Iterator[SmsGateway]:
    transport = SmsGateway(server.url)
    yield transport
    transport.close()


def _send(transport: SmsGateway, row_id: int = 7) -> Verdict:
    assert transport.ready()
    return transport.send(row_id, "Hei på deg – €".encode(), sender="Modum", recipient="+4791234567")


def test_posts_one_object_with_the_rows_id(server: SmsGatewayServer, transport: SmsGateway) -> None:
    assert _send(transport).outcome is Outcome.HANDED_OVER
    assert server.taken == [{"to": "+4791234567", "from": "Modum", "text": "Hei på deg – €", "reference": "7"}]
    scheme, _, pair = server.authorizations[0].partition(" ")
    assert (scheme, b64decode(pair)) == ("Basic", b"modum:hemme lig")


@pytest.mark.parametrize(
    ("answer", "outcome", "taken"),
    [
        (200, Outcome.HANDED_OVER, 1),
        (400, Outcome.PERMANENT, 0),
        (422, Outcome.PERMANENT, 0),
        (401, Outcome.DOWN, 0),
        (404, Outcome.DOWN, 0),
        (302, Outcome.DOWN, 0),
        (429, Outcome.TEMPORARY, 0),
        (500, Outcome.UNKNOWN, 0),
        ((500, {"taken": "yes"}), Outcome.UNKNOWN, 1),
        ((503, {"Retry-After": "5"}), Outcome.UNKNOWN, 0),
        ("reset", Outcome.UNKNOWN, 1),
        ("silent", Outcome.UNKNOWN, 1),
    ],
)
def test_tells_faults_apart_and_goes_on_with_the_next(
    server: SmsGatewayServer, transport: SmsGateway, answer: Any, outcome: Outcome, taken: int
) -> None:
    impatient = SmsGateway(server.url, timeout_seconds=1.5)
    server.answer = lambda message: (answer[0], dict(answer[1])) if isinstance(answer, tuple) else answer
    assert _send(impatient if answer == "silent" else transport).outcome is outcome
    server.gone.set()
    assert len(server.taken) == taken
    server.answer = lambda message: 202
    if outcome is not Outcome.TEMPORARY:
        assert _send(transport, 8).outcome is Outcome.HANDED_OVER


def test_a_connection_cut_in_mid_body_has_handed_over_nothing() -> None:
    """The length was announced and never sent, so there was no message to take."""
    listener = socket.create_server(("127.0.0.1", 0))
    read: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            read.append(connection.recv(1000))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    thread = threading.Thread(target=serve)
    thread.start()
    transport = SmsGateway(f"http://127.0.0.1:{listener.getsockname()[1]}/send", timeout_seconds=2)
    verdict = transport.send(7, b"x" * 30_000_000, sender="Modum", recipient="+4791234567")
    thread.join()
    listener.close()
    assert verdict.outcome is Outcome.TEMPORARY
    assert len(read[0]) <= 1000


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("99999999999", 86_400),
        (format_datetime(NOW, usegmt=True), 0),
        (format_datetime(NOW + timedelta(minutes=2), usegmt=True), 120),
    ],
)
def test_waits_as_long_as_it_is_asked_to(app: Flask, server: SmsGatewayServer, header: str, seconds: int) -> None:
    transport = SmsGateway(server.url, timeout_seconds=2)
    server.answer = lambda message: (429, {"Retry-After": header} if header else {})
    assert _send(transport).retry_after_seconds == seconds
    assert transport.ready() is (seconds == 0)
    transport.close()


def test_is_not_ready_when_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    transport = SmsGateway(f"http://127.0.0.1:{port}/send?ask=yes")
    assert not transport.ready()
    assert transport.send(7, b"x", sender="a", recipient="b").outcome is Outcome.DOWN
    assert transport.has(7) is None


def test_a_gateway_that_can_be_asked_tells_what_it_took(server: SmsGatewayServer) -> None:
    transport = SmsGateway(f"{server.url}?ask=yes", timeout_seconds=2)
    assert transport.can_be_asked
    assert not SmsGateway(server.url).can_be_asked
    _send(transport)
    assert (transport.has(7), transport.has(8)) == (True, False)
    server.can_tell = False
    assert transport.has(7) is None


@pytest.mark.parametrize("code", range(100, 600))
def test_every_status_means_something_and_only_success_is_success(code: int) -> None:
    outcome = verdict_of_status(code).outcome
    assert (outcome is Outcome.HANDED_OVER) == (200 <= code < 300)
    assert (outcome is Outcome.UNKNOWN) == (code < 200 or code >= 500), "a server error may come after it was taken"


def test_chooses_the_transport_by_url() -> None:
    assert isinstance(sms_transport("https://a:b@sms.example/send"), SmsGateway)
    assert isinstance(sms_transport("file:/tmp/x"), FolderTransport)
