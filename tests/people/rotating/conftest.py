"""An application whose key is changed, on a database of its own."""

import os
import shutil
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
from tests.sqlite import hasten

ROOT = Path(__file__).parents[3]


def _environ(folder: Path, url: str) -> dict[str, str]:
    return {"INSTANCE_DIR": str(folder), "PUBLIC_URL": "http://localhost", **({"DATABASE_URL": url} if url else {})}


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of an installation that only its migrations were run in, to be copied."""
    url = database_url() if os.environ.get("TEST_DATABASE") == "postgresql" else ""
    environ = _environ(tmp_path_factory.mktemp("migrated"), url)
    with create_app(Settings.from_env(environ)).app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        db.engine.dispose()
    return environ


@pytest.fixture
def environ(migrated: dict[str, str], tmp_path: Path) -> dict[str, str]:
    shutil.copytree(migrated["INSTANCE_DIR"], tmp_path, dirs_exist_ok=True)
    url = migrated.get("DATABASE_URL", "")
    return _environ(tmp_path, url and database_url(template=url))


@pytest.fixture
def app(environ: dict[str, str]) -> Iterator[Flask]:
    """Return an application of its own, since its keys change."""
    clock.set_clock(lambda: NOW)
    app = create_app(Settings.from_env(environ))
    app.testing = True
    with app.app_context():
        hasten(db.engine)
        yield app
        db.session.rollback()
        for name in reversed(db.metadata.sorted_tables):
            db.session.execute(name.delete())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    clock.set_clock(None)
