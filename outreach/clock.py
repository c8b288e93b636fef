"""The only reader of the time. Everything else takes `now` or `today` as an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced whole by `freeze`


def now_utc() -> datetime:
    """Return the present moment, zone-aware in UTC."""
    return _now()


def today_oslo() -> date:
    """Return today's date in Europe/Oslo, the zone of every deadline that a person reads."""
    return now_utc().astimezone(OSLO).date()


def set_clock(read: Callable[[], datetime] | None) -> None:
    """Read the time by `read` (zone-aware UTC) until called with None: for tests and rehearsals."""
    global _now
    _now = read or (lambda: datetime.now(UTC))
