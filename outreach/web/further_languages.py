"""Which further languages organisers have chosen, kept for some seconds so that a page costs no statement.

`capabilities` hands in the look at the database; each process looks again when what it keeps is too old, so a choice
is seen everywhere within KEPT_SECONDS.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

KEPT_SECONDS = 10.0
_EXTENSION = "treffpunkt.further_languages"
Look = Callable[[], frozenset[str]]
log = structlog.get_logger()


@dataclass
class _Kept:
    look: Look
    codes: frozenset[str] = frozenset()
    until: float = field(default=float("-inf"))


def follow_languages(app: Flask, look: Look) -> None:
    """Have `app` offer the languages that `look` finds; it opens and ends a transaction of its own."""
    app.extensions[_EXTENSION] = _Kept(look)


def languages_in_use() -> frozenset[str]:
    """Return the codes of the languages that are chosen now. A database that does not answer changes nothing."""
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if kept is None:
        return frozenset()
    now = time.monotonic()
    if now >= kept.until:
        kept.until = now + KEPT_SECONDS
        try:
            kept.codes = kept.look()
        except SQLAlchemyError as error:
            # The page that says that the database is gone must be shown all the same.
            log.warning("languages not read", fault=type(error).__name__)
    return kept.codes


def look_again() -> None:
    """Forget what is kept: somebody has just chosen."""
    current_app.extensions[_EXTENSION].until = float("-inf")
