"""Two linkers at the same moment make one chain; without their lock they do not."""

import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask

from outreach.audit import queries, service
from outreach.audit.actor import SYSTEM
from outreach.database import db
from tests.conftest import NOW

ROWS = 40


@pytest.fixture
def waiting(app: Flask) -> Iterator[Flask]:
    """Return the application with rows that wait to be linked."""
    service._anchor_path().unlink(missing_ok=True)
    for number in range(ROWS):
        service.record("event.change", subject_kind="event", subject_id=number, actor=SYSTEM, now=NOW)
    db.session.commit()
    yield app
    service._anchor_path().unlink(missing_ok=True)


def link_twice_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Link in two threads that meet, if nothing keeps them apart, after both have read the head."""
    meeting = threading.Barrier(2)
    real = queries.unlinked_macs
    outcomes: list[object] = []

    def met() -> list[tuple[int, bytes]]:
        found = real()
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        return found

    def link() -> None:
        with app.app_context():
            try:
                outcomes.append(service.link_due()[1])
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)
            db.session.remove()

    monkeypatch.setattr(queries, "unlinked_macs", met)
    threads = [threading.Thread(target=link) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_linkers_make_one_chain(waiting: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sorted(map(str, link_twice_at_once(waiting, monkeypatch))) == ["0", str(ROWS)]
    service.anchor(queries.head())
    assert service.find_faults() == []


def test_without_the_lock_they_collide(waiting: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both read one head and write one sequence. SQLite's single writer is lock enough by itself."""
    monkeypatch.setattr(service, "_be_the_only_linker", lambda: None)
    outcomes = sorted(map(str, link_twice_at_once(waiting, monkeypatch)))
    assert outcomes == (["0", str(ROWS)] if db.engine.dialect.name == "sqlite" else [str(ROWS), "IntegrityError"])
