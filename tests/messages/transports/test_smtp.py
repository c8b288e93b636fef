import socket
import threading
from collections.abc import Iterator

import pytest

from outreach.messages.delivery import Outcome, Stage
from outreach.messages.transports import email_transport, sms_transport
from outreach.messages.transports.folder import FolderTransport
from outreach.messages.transports.smtp import SmtpTransport
from tests.factories.outbox import MailServer

CONTENT = b"Message-ID: <1@modum.example>\r\nSubject: x\r\n\r\nHei\r\n.punktum\r\n"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer().running() as running:
        yield running


@pytest.fixture
def transport(server: MailServer) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(server.url, timeout_seconds=0.5)
    yield transport
    transport.close()


def _send(transport: SmtpTransport, recipient: str = "aase@gjest.example"):
    assert transport.ready()
    return transport.send(1, CONTENT, sender="retur@modum.example", recipient=recipient)


def test_hands_over_many_messages_on_one_connection(server: MailServer, transport: SmtpTransport) -> None:
    assert {_send(transport).outcome for _ in range(5)} == {Outcome.HANDED_OVER}
    assert len(server.taken) == 5
    assert server.connections == 1
    assert server.taken[0].get_payload() == "Hei\r\n.punktum\r\n"


@pytest.mark.parametrize(
    ("stage", "answer", "outcome"),
    [
        ("rcpt", "450 4.2.0 greylisted", Outcome.TEMPORARY),
        ("rcpt", "550 5.1.1 no such user", Outcome.PERMANENT),
        ("data", "554 5.7.1 spam", Outcome.PERMANENT),
        ("data", "451 4.3.0 later", Outcome.TEMPORARY),
        ("mail", "550 5.7.1 you may not", Outcome.DOWN),
        ("rcpt", "421 4.3.2 closing", Outcome.DOWN),
        ("data", "reset", Outcome.UNKNOWN),
        ("taken", "reset", Outcome.UNKNOWN),
        ("taken", 1.0, Outcome.UNKNOWN),
        ("rcpt", "reset", Outcome.TEMPORARY),
    ],
)
def test_tells_faults_apart_and_goes_on_with_the_next(
    server: MailServer, transport: SmtpTransport, stage: str, answer: object, outcome: Outcome
) -> None:
    server.reply = lambda at, address: answer if (at, "poison" in address) == (stage, True) else None
    if stage == "mail":
        server.reply = lambda at, address: answer if at == "mail" else None
    assert _send(transport, "poison@gjest.example").outcome is outcome
    server.reply = lambda at, address: None
    assert _send(transport).outcome is Outcome.HANDED_OVER


def test_is_not_ready_when_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    transport = SmtpTransport(f"smtp://127.0.0.1:{port}")
    assert not transport.ready()
    assert transport.send(1, CONTENT, sender="a@b.example", recipient="c@d.example").outcome is Outcome.DOWN


def test_is_not_ready_when_the_server_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = SmtpTransport(f"smtp://127.0.0.1:{listener.getsockname()[1]}", timeout_seconds=0.2)
        assert not transport.ready()


def test_refuses_to_send_a_password_in_the_clear() -> None:
    """A server without STARTTLS gets no password by default."""
    with MailServer().running() as running:
        port = running.url.split(":")[2].split("?")[0]
        assert not SmtpTransport(f"smtp://user:secret@127.0.0.1:{port}").ready()


def test_a_connection_cut_in_mid_content_has_handed_over_nothing() -> None:
    """The last line never left us, so the server may not have taken responsibility (RFC 5321, 6.1)."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"220 x\r\n")
            for answer in (b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
                connection.recv(1000)
                connection.sendall(answer)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            connection.recv(1000)

    thread = threading.Thread(target=serve)
    thread.start()
    transport = SmtpTransport(f"smtp://127.0.0.1:{listener.getsockname()[1]}", timeout_seconds=2)
    assert transport.ready()
    big = CONTENT + b"x" * 30_000_000
    verdict = transport.send(1, big, sender="a@b.example", recipient="c@d.example")
    thread.join()
    listener.close()
    transport.close()
    assert (verdict.outcome, verdict.stage) == (Outcome.TEMPORARY, Stage.CONTENT)


def test_a_local_part_beyond_ascii_fails_for_good(transport: SmtpTransport) -> None:
    assert _send(transport, "åse@gjest.example").outcome is Outcome.PERMANENT


def test_chooses_the_transport_by_url() -> None:
    assert isinstance(email_transport("file:/tmp/x"), FolderTransport)
    assert isinstance(sms_transport("file:/tmp/x"), FolderTransport)
    assert isinstance(email_transport("smtp://x"), SmtpTransport)
