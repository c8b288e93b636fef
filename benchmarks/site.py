"""An installation of its own for a benchmark: keys, an empty database on SQLite or PostgreSQL, real server processes.

The servers are what `make run` starts: granian with two worker processes of one thread each.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from benchmarks.http_load import BadAnswersError
from outreach import create_app
from outreach.database import db
from outreach.settings import Settings
from tests.postgresql import database_url

DATABASES = ("sqlite", "postgresql")
_ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
_STOP_SECONDS = 5
_MOST_FAULTS = 5


@dataclass(frozen=True)
class Site:
    """An installation: its folder, the environment of its processes and the application in this process."""

    folder: Path
    environ: dict[str, str]
    app: Flask
    origin: str

    @contextmanager
    def served(self, target: str = "wsgi:app", *, workers: int = WORKERS, origin: str = "") -> Iterator[str]:
        """Serve `target` while the block runs; yield its origin. Logs go to a file in the folder, and a BadAnswersError
        tells what they say of faults."""
        origin = origin or self.origin
        log = self.folder / f"{target.replace(':', '.')}.log"
        with log.open("ab") as sink, _granian(target, origin, self.environ, sink.fileno(), workers=workers):
            try:
                yield origin
            except BadAnswersError as fault:
                fault.add_note("\n".join(_faults(log)))
                raise


def _faults(log: Path) -> list[str]:
    """Return the first lines of `log` that tell of answers of 400 and above, or of an error."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if re.search(r'"status": [45]|rror', line)][:_MOST_FAULTS]


@contextmanager
def site(database: str = "sqlite", *, commit_ms: int = 0, **settings: str) -> Iterator[Site]:
    """Yield an installation with an empty schema on `database`, gone afterwards; `settings` are more variables.

    `commit_ms`: how much longer each commit takes (PostgreSQL), as on a slower disk."""
    with tempfile.TemporaryDirectory(prefix="treffpunkt-bench-") as name:
        folder = Path(name)
        origin, on_postgresql = free_origin(), database == "postgresql"
        environ = {
            "INSTANCE_DIR": str(folder),
            "PUBLIC_URL": origin,
            "DATABASE_URL": _with_slow_commits(database_url(is_durable=True), commit_ms) if on_postgresql else "",
            "RELEASE_ABOVE": "1000000",
            **settings,
        }
        app = create_app(Settings.from_env(environ))
        with app.app_context():
            db.create_all()
            yield Site(folder, environ, app, origin)
            db.session.remove()
            db.engine.dispose()


def _with_slow_commits(url: str, commit_ms: int) -> str:
    options = f"-c commit_delay={1_000 * commit_ms} -c commit_siblings=0"
    return f"{url}&options={quote(options)}" if commit_ms else url


def free_origin() -> str:
    """Return an origin on a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@contextmanager
def _granian(target: str, origin: str, environ: dict[str, str], sink: int, *, workers: int) -> Iterator[None]:
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", origin.rsplit(":", 1)[1], "--workers", str(workers), "--blocking-threads", "1", "--no-ws"]
    command += ["--log-level", "warning", "--workers-kill-timeout", str(_STOP_SECONDS), target]
    process = subprocess.Popen(
        command, cwd=_ROOT, env={**os.environ, **environ}, stdout=sink, stderr=sink, start_new_session=True
    )
    try:
        _wait_until_up(origin, process)
        yield
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers. One that is only starting hears no request to stop, and the server would wait for
    it for ever: the server kills it after a while, and what is left after that is killed here."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=4 * _STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_up(origin: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{origin}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")
