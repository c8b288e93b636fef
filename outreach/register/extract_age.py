"""How old an extract may be before nobody is written to by it: somebody may have been protected since. Pure.

`register_max_age_days` is counted from the day the extract was taken, not from the day it was read.
"""

from dataclasses import dataclass
from datetime import date

from outreach.errors import N_, OutreachError


class NoExtractError(OutreachError):
    """Nothing was imported yet, so there is nobody to select or to write to."""

    message = N_("Det er ikke lest inn noe uttrekk fra Folkeregisteret ennå. Les inn et uttrekk først.")


class ExtractTooOldError(OutreachError):
    """The latest extract is older than the setting allows: someone may have been protected since."""

    message = N_(
        "Det siste uttrekket er fra %(as_of)s og er %(age)s dager gammelt. Grensen er %(limit)s dager. "
        "Les inn et nytt uttrekk først."
    )


@dataclass(frozen=True)
class ExtractAge:
    """The age of an extract on one day, against the limit in days."""

    as_of: date
    today: date
    limit_days: int

    @property
    def days(self) -> int:
        """Return how many days old it is."""
        return (self.today - self.as_of).days

    @property
    def is_too_old(self) -> bool:
        """Say whether it is older than the limit; at the limit it is not."""
        return self.days > self.limit_days

    def refuse(self) -> None:
        """Raise ExtractTooOldError when it is too old."""
        if self.is_too_old:
            raise ExtractTooOldError(as_of=self.as_of.strftime("%d.%m.%Y"), age=self.days, limit=self.limit_days)
