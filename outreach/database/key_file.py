"""The file that holds the register keys: adds a key to it, and has every running process follow it.

In: a path with `id:hex` pairs, newest first. A process looks at the file's time when a transaction begins, so that none
hashes by the old key after another has changed it.
"""

import os
import re
import secrets
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, Engine, event

from outreach.database.keys import KeyRing

NAME = "register_key"
_FOLLOWED = "treffpunkt.key_file"
# A sealed value has its key's id in one byte.
_MOST_KEY_ID = 255


class NoKeyIdLeftError(RuntimeError):
    """Every key id has been used."""


def add_key(path: Path) -> str:
    """Put a new key first in the file at `path` (0600, whole or not at all); return what the file holds now."""
    held = path.read_text(encoding="ascii").strip()
    key_id = max(int(found) for found in re.findall(r"(\d+):", held)) + 1
    if key_id > _MOST_KEY_ID:
        raise NoKeyIdLeftError
    keys = f"{key_id}:{secrets.token_hex(32)},{held}"
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(keys + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)
    return keys


def use_keys(app: Flask, register_key: str) -> KeyRing:
    """Have `app` seal and hash by `register_key` from now on; return the keys."""
    ring = KeyRing(secret_key=app.config["SECRET_KEY"], register_key=register_key)
    app.extensions["treffpunkt.keys"] = ring
    return ring


def followed_key_file(app: Flask) -> Path | None:
    """Return the file that `app` follows, or None when its keys come from the environment."""
    path: Path | None = app.extensions.get(_FOLLOWED)
    return path


def follow_key_file(app: Flask, engine: Engine, path: Path, *, register_key: str) -> None:
    """Read the file at `path` anew at the first transaction after it changed; not when `register_key` is not its."""
    if not path.exists() or path.read_text(encoding="ascii").strip() != register_key:
        return
    app.extensions[_FOLLOWED] = path
    read_at = path.stat().st_mtime_ns

    def follow(_connection: Connection) -> None:
        nonlocal read_at
        changed_at = path.stat().st_mtime_ns
        if changed_at != read_at:
            use_keys(app, path.read_text(encoding="ascii").strip())
            read_at = changed_at

    event.listen(engine, "begin", follow)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
