"""kill −9 at any time: nothing lost, nothing twice; with the protection off the same proof goes red."""

import random
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.settings import Settings
from tests.factories.outbox import MailServer, queue_messages, states
from tests.forked import running
from tests.messages.sending.worker_process import main

# More of both: python -m benchmarks.kill_send
MESSAGES = 150
KILLS = 4


class Workers:
    """Starts a worker, kills it, starts the next."""

    def __init__(self, settings: Settings, mail_url: str, *arguments: str) -> None:
        self._environ = {
            "INSTANCE_DIR": str(settings.instance_dir),
            "DATABASE_URL": settings.database_url,
            "MAIL_URL": mail_url,
        }
        self._arguments = arguments

    def start(self) -> AbstractContextManager[BaseProcess]:
        return running(main, self._environ, *self._arguments)

    def run_to_the_end(self) -> None:
        with self.start() as process:
            pass
        assert process.exitcode == 0

    def kill_after(self, seconds: float) -> None:
        with self.start() as process:
            time.sleep(seconds)
            process.kill()


def _rows_by_state() -> dict[str, set[str]]:
    db.session.rollback()
    found: dict[str, set[str]] = {}
    for row in db.session.scalars(db.select(OutboxMessage)):
        found.setdefault(row.state, set()).add(f"<{row.id}@modum.example>")
    return found


def test_killed_at_random_loses_nothing_and_repeats_nothing_by_file(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    queue_messages(MESSAGES)
    workers = Workers(settings, f"file:{tmp_path}")
    for _ in range(KILLS):
        workers.kill_after(random.Random(seed).uniform(0.0, 0.25))
        seed += 1
    workers.run_to_the_end()
    assert states() == {"handed_over": MESSAGES}, seed
    assert len(list(tmp_path.glob("*.eml"))) == MESSAGES


def test_killed_at_random_loses_nothing_and_repeats_nothing_by_smtp(app: Flask, settings: Settings) -> None:
    seed = random.SystemRandom().randrange(10**6)
    queue_messages(MESSAGES)
    with MailServer().running() as server:
        workers = Workers(settings, server.url)
        for _ in range(KILLS):
            workers.kill_after(random.Random(seed).uniform(0.0, 0.25))
            seed += 1
        workers.run_to_the_end()
        sent = server.message_ids()
    by_state = _rows_by_state()
    uncertain = by_state.get("uncertain", set())
    assert set(by_state) <= {"handed_over", "uncertain"}, seed
    assert max(sent.values()) == 1, seed
    assert by_state["handed_over"] <= set(sent), seed
    assert len(uncertain) <= KILLS, seed


@pytest.mark.parametrize(("arguments", "twice"), [((), 0), (("again",), 1)])
def test_killed_between_the_servers_yes_and_our_note(
    app: Flask, settings: Settings, arguments: tuple[str, ...], twice: int
) -> None:
    """The control sends again what the dead worker left: then the guest gets the message twice."""
    queue_messages(5)
    has_taken = threading.Event()
    with MailServer().running() as server:

        def hold(stage: str, _address: str) -> float | None:
            if stage == "taken" and not has_taken.is_set():
                has_taken.set()
                return 1.0
            return None

        server.reply = hold
        workers = Workers(settings, server.url, *arguments)
        with workers.start() as process:
            assert has_taken.wait(20)
            process.kill()
        workers.run_to_the_end()
        repeated = Counter(server.message_ids().values())[2]
    assert repeated == twice
    assert states() == ({"handed_over": 5} if twice else {"handed_over": 4, "uncertain": 1})
