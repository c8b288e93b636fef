"""The sending worker against what it cannot be faster than, on the same machine in the same minute.

E-mail: text, HTML and a calendar file into a real mail server, against `email` and `smtplib` building and sending the
same messages on one connection. Null: text messages into a transport that says yes at once, against a bare loop on the
same table that claims as many rows at a time and marks each as handed over in a commit of its own.

`python -m benchmarks.sending [--database sqlite|postgresql] [--messages N] [--rounds N] [--only email|null]`.
"""

import argparse
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, select, update

from benchmarks.measure import Figure, conclude, rates
from benchmarks.site import DATABASES, site
from outreach import clock
from outreach.database import db
from outreach.messages.composers import register_composer
from outreach.messages.delivery import Outcome, Verdict
from outreach.messages.email import Attachment, ComposedEmail, Envelope, build
from outreach.messages.sending.commands import BATCH, Worker
from outreach.messages.sending.tally import Tally
from outreach.messages.sms import ComposedSms
from outreach.messages.transports import Transport, email_transport
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, State
from tests.factories.outbox import queue_messages

LIMITS = {"email": 0.6, "null": 0.5}
_TEXT = "Hei!\n\nDere er på lista til Ny i Modum-kveld torsdag 26. november kl. 18.00.\n\n" * 4
_HTML = f'<!doctype html><html lang="nb"><body><p>{_TEXT}</p></body></html>'
_CALENDAR = ("BEGIN:VCALENDAR\r\n" + "X-LINE:noe som står i en kalenderfil\r\n" * 30 + "END:VCALENDAR\r\n").encode()
_FILE = Attachment("billett.ics", _CALENDAR, "text/calendar", (("charset", "utf-8"), ("method", "REQUEST")))
_ENVELOPE = Envelope(
    sender_name="Modum kommune",
    sender="treff@modum.example",
    reply_to="post@modum.example",
    bounce_address="retur@modum.example",
)


class NullTransport:
    """Says yes at once."""

    can_be_asked = False

    def ready(self) -> bool:
        return True

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        return Verdict(Outcome.HANDED_OVER)

    def has(self, row_id: int) -> bool:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""


def figures(*, database: str, messages: int, rounds: int, acts: Sequence[str] = tuple(LIMITS)) -> list[Figure]:
    """Return the ratios of `acts` on `database`; each round sends `messages` messages."""
    with site(database) as place, _mail_server() as port:
        register_composer(place.app, "mail", lambda row: _email(row.recipient))
        register_composer(place.app, "text", lambda row: ComposedSms(to="+4791234567", text="Hei fra Modum"))
        pairs: dict[str, tuple[Callable[[], float], Callable[[], float]]] = {
            "email": (
                lambda: _worker(Channel.EMAIL, "mail", email_transport(f"smtp://127.0.0.1:{port}?tls=none"), messages),
                lambda: _by_smtplib(port, messages),
            ),
            "null": (
                lambda: _worker(Channel.SMS, "text", NullTransport(), messages),
                lambda: _bare_loop(messages),
            ),
        }
        names = {"email": "e-mail by SMTP against smtplib", "null": "null transport against a bare loop"}
        return [rates(f"{names[act]}, {database}", *pairs[act], limit=LIMITS[act], rounds=rounds) for act in acts]


def _email(recipient: str) -> ComposedEmail:
    address = recipient.replace(":", ".") + "@gjest.example"
    return ComposedEmail(to=address, subject="Velkommen til Modum", text=_TEXT, html=_HTML, attachments=(_FILE,))


def _worker(channel: Channel, kind: str, transport: Transport, messages: int) -> float:
    """Return messages a second of the product's worker over one connection."""
    _fill(channel, kind, messages)
    tally = Tally()
    started = time.perf_counter()
    Worker(channel, transport, tally, lambda: False).run()
    seconds = time.perf_counter() - started
    transport.close()
    if tally.counts[State.HANDED_OVER] != messages:
        raise RuntimeError(f"handed over: {tally.counts}")
    return messages / seconds


def _by_smtplib(port: int, messages: int) -> float:
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(messages):
            message = build(_email(f"guest:{number}"), row_id=number, envelope=_ENVELOPE, sent_at_utc=clock.now_utc())
            server.send_message(message)
    return messages / (time.perf_counter() - started)


def _bare_loop(messages: int) -> float:
    """Return rows a second of: claim BATCH rows, commit; mark each as handed over, commit."""
    _fill(Channel.SMS, "text", messages)
    row = OutboxMessage.__table__.c
    due = select(row.id).where(row.state == "queued").order_by(row.due_at_utc, row.id).limit(BATCH)
    claim = update(OutboxMessage.__table__).where(row.id.in_(due)).values(state="claimed").returning(row.id)
    started = time.perf_counter()
    while ids := _committed(lambda: list(db.session.scalars(claim))):
        for id_ in ids:
            mark = update(OutboxMessage.__table__).where(row.id == id_).values(state="handed_over")
            _committed(lambda mark=mark: db.session.execute(mark))  # type: ignore[misc]
    return messages / (time.perf_counter() - started)


def _committed(act: Callable[[], Any]) -> Any:
    found = act()
    db.session.commit()
    return found


def _fill(channel: Channel, kind: str, messages: int) -> None:
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    queue_messages(messages, channel=channel, kind=kind)
    db.session.expunge_all()


@contextmanager
def _mail_server() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.mail_sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=list(LIMITS), action="append")
    asked = parser.parse_args()
    conclude(
        [
            figure
            for database in asked.database or DATABASES
            for figure in figures(
                database=database, messages=asked.messages, rounds=asked.rounds, acts=asked.only or tuple(LIMITS)
            )
        ]
    )
