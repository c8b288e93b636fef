"""How long a sign-in lasts and how its token is kept (OWASP ASVS 5.0 7.2, 7.3).

Two hours without a click ends it, so that a forgotten browser in an open-plan office is closed by itself; twelve hours
end it in any case, one long working day with an evening event. The browser holds 256 random bits, the database only
their SHA-256: a stolen database signs nobody in.
"""

import hashlib
from datetime import datetime, timedelta

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """Return what the database keeps of `token`: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(*, last_seen_at_utc: datetime, expires_at_utc: datetime, now: datetime) -> bool:
    """Say whether a session with these moments still counts at `now`."""
    return now < expires_at_utc and now - last_seen_at_utc < IDLE


def is_worth_noting(last_seen_at_utc: datetime, now: datetime) -> bool:
    """Say whether enough time has passed for last-seen to be written again."""
    return now - last_seen_at_utc >= SEEN_EVERY
