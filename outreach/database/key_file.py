"""The file that holds the register keys: adds a key to it, and has every running process follow it.

In: a path with `id:hex` pairs, newest first. A process looks at the file's time whenever it needs a key, so that none
hashes by the old key after another has changed it.
"""

import os
import re
import secrets
import time
from pathlib import Path

from flask import Flask

from outreach.database.keys import KeyRing

NAME = "register_key"
_FOLLOWED, _READ_AT = "treffpunkt.key_file", "treffpunkt.key_file_read_at"
_LOOKED_AT = "treffpunkt.key_file_looked_at"
# One answer asks five times; nobody adds a key and uses it within this.
_MOMENT_SECONDS = 0.002
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


def follow_key_file(app: Flask, path: Path, *, register_key: str) -> None:
    """Have `app` read the file at `path` anew when it changes; not when `register_key` does not come from it."""
    if path.exists() and path.read_text(encoding="ascii").strip() == register_key:
        app.extensions[_FOLLOWED] = path
        app.extensions[_READ_AT], app.extensions[_LOOKED_AT] = path.stat().st_mtime_ns, 0.0


def current_keys(app: Flask) -> KeyRing:
    """Return the keys in force: those of the file as it is now, or was a moment ago."""
    path = app.extensions.get(_FOLLOWED)
    if path is not None and time.monotonic() > app.extensions[_LOOKED_AT] + _MOMENT_SECONDS:
        app.extensions[_LOOKED_AT] = time.monotonic()
        changed_at = os.stat(path).st_mtime_ns  # noqa: PTH116
        if changed_at != app.extensions[_READ_AT]:
            use_keys(app, path.read_text(encoding="ascii").strip())
            app.extensions[_READ_AT] = changed_at
    ring: KeyRing = app.extensions["treffpunkt.keys"]
    return ring


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
