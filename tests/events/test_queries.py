"""The languages of events are looked up beside a request's own transaction, which that look must not wait for."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from outreach.database import db, engine
from outreach.events.queries import languages_in_use
from tests.conftest import NOW, ON_POSTGRESQL
from tests.factories.events import make_event


@pytest.fixture
def writing_request(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a write as a POST does, and let nobody wait long for it."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    event = make_event()
    event.letter_languages = "nb,uk"
    db.session.commit()
    db.session.execute(text("update event set title = title"))


def test_a_request_that_writes_does_not_wait_for_itself(writing_request: None) -> None:
    assert languages_in_use(NOW) == {"nb", "uk"}


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL locks rows")
def test_control_a_second_writer_would_wait_in_vain(writing_request: None) -> None:
    with pytest.raises(OperationalError, match="locked"), db.engine.begin():
        pass
