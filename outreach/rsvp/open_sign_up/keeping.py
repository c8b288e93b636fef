"""How long a sign-up that nobody confirmed is kept, and how often one address is written to. Pure."""

from datetime import datetime, timedelta

LINK_HOURS = 48
UNCONFIRMED_DAYS = 3
# More than this for one address within a day, and no further message goes there.
MOST_MESSAGES_A_DAY = 5


def link_from(now: datetime) -> datetime:
    """Return since when a sign-up that waits may be confirmed."""
    return now - timedelta(hours=LINK_HOURS)


def unconfirmed_before(now: datetime) -> datetime:
    """Return before when a sign-up that nobody confirmed is erased."""
    return now - timedelta(days=UNCONFIRMED_DAYS)
