"""When a message that failed for a while is tried again, and when it is too late. Pure; times in UTC.

RFC 5321 section 4.5.4.1 asks for a first retry after at least 30 minutes to a busy host and for giving up after 4 to 5
days. Ours begins sooner, since most temporary refusals at the relay are grey-listing or rate limits of minutes.
"""

from datetime import datetime, timedelta

_WAITS_MINUTES = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440)
# What was due longer ago than this was stuck, not delayed: a person is asked before it is sent (docs: "Sending").
LATE_AFTER = timedelta(hours=72)


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` tries (1 or more), or None to give up."""
    if attempts > len(_WAITS_MINUTES):
        return None
    return now + timedelta(minutes=_WAITS_MINUTES[attempts - 1])


def is_too_late(due_at: datetime, now: datetime) -> bool:
    """Say whether a message due at `due_at` must not leave at `now` without a person's word."""
    return now - due_at > LATE_AFTER
