"""How a process that works beside the web server runs: again and again until it is asked to stop, a commit a step."""

import signal
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from outreach.database import db

T = TypeVar("T")
_PAUSE_SECONDS = 1.0
log = structlog.get_logger()


def committed(act: Callable[[], T]) -> T:
    """Run `act` in a transaction of its own and commit it; roll back whatever ends it otherwise."""
    try:
        result = act()
        db.session.commit()
        return result
    except BaseException:
        db.session.rollback()
        raise


def run_until_stopped(
    tick: Callable[[Callable[[], bool]], object],
    *,
    pause_seconds: float = _PAUSE_SECONDS,
    pause_after_fault: Callable[[float], float] = lambda _pause: 10.0,
) -> None:
    """Call `tick` with `pause_seconds` between until SIGTERM or SIGINT; `tick` is given what says whether to stop.

    After a fault of the database it waits `pause_after_fault(seconds of the pause before)`.
    """
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    pause = pause_seconds
    while not stopping:
        try:
            tick(lambda: bool(stopping))
            pause = pause_seconds
        except DBAPIError as error:
            log.error("worker failed", fault=type(error.orig).__name__)  # noqa: TRY400 - traces hold values
            pause = pause_after_fault(pause)
        db.session.remove()
        until = time.monotonic() + pause
        while not stopping and time.monotonic() < until:
            time.sleep(0.1)
