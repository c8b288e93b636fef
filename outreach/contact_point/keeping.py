"""How long the contact point keeps what, and when it asks whether somebody still studies. Pure: moments come in.

A consent is no reason to keep for ever (GDPR art. 5(1)(e)): once a year we ask, remind twice, and let go of those who
do not answer. The periods stand in the data map, too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_HOURS = 48
UNCONFIRMED_DAYS = 3
ASK_AFTER_DAYS = 365
BETWEEN_ASKS_DAYS = 14
# The question and two reminders.
MOST_ASKS = 3
WITHDRAWN_DAYS = 30
# More than this for one address within a day, and no further message goes there.
MOST_MESSAGES_A_DAY = 5


@dataclass(frozen=True)
class Deadlines:
    """The moments before which something is due, seen from `now`."""

    now: datetime

    @property
    def link_from(self) -> datetime:
        """Return since when a sign-up that waits may be confirmed."""
        return self.now - timedelta(hours=LINK_HOURS)

    @property
    def unconfirmed(self) -> datetime:
        """Return before when a sign-up that nobody confirmed is erased."""
        return self.now - timedelta(days=UNCONFIRMED_DAYS)

    @property
    def to_ask(self) -> datetime:
        """Return before when somebody must have said last that they want to stay, to be asked."""
        return self.now - timedelta(days=ASK_AFTER_DAYS)

    @property
    def asked(self) -> datetime:
        """Return before when somebody must have been asked last, to be reminded or let go of."""
        return self.now - timedelta(days=BETWEEN_ASKS_DAYS)

    def is_to_be_asked(self, renewed_at: datetime, *, asks: int, asked_at: datetime | None) -> bool:
        """Say whether somebody is to be asked, or reminded; the values are those of `let_go_on`."""
        has_waited = asked_at is None or asked_at < self.asked
        return renewed_at < self.to_ask and asks < MOST_ASKS and has_waited

    @property
    def withdrawn(self) -> datetime:
        """Return before when somebody must have withdrawn all, to be erased."""
        return self.now - timedelta(days=WITHDRAWN_DAYS)


def let_go_on(renewed_at: datetime, *, asks: int = 0, asked_at: datetime | None = None) -> datetime:
    """Return when somebody is let go of at the earliest if they never answer again.

    They said last at `renewed_at` that they want to stay, and were asked `asks` times since, last at `asked_at`.
    """
    asked_first = asked_at if asks and asked_at else renewed_at + timedelta(days=ASK_AFTER_DAYS)
    return asked_first + timedelta(days=BETWEEN_ASKS_DAYS * (MOST_ASKS - max(asks, 1) + 1))
