"""Slows guessing down and locks nobody out: after some free attempts each failure doubles the wait, up to a minute.

In: a limit, and whom it counts (an address, an account, a code). Out: seconds to wait. Counters hold keyed hashes, so a
stolen database tells nobody's address. Failures are written by `aside`, since the request that failed is rolled back;
so as many attempts as there are server workers may slip in at once, which changes nothing against 12 characters.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

from flask import request
from sqlalchemy import Insert, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from outreach.database import db, run
from outreach.database.sealed import key_ring
from outreach.errors import N_, OutreachError
from outreach.web.models import AttemptCounter
from outreach.web.transactions import aside

LONGEST_WAIT_SECONDS = 60
_WINDOW = timedelta(minutes=15)
# Built once: a household's page asks each time it is opened.
_counters = AttemptCounter.__table__.c
_recent = (
    _counters.scope == bindparam("scope"),
    _counters.subject_hash == bindparam("subject"),
    _counters.window_utc >= bindparam("since"),
)
_RECENT = (
    select(_counters["count"].label("failures"), _counters.last_at_utc).where(*_recent).order_by(_counters.window_utc)
)
# For a statement that has something else to ask as well; its values are those of `counted`.
RECENT_FAILURES = select(func.coalesce(func.sum(_counters["count"]), 0)).where(*_recent).scalar_subquery()


@dataclass(frozen=True)
class Limit:
    """How many failures of `scope` are free within 15 to 30 minutes before each next one has to wait."""

    scope: str
    free_attempts: int


class TooManyAttemptsError(OutreachError):
    """The next attempt has to wait; nobody is locked out."""

    message = N_("Det er prøvd for mange ganger. Vent %(seconds)s sekunder, og prøv igjen.")
    http_status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = self.retry_after_seconds = seconds
        super().__init__(seconds=seconds)


def check_wait(*counted: tuple[Limit, str], now: datetime) -> None:
    """Raise TooManyAttemptsError when any of `counted` (limit, subject) has to wait at `now`."""
    seconds = max((wait_seconds(limit, subject, now) for limit, subject in counted), default=0)
    if seconds:
        raise TooManyAttemptsError(seconds)


@contextmanager
def slowing_down(
    *counted: tuple[Limit, str], now: datetime, failures: tuple[type[OutreachError], ...]
) -> Iterator[None]:
    """Let the block try something; one of `failures` counts for each of `counted`, which may have to wait first.

    Raises TooManyAttemptsError, and what the block raises.
    """
    check_wait(*counted, now=now)
    try:
        yield
    except failures:
        note_failure(*counted, now=now)
        raise


def wait_seconds(limit: Limit, subject: str, now: datetime) -> int:
    """Return how many whole seconds `subject` has to wait before its next attempt; 0 for none."""
    rows = run(_RECENT, counted(limit, subject, now)).rows
    if not rows:
        return 0
    failures: int = sum(row.failures for row in rows)
    last_at_utc: datetime = max(row.last_at_utc for row in rows)
    return max(0, ceil((last_at_utc - now).total_seconds() + delay_seconds(limit, failures)))


def failures_of(limit: Limit, subject: str, now: datetime) -> int:
    """Return how many failures of `subject` count at `now`."""
    return sum(row.failures for row in run(_RECENT, counted(limit, subject, now)).rows)


def counted(limit: Limit, subject: str, now: datetime) -> dict[str, Any]:
    """Return the values of RECENT_FAILURES: those of `subject` that count at `now`."""
    return {"scope": limit.scope, "subject": _hashed(limit, subject), "since": _window(now) - _WINDOW}


def delay_seconds(limit: Limit, failures: int) -> int:
    """Return the wait after `failures`: none while they are free, then 1, 2, 4 … seconds, at most a minute."""
    beyond = failures - limit.free_attempts
    return min(LONGEST_WAIT_SECONDS, 2 ** min(beyond, 10)) if beyond >= 0 else 0


def note_failure(*counted: tuple[Limit, str], now: datetime) -> None:
    """Count a failed attempt for each of `counted` (limit, subject) when this request has ended."""
    for limit, subject in counted:
        aside(partial(_count, limit.scope, _hashed(limit, subject), now))


def forgive(*counted: tuple[Limit, str]) -> None:
    """Forget the failures of `counted` (limit, subject) in this transaction: the right answer was given."""
    for limit, subject in counted:
        mine = (AttemptCounter.scope == limit.scope, AttemptCounter.subject_hash == _hashed(limit, subject))
        db.session.execute(delete(AttemptCounter).where(*mine))


def client_address() -> str:
    """Return where this request comes from, for counting: an IPv4 address, or the /64 network of an IPv6 one."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """Return `address`, or its /64 network when it is IPv6: one household or phone has a whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))


def _count(scope: str, subject_hash: str, now: datetime) -> None:
    db.session.execute(delete(AttemptCounter).where(AttemptCounter.window_utc < _window(now) - _WINDOW))
    row = {"scope": scope, "subject_hash": subject_hash, "window_utc": _window(now), "count": 1, "last_at_utc": now}
    db.session.execute(_upsert(row))


def _upsert(row: dict[str, Any]) -> Insert:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    return (
        insert(AttemptCounter)
        .values(row)
        .on_conflict_do_update(
            index_elements=["scope", "subject_hash", "window_utc"],
            set_={"count": AttemptCounter.count + 1, "last_at_utc": row["last_at_utc"]},
        )
    )


def _hashed(limit: Limit, subject: str) -> str:
    return key_ring().keyed_hash(f"attempt:{limit.scope}", subject)


def _window(now: datetime) -> datetime:
    length = int(_WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // length * length, UTC)
