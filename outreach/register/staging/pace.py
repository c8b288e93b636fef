"""How the reading of an upload is cut into pieces: all at once in a request, or in commits by a worker. Pure."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Pace(Protocol):
    """How a long reading is cut into pieces: `apart` for looking things up, `checkpoint` after writing."""

    def apart(self, read: Callable[[], T]) -> T:
        """Return what `read` finds."""

    def checkpoint(self, rows: int, percent: int | None) -> None:
        """Hear that `rows` have been read."""


class AtOnce:
    """All in the caller's transaction: for a small file, in the request."""

    def apart(self, read: Callable[[], T]) -> T:
        """Return what `read` finds."""
        return read()

    def checkpoint(self, rows: int, percent: int | None) -> None:
        """Go on."""
