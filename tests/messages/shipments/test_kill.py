"""kill −9 while letters go to SvarUt: none is lost, none is there twice; with the protection off the proof goes red."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask

from outreach.database import db
from outreach.messages.models import LetterShipment
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.settings import Settings
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.national import CLIENT_ID, KEY_ID, SvarUtServer, key_pem
from tests.factories.outbox import queue_messages, states
from tests.forked import running
from tests.messages.shipments.worker_process import main

LETTERS, KILLS = 60, 3


class Workers:
    """Starts a sender, kills it, starts the next. Twenty minutes go between them: a dead sender's letters settle."""

    def __init__(self, settings: Settings, server: SvarUtServer, key_file: Path, *arguments: str) -> None:
        self._server = server
        self._arguments = arguments
        self._minutes = 0
        self._environ = {
            "INSTANCE_DIR": str(settings.instance_dir),
            "DATABASE_URL": settings.database_url,
            "MASKINPORTEN_URL": server.url,
            "MASKINPORTEN_CLIENT_ID": CLIENT_ID,
            "MASKINPORTEN_KEY_ID": KEY_ID,
            "MASKINPORTEN_KEY_FILE": str(key_file),
            "SVARUT_URL": server.url,
            "SVARUT_ACCOUNT": server.account,
            "SVARUT_INTEGRATION_ID": server.integration,
            "SVARUT_PASSWORD": server.password,
        }

    def start(self) -> AbstractContextManager[BaseProcess]:
        moment = NOW + timedelta(minutes=self._minutes)
        self._server.now = lambda: moment
        self._minutes += 20
        return running(main, self._environ, str(self._minutes - 20), *self._arguments)

    def run_to_the_end(self) -> None:
        with self.start() as process:
            pass
        assert process.exitcode == 0


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "maskinporten.pem"
    path.write_bytes(key_pem())
    return path


@pytest.fixture
def server(app: Flask) -> Iterator[SvarUtServer]:
    with SvarUtServer().running() as running:
        yield running


def test_killed_at_random_loses_no_letter_and_sends_none_twice(
    app: Flask, settings: Settings, server: SvarUtServer, key_file: Path
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    queue_messages(LETTERS, channel=Channel.SVARUT, event_id=make_event().id)
    workers = Workers(settings, server, key_file)
    for number in range(KILLS):
        with workers.start() as process:
            time.sleep(random.Random(seed + number).uniform(0.05, 0.3))
            process.kill()
    workers.run_to_the_end()
    assert states() == {"handed_over": LETTERS}, seed
    assert server.faults == []
    wanted = {str(row_id): 1 for row_id in db.session.scalars(db.select(OutboxMessage.id))}
    assert server.references() == wanted, seed
    known = db.session.scalars(db.select(LetterShipment.shipment_id)).all()
    assert set(known) == set(server.taken), seed


@pytest.mark.parametrize(("arguments", "twice"), [((), 0), (("again",), 1)])
def test_killed_between_svaruts_yes_and_our_note(
    app: Flask, settings: Settings, server: SvarUtServer, key_file: Path, arguments: tuple[str, ...], twice: int
) -> None:
    queue_messages(4, channel=Channel.SVARUT, event_id=make_event().id)
    has_taken, is_gone = threading.Event(), threading.Event()

    def hold(shipment: dict[str, object]) -> None:
        if not has_taken.is_set():
            has_taken.set()
            is_gone.wait(20)

    server.on_taken = hold
    workers = Workers(settings, server, key_file, *arguments)
    with workers.start() as process:
        assert has_taken.wait(20)
        process.kill()
    is_gone.set()
    workers.run_to_the_end()
    assert states() == {"handed_over": 4}
    assert sum(number - 1 for number in server.references().values()) == twice
