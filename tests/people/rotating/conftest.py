"""An application whose key is changed, on a database of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from outreach import clock, create_app
from outreach.database import db
from outreach.settings import Settings
from tests.people.rotating.extracts import NOW
from tests.postgresql import database_url

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    values = {"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost"}
    if os.environ.get("TEST_DATABASE") == "postgresql":
        values["DATABASE_URL"] = database_url()
    return values


@pytest.fixture
def app(environ: dict[str, str]) -> Iterator[Flask]:
    """Return an application of its own, since its keys change."""
    clock.set_clock(lambda: NOW)
    app = create_app(Settings.from_env(environ))
    app.testing = True
    with app.app_context():
        db.drop_all()
        upgrade(directory=str(ROOT / "migrations"))
        yield app
        db.session.rollback()
        for name in reversed(db.metadata.sorted_tables):
            db.session.execute(name.delete())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    clock.set_clock(None)
