"""One row of an upload that waits, and who may be told of it. Pure.

Of a feed of events only the number is known, and what it says happened. A protected person is in no row that is shown:
neither the row that says so, nor another with the same number, or the same name and birth date, in any upload.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from outreach.register.feed.meaning import Meaning, Told
from outreach.register.person_record import Fate, PersonRecord


@dataclass(frozen=True)
class Upload:
    """The upload that a row waits in. `erased_at_utc`: when at the latest it goes, accepted or not."""

    id: int
    as_of: date
    staged_at_utc: datetime
    erased_at_utc: datetime


@dataclass(frozen=True)
class WaitingRow:
    """A row at its `place` in an upload, from 0; `told` only of a feed."""

    upload: Upload
    place: int
    record: PersonRecord
    told: tuple[Meaning, ...] = ()

    @property
    def reference(self) -> str:
        """Return how a person names the row: the upload's number, a stop, and the place."""
        return f"{self.upload.id}.{self.place}"

    @property
    def name(self) -> str:
        """Return the name in the order in which it is said, or ""."""
        one = self.record
        return " ".join(part for part in (one.given_name, one.middle_name, one.family_name) if part)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what the person is known by: numbers, and name with birth date."""
        weak = self.record.weak_key
        return (*self.record.national_ids, weak) if weak else self.record.national_ids


def record_of(told: Told) -> tuple[PersonRecord, tuple[Meaning, ...]]:
    """Return what a feed says of a number as a record that has the number alone, and what it says happened."""
    said = tuple(sorted(told.news.last_days))
    fate = Fate.PROTECT if Meaning.PROTECTED in said else Fate.HOLD
    return PersonRecord(fate=fate, national_ids=(told.number,)), said


def tellable(rows: Iterable[WaitingRow], protected: Collection[str]) -> Iterator[WaitingRow]:
    """Yield the `rows` that have none of the marks of `protected`."""
    return (
        row for row in rows if row.record.fate is not Fate.PROTECT and not any(mark in protected for mark in row.marks)
    )
