"""Messages for tests, a composer that writes them, and a mail server that does as it is told."""

import asyncio
import itertools
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from outreach import clock
from outreach.database import db
from outreach.messages.composers import Withheld
from outreach.messages.email import ComposedEmail
from outreach.outbox.message import NewMessage
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel, State

KIND = "test_greeting"
_numbers = itertools.count(1)


def new_message(**values: Any) -> NewMessage:
    """Return an e-mail to be queued, of a kind that `compose` writes."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "purpose": "test:1",
        "recipient": f"guest:{number}",
        "channel": Channel.EMAIL,
        "kind": KIND,
        "references": {"number": number},
    }
    return NewMessage(**{**usual, **values})


def queue_messages(number: int, **values: Any) -> None:
    """Queue and commit `number` messages."""
    queue((new_message(**values) for _ in range(number)), clock.now_utc())
    db.session.commit()


def doubt(*, state: State = State.UNCERTAIN, reason: str = "") -> None:
    """Make every queued message one that a person must decide on; commit."""
    values = {"state": state.value, "reason": reason, "attempted_at_utc": clock.now_utc()}
    db.session.execute(db.update(OutboxMessage).where(OutboxMessage.state == State.QUEUED.value).values(**values))
    db.session.commit()


def compose(row: OutboxMessage) -> ComposedEmail | Withheld:
    """Write a message to an address made of its recipient."""
    address = row.recipient.replace(":", ".") + "@gjest.example"
    return ComposedEmail(to=address, subject="Velkommen til Modum", text="Hei!\n.punktum først på linja\n")


def states() -> Counter[str]:
    """Return how many rows are in each state."""
    db.session.expire_all()
    return Counter(db.session.scalars(db.select(OutboxMessage.state)))


def rows() -> list[OutboxMessage]:
    """Return all rows by recipient."""
    db.session.expire_all()
    return list(db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.recipient)))


class MailServer:
    """Takes mail on a port of its own and keeps what it took. `reply` may answer instead, by recipient and stage."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.raw: list[bytes] = []
        self.connections = 0
        self.reply: Callable[[str, str], Any] = lambda stage, recipient: None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list) -> list:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list) -> str:
        if answer := await self._answer(server, "mail", address):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list) -> str:
        if answer := await self._answer(server, "rcpt", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if answer := await self._answer(server, "data", envelope.rcpt_tos[0]):
            return answer
        self.raw.append(envelope.original_content)
        self.taken.append(message_from_bytes(envelope.original_content))
        if answer := await self._answer(server, "taken", envelope.rcpt_tos[0]):
            return answer
        return "250 OK"

    async def _answer(self, server: SMTP, stage: str, address: str) -> str | None:
        answer = self.reply(stage, address)
        if answer == "reset":
            server.transport.abort()
            await asyncio.sleep(0.05)
            return "451 gone"
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return None
        return answer

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}?tls=none"

    def message_ids(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for message in self.taken)

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        self._controller.start()
        try:
            yield self
        finally:
            self._controller.stop()
