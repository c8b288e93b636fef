"""A record beside what is held of the person, and the terms of storing. Pure values that pass between services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from outreach.register.changes import Known
from outreach.register.person_record import PersonRecord


@dataclass(frozen=True)
class StoringTerms:
    """Under which terms records are stored. `may_lift_protection`: the file itself says who is protected.

    `is_feed`: what is stored are events, which tell of a change and not of what a person is like.
    """

    import_id: int
    as_of: date
    now: datetime
    may_lift_protection: bool
    is_newest: bool
    is_dry_run: bool
    is_feed: bool = False

    @property
    def marked_at_utc(self) -> datetime:
        """Return the moment that a mark of protection counts from: no extract from before it takes the mark away.

        An extract of the very day of an event may have been made before the event, so an event counts from the day
        after.
        """
        return self.now + timedelta(days=1) if self.is_feed else self.now


@dataclass(frozen=True, slots=True)
class Recognised:
    """A record with every hash it may be known by, and what is held of the person.

    `hashes` has for each number, the one in use first, its hash by each generation of keys, the newest first;
    `weak_hashes` the same of name and birth date. `double_ids` are other rows of the same person, under an old number.
    """

    record: PersonRecord
    hashes: tuple[str, ...]
    weak_hashes: tuple[str, ...]
    known: Known | None
    double_ids: tuple[int, ...] = ()

    @property
    def identity(self) -> str:
        """Return the hash to store, or "" for a person without a number. A hash by older keys is the same identity."""
        held = self.known.identity_hash or "" if self.known else ""
        if not self.hashes:
            # Confirmed by hand to be somebody whose number an earlier extract had.
            return held
        return held if held in self.hashes[: self._generations] else self.hashes[0]

    @property
    def weak_hash(self) -> str:
        """Return the hash of name and birth date to store, or ""."""
        return self.weak_hashes[0] if self.weak_hashes else ""

    @property
    def newest_hashes(self) -> tuple[str, ...]:
        """Return the hash of each number by the newest key."""
        return self.hashes[:: self._generations] if self.hashes else ()

    @property
    def _generations(self) -> int:
        return len(self.hashes) // len(self.record.national_ids)
