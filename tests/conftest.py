"""The application under test on a real database: SQLite, or PostgreSQL with `TEST_DATABASE=postgresql`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import CompoundSelect, exists, literal, select, union_all

from outreach import clock, create_app
from outreach.database import db
from outreach.settings import Settings
from outreach.web.further_languages import look_again
from tests.postgresql import database_url
from tests.scheduling import BrowsersApart
from tests.sqlite import hasten
from tests.strict_html import CleanClient, StrictClient

ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowsersApart:
    """Share the tests among processes by our own rule."""
    return BrowsersApart(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what asks no database: the run on SQLite has tested it already.

    What opens its own database is marked `own_database`; everything else gets it through the fixture `settings`.
    """
    if not ON_POSTGRESQL:
        return
    asks = [item for item in items if "settings" in item.fixturenames or item.get_closest_marker("own_database")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
    items[:] = asks


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings of the tests: fresh keys, an instance folder of their own."""
    instance = tmp_path_factory.mktemp("instance")
    environ = {
        "INSTANCE_DIR": str(instance),
        "PUBLIC_URL": "http://localhost",
        "SMS_URL": f"file:{instance / 'outbox' / 'sms'}",
    }
    if ON_POSTGRESQL:
        environ["DATABASE_URL"] = database_url()
    return Settings.from_env(environ)


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Iterator[Flask]:
    """Return the one application of this test process, with an empty schema."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = CleanClient if ON_POSTGRESQL else StrictClient
    with app.app_context():
        hasten(db.engine)
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """Return the application with empty tables and the clock at NOW, inside an application context."""
    with emptied_afterwards(whole_app):
        yield whole_app


@contextmanager
def emptied_afterwards(whole_app: Flask) -> Iterator[None]:
    """Set the clock to NOW and be inside an application context; after the block, empty the tables."""
    clock.set_clock(lambda: NOW)
    with whole_app.app_context():
        yield
        db.session.rollback()
        _empty_tables()
        look_again()
        db.session.remove()
    clock.set_clock(None)


def _empty_tables() -> None:
    """Delete the rows of each table that has some; most tests touch few of the tables, and asking is one statement."""
    with db.engine.begin() as connection:
        filled = set(connection.execute(_names_of_filled_tables()).scalars())
        for table in reversed(db.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())


@cache
def _names_of_filled_tables() -> CompoundSelect[tuple[str]]:
    tables = db.metadata.sorted_tables
    return union_all(*(select(literal(table.name)).where(exists(select(1).select_from(table))) for table in tables))


@pytest.fixture
def without_sms(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the municipality send no SMS: it has the default, a folder that nobody reads."""
    settings = app.extensions["treffpunkt.settings"]
    default = replace(settings, sms_url=f"file:{settings.instance_dir / 'outbox'}")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", default)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return an anonymous browser. Forms need their CSRF token, as in a real one."""
    return app.test_client()
