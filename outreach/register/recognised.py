"""A record beside what is held of the person, and the terms of storing. Pure values that pass between services."""

from dataclasses import dataclass
from datetime import date, datetime

from outreach.register.changes import Known
from outreach.register.person_record import PersonRecord


@dataclass(frozen=True)
class StoringTerms:
    """Under which terms records are stored. `may_lift_protection`: the file itself says who is protected."""

    import_id: int
    as_of: date
    now: datetime
    may_lift_protection: bool
    is_newest: bool
    is_dry_run: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """A record with the hashes it is known by, the one to store first, and what is held of the person."""

    record: PersonRecord
    hashes: tuple[str, ...]
    weak_hash: str
    known: Known | None

    @property
    def identity(self) -> str:
        """Return the hash to store, or "" for a person without a number."""
        return self.hashes[0] if self.hashes else ""
