"""One installation in a folder of its own, used by its commands: for tests that play a whole life, to the erasure.

Everybody in the extract gets a first name that no one else has, so that a search finds it only where that person is.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from flask_migrate import upgrade

from outreach import create_app
from outreach.database import db
from outreach.settings import Settings
from tests.postgresql import database_url

FIRST_NAME = re.compile(r"Zqx[a-j]+z")
PROTECTED_CANARY = "Kanarifugl"
_MIGRATIONS = Path(__file__).parent.parent / "migrations"


@dataclass
class Installation:
    """The application, its folder, and everything that anybody was shown."""

    app: Flask
    folder: Path
    shown: list[bytes] = field(default_factory=list)

    @property
    def instance(self) -> Path:
        """Return the instance folder: database, keys, mails, files."""
        return self.folder / "instance"

    def run(self, *arguments: str, exit_code: int = 0, stdin: str | None = None) -> Result:
        """Run a command; an AssertionError with what it said when it ends otherwise."""
        result = self.app.test_cli_runner().invoke(args=list(arguments), input=stdin)
        assert result.exit_code == exit_code, result.output
        self.shown.append(result.output.encode())
        return result

    def json(self, *arguments: str) -> dict[str, Any]:
        """Return what a command tells as JSON."""
        told: dict[str, Any] = json.loads(self.run(*arguments, "--json").stdout)
        return told


@contextmanager
def installed(folder: Path, **settings: str) -> Iterator[Installation]:
    """Set up an installation below `folder` by its migrations, on SQLite or PostgreSQL (TEST_DATABASE)."""
    environ = {"INSTANCE_DIR": str(folder / "instance"), "PUBLIC_URL": "http://localhost", **settings}
    if os.environ.get("TEST_DATABASE") == "postgresql":
        environ["DATABASE_URL"] = database_url()
    app = create_app(Settings.from_env(environ))
    app.testing = True
    with app.app_context():
        upgrade(directory=str(_MIGRATIONS))
        db.session.remove()
    yield Installation(app, folder)
    with app.app_context():
        db.engine.dispose()


def unmistakable_names(extract: Path) -> None:
    """Give everybody in `extract` a first name of their own; protected people keep theirs, the canary.

    Ten letters, since five stand in some keyed hash or other now and then.
    """
    lines = extract.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if PROTECTED_CANARY.casefold() not in line.casefold():
            letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}")
            lines[number] = re.sub(r'("fornavn": ?)"[^"]*"', rf'\1"Zqx{letters}z"', line)
    extract.write_text("\n".join(lines) + "\n", encoding="utf-8")
