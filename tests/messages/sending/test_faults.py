"""What providers do wrong, met by the whole worker: nothing lost, nothing twice, and one bad message stops nobody."""

import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from flask import Flask

from outreach import clock
from outreach.database import db
from outreach.messages.composers import Composer
from outreach.messages.email import ComposedEmail
from outreach.messages.sending import service as sending
from outreach.messages.sending.commands import send_due
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.receipts.service import note
from outreach.outbox.states import Channel, State
from tests.conftest import NOW
from tests.factories.outbox import KIND, MailServer, compose, queue_messages, rows, states
from tests.factories.sms import SmsGatewayServer

POISON = "guest:poison"


@pytest.fixture
def instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    composers = {KIND: Composer(_compose_either)}
    monkeypatch.setitem(app.extensions, "treffpunkt.composers", composers)
    use(app, monkeypatch, mail_url=f"file:{tmp_path}", sms_url=f"file:{tmp_path}", instance_dir=tmp_path / "instance")
    yield
    clock.set_clock(lambda: NOW)


@pytest.fixture
def gateway(app: Flask, instance: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmsGatewayServer]:
    with SmsGatewayServer().running() as running:
        use(app, monkeypatch, sms_url=running.url)
        yield running


@pytest.fixture
def mail(app: Flask, instance: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer().running() as running:
        use(app, monkeypatch, mail_url=running.url)
        yield running


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    settings = app.extensions["treffpunkt.settings"]
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, **changes))


def _compose_either(row: OutboxMessage) -> Any:
    if row.channel == Channel.SMS:
        return ComposedSms(to="+4791234567" if row.recipient != POISON else "+4799999999", text="Hei fra Modum")
    return compose(row)


def _queue(number: int, channel: Channel) -> None:
    queue_messages(number, channel=channel)
    queue_messages(1, channel=channel, recipient=POISON, due_at_utc=NOW - timedelta(hours=1))


def _run(app: Flask) -> dict[str, int]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["messages", "send-due", "--json"])
    assert result.exit_code == 0, result.output
    return {name: number for name, number in json.loads(result.stdout).items() if number}


def _later(**by: int) -> None:
    moment = clock.now_utc() + timedelta(**by)
    clock.set_clock(lambda: moment)


def _on_poison(answer: Any) -> Callable[[dict[str, Any]], Any]:
    def told(message: dict[str, Any]) -> Any:
        if message.get("to") != "+4799999999":
            return 202
        return (answer[0], dict(answer[1])) if isinstance(answer, tuple) else answer

    return told


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (400, {"handed_over": 3, "failed": 1}),
        (500, {"handed_over": 3, "uncertain": 1}),
        ((500, {"taken": "yes"}), {"handed_over": 3, "uncertain": 1}),
        ("reset", {"handed_over": 3, "uncertain": 1}),
    ],
)
def test_a_text_that_a_gateway_chokes_on_stops_nobody_else(
    app: Flask, gateway: SmsGatewayServer, answer: Any, ends: dict[str, int]
) -> None:
    gateway.answer = _on_poison(answer)
    _queue(3, Channel.SMS)
    assert _run(app) == ends
    gateway.answer = lambda message: 202
    _later(days=1)
    assert _run(app) == {}, "what is uncertain is never sent again by itself"
    assert set(gateway.references().values()) == {1}


def test_a_gateway_that_wants_us_to_wait_is_left_in_peace(app: Flask, gateway: SmsGatewayServer) -> None:
    asked: list[int] = []
    gateway.answer = lambda message: asked.append(1) or (429, {"Retry-After": "7200"})
    queue_messages(20, channel=Channel.SMS)
    assert _run(app) == {"left": 20}
    assert len(asked) <= 2, "one look whether it can be reached, one message"
    [waiting] = [row for row in rows() if row.attempts]
    assert waiting.due_at_utc == NOW + timedelta(seconds=7200)
    gateway.answer = lambda message: 202
    assert _run(app) == {"handed_over": 19, "left": 1}
    _later(seconds=7201)
    assert _run(app) == {"handed_over": 1}
    assert set(gateway.references().values()) == {1}


def test_a_gateway_that_refuses_us_costs_nobody_their_text(app: Flask, gateway: SmsGatewayServer) -> None:
    gateway.answer = lambda message: 401
    queue_messages(5, channel=Channel.SMS)
    assert _run(app) == {"left": 5}
    gateway.answer = lambda message: 202
    _later(minutes=2)
    assert _run(app) == {"handed_over": 5}


@pytest.mark.parametrize(("was_taken", "sent_again"), [(True, False), (False, True)])
def test_a_gateway_that_can_be_asked_is_asked_after_a_while(
    app: Flask, gateway: SmsGatewayServer, monkeypatch: pytest.MonkeyPatch, was_taken: bool, sent_again: bool
) -> None:
    use(app, monkeypatch, sms_url=f"{gateway.url}?ask=yes")
    gateway.answer = lambda message: (500, {"taken": "yes"} if was_taken else {})
    queue_messages(1, channel=Channel.SMS)
    assert _run(app) == {"left": 1}
    gateway.answer = lambda message: 202
    assert _run(app) == {"left": 1}
    assert gateway.asked == [], "not at once: it may still be on its way"
    _later(seconds=sending.LEASE_SECONDS + 1)
    assert _run(app) == {"handed_over": 1}
    assert len(gateway.asked) == 1
    assert set(gateway.references().values()) == {1}
    assert rows()[0].attempts == (2 if sent_again else 1)


def test_a_gateway_that_never_tells_leaves_it_to_a_person(
    app: Flask, gateway: SmsGatewayServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, sms_url=f"{gateway.url}?ask=yes")
    gateway.answer, gateway.can_tell = (lambda message: "reset"), False
    queue_messages(1, channel=Channel.SMS)
    for minutes in (0, 6, 1):
        _later(minutes=minutes)
        assert _run(app) == {"left": 1}
    assert len(gateway.asked) == 1, "asked again only once a lease"
    _later(minutes=61)
    assert _run(app) == {"uncertain": 1}
    assert set(gateway.references().values()) == {1}


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("told", [State.DELIVERED, State.BOUNCED])
def test_a_receipt_that_comes_before_the_answer_stands(
    app: Flask, mail: MailServer, gateway: SmsGatewayServer, channel: Channel, told: State
) -> None:
    """The provider takes the message, tells of its fate from another connection, and only then answers."""
    queue_messages(2, channel=channel)
    ids = [row.id for row in rows()]
    done = threading.Event()

    def tell(*_: object) -> None:
        if done.is_set():
            return
        done.set()
        with app.app_context():
            for row_id in ids:
                note(row_id, state=told, channel=channel, now=NOW)
            db.session.commit()

    gateway.before_answer = tell
    mail.reply = lambda stage, address: tell() if stage == "taken" else None
    assert _run(app) == {"handed_over": 2}
    assert states() == {told.value: 1, "handed_over": 1}, "the other had not been given to anybody yet"


def test_a_receipt_settles_what_nobody_knew(app: Flask, mail: MailServer) -> None:
    mail.reply = lambda stage, address: "reset" if stage == "taken" else None
    queue_messages(1)
    assert _run(app) == {"uncertain": 1}
    note(rows()[0].id, state=State.DELIVERED, channel=Channel.EMAIL, now=NOW)
    db.session.commit()
    assert states() == {"delivered": 1}


@pytest.mark.parametrize(
    ("stage", "answer", "ends"),
    [
        ("rcpt", "550 5.1.1 no", {"handed_over": 3, "failed": 1}),
        ("data", "554 5.7.1 spam", {"handed_over": 3, "failed": 1}),
        ("rcpt", "450 4.7.1 slow down", {"handed_over": 3, "left": 1}),
        # The server has it and says that it has not: what it says is what binds it (RFC 5321, 6.1).
        ("taken", "451 4.3.0 after accept", {"handed_over": 3, "left": 1}),
        ("taken", "reset", {"handed_over": 3, "uncertain": 1}),
        ("data", "reset", {"handed_over": 3, "uncertain": 1}),
        ("rcpt", "reset", {"handed_over": 3, "left": 1}),
    ],
)
def test_an_email_that_a_server_chokes_on_stops_nobody_else(
    app: Flask, mail: MailServer, stage: str, answer: str, ends: dict[str, int]
) -> None:
    mail.reply = lambda at, address: answer if at == stage and "poison" in address else None
    _queue(3, Channel.EMAIL)
    assert _run(app) == ends


def test_two_senders_at_once_hand_each_text_over_once(app: Flask, gateway: SmsGatewayServer) -> None:
    queue_messages(60, channel=Channel.SMS)

    def work() -> None:
        with app.app_context():
            send_due()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states() == {"handed_over": 60}
    assert sorted(gateway.references().values()) == [1] * 60


def test_mail_is_signed_where_there_is_a_key(app: Flask, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    use(app, monkeypatch, dkim_domain="modum.example", dkim_selector="tp1", dkim_private_key=pem)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    queue_messages(2)
    assert _run(app) == {"handed_over": 2}
    for raw in mail.raw:
        assert dkim.verify(raw, dnsfunc=lambda *_, **__: b"v=DKIM1; p=" + b64encode(public))


def test_a_message_that_comes_back_was_sent_to_the_address_that_is_noted(app: Flask, mail: MailServer) -> None:
    queue_messages(1)
    _run(app)
    [row] = rows()
    address = str(mail.taken[0]["To"])
    assert row.subject_hash == sending.address_hash(address)
    assert isinstance(compose(row), ComposedEmail)
