"""Proof: a sending worker that is killed at any moment loses no message and sends none twice.

`python -m benchmarks.kill_send --n N --kills K --transport keyed|smtp [--database …] [--seed S] [--control]`

`keyed`: files named by the row's id, which can be asked. `smtp`: a real SMTP server that can not; there a message whose
fate nobody knows is listed as uncertain, at most one a kill. Every other kill comes in the worst moment, between the
server's yes and our note. Lost: neither at the sink nor listed as uncertain. `--control` runs the re-queue design.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import select

from benchmarks.site import DATABASES, Site, site
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from tests.factories.outbox import MailServer, queue_messages

_ROOT = Path(__file__).resolve().parent.parent
# A worker sends some hundred messages a second; kills are spread so that most find it at work.
_MESSAGES_A_SECOND = 250
_WORST_MOMENT_SECONDS = 0.3


@dataclass(frozen=True)
class Sink:
    """Where messages arrive: its `MAIL_URL`, what arrived by row id, and a wait for the worst moment."""

    mail_url: str
    arrived: Callable[[], Counter[int]]
    await_worst: Callable[[], None]


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=13_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--transport", choices=("keyed", "smtp"), required=True)
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", action="store_true")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    open_sink = _folder if asked.transport == "keyed" else _mail_server
    with site(asked.database) as place, open_sink() as sink:
        sys.exit(_prove(place, sink, asked))


def _prove(place: Site, sink: Sink, asked: argparse.Namespace) -> int:
    queue_messages(asked.n)
    arguments = ["again"] if asked.control else []
    random = Random(asked.seed)
    longest = 2 * asked.n / asked.kills / _MESSAGES_A_SECOND
    for number in range(asked.kills):
        process = _start(place, sink, arguments)
        if number % 2:
            sink.await_worst()
        else:
            time.sleep(random.uniform(0, longest))
        process.kill()
        process.wait()
    last = _start(place, sink, arguments)
    if last.wait() != 0:
        raise RuntimeError(f"the last worker ended with {last.returncode}")
    return _verdict(sink, asked)


def _start(place: Site, sink: Sink, arguments: list[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kill_send_worker", *arguments],
        cwd=_ROOT,
        env={**os.environ, **place.environ, "MAIL_URL": sink.mail_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    if process.stdout.readline() != b"working\n":
        raise RuntimeError("the worker did not start")
    return process


def _verdict(sink: Sink, asked: argparse.Namespace) -> int:
    db.session.rollback()
    states = dict(db.session.execute(select(OutboxMessage.id, OutboxMessage.state).order_by(OutboxMessage.id)).all())
    arrived = sink.arrived()
    uncertain = {row_id for row_id, state in states.items() if state == "uncertain"}
    lost = sum(row_id not in arrived and row_id not in uncertain for row_id in states)
    twice = sum(count > 1 for count in arrived.values())
    untrue = sum(state not in ("handed_over", "uncertain") for state in states.values())
    allowed = 0 if asked.transport == "keyed" else asked.kills
    holds = not lost and not twice and not untrue and len(uncertain) <= allowed
    print(
        f"{asked.n} messages, {asked.kills} kills, {asked.transport}: {lost} lost, {twice} twice, "
        f"{len(uncertain)} uncertain, {untrue} unsettled, {'holds' if holds else 'DOES NOT HOLD'}"
    )
    return 0 if holds else 1


@contextmanager
def _folder() -> Iterator[Sink]:
    with tempfile.TemporaryDirectory(prefix="treffpunkt-sink-") as name:
        folder = Path(name)

        def arrived() -> Counter[int]:
            return Counter(int(path.name.partition(".")[0]) for path in folder.glob("[0-9]*.eml"))

        def await_worst() -> None:
            """Wait until one more file is there: its note is being written now."""
            before, until = sum(arrived().values()), time.monotonic() + _WORST_MOMENT_SECONDS
            while sum(arrived().values()) == before and time.monotonic() < until:
                time.sleep(0.0005)

        yield Sink(f"file:{folder}", arrived, await_worst)


@contextmanager
def _mail_server() -> Iterator[Sink]:
    with MailServer().running() as server:
        wanted, taken = threading.Event(), threading.Event()

        def reply(stage: str, _address: str) -> float | None:
            if stage == "taken" and wanted.is_set():
                wanted.clear()
                taken.set()
                return _WORST_MOMENT_SECONDS
            return None

        def await_worst() -> None:
            """Wait until the server has taken a message and holds its yes back."""
            taken.clear()
            wanted.set()
            taken.wait(2)
            wanted.clear()

        def arrived() -> Counter[int]:
            return Counter({int(key.strip("<").partition("@")[0]): n for key, n in server.message_ids().items()})

        server.reply = reply
        yield Sink(server.url, arrived, await_worst)


if __name__ == "__main__":
    main()
