"""Tells a dead worker from a slow one on this machine: each holds a file lock that the kernel drops when it dies.

Without it the rows of a killed worker would wait for their lease. A worker of another machine has no file here, so its
lease decides (`outbox_message.lease_until_utc`).
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyHeldError(RuntimeError):
    """A living worker has this name."""


@contextmanager
def held_lock(folder: Path, name: str) -> Iterator[None]:
    """Be the living worker `name` within the block. Raises AlreadyHeldError when somebody is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _is_free(descriptor):
            raise AlreadyHeldError(name)
        yield
        # Taken away while it is held, so that nobody can find it free and think that its holder died.
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def dead_among(folder: Path, names: Iterable[str]) -> list[str]:
    """Return which of the workers `names` ran on this machine and died without taking their lock away."""
    return [name for name in names if _is_dead(folder / name)]


def _is_dead(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return _is_free(descriptor)
    finally:
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
