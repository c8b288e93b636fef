"""What an extract changes for the people we hold, each in one kind of change, with a few of them by name. Pure.

Protected people are in no kind, so that nothing here tells of them; `left_out` people are neither.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from outreach.errors import N_
from outreach.register.changes import Known, Outcome, has_moved_in
from outreach.register.moves import DEAD, EMIGRATED, RESIDENT
from outreach.register.person_record import PersonRecord
from outreach.register.recognised import Recognised, StoringTerms

SHOWN_EXAMPLES = 20
# Enough to show twenty when some of them turn out to be protected further down in the file.
KEPT_EXAMPLES = 40


class Change(StrEnum):
    """The kinds of change, in the order in which they are shown. Each person whom we keep is in exactly one.

    WAITS is of a feed of events only: something has changed, and a fresh extract must tell what.
    """

    MOVED_IN = "moved_in"
    NEW = "new"
    MOVED_WITHIN = "moved_within"
    MOVED_OUT = "moved_out"
    EMIGRATED = "emigrated"
    DIED = "died"
    GONE = "gone"
    WAITS = "waits"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


CHANGE_WORDS: dict[Change, str] = {
    Change.MOVED_IN: N_("Flyttet inn siste år"),
    Change.NEW: N_("Nye for oss ellers"),
    Change.MOVED_WITHIN: N_("Flyttet innenfor kommunen"),
    Change.MOVED_OUT: N_("Flyttet ut"),
    Change.EMIGRATED: N_("Flyttet til utlandet"),
    Change.DIED: N_("Døde"),
    Change.GONE: N_("Ikke lenger i uttrekket"),
    Change.CHANGED: N_("Endret på annen måte"),
    Change.UNCHANGED: N_("Uendret"),
}
# A feed tells of people whom we hold, and makes nobody new.
FEED_CHANGE_WORDS: dict[Change, str] = {
    Change.EMIGRATED: CHANGE_WORDS[Change.EMIGRATED],
    Change.DIED: CHANGE_WORDS[Change.DIED],
    Change.WAITS: N_("Venter på nytt uttrekk"),
    Change.UNCHANGED: CHANGE_WORDS[Change.UNCHANGED],
}


# Of these it is worth seeing what stood before.
CHANGES_SHOWN_BESIDE = frozenset({Change.CHANGED, Change.MOVED_WITHIN})


@dataclass(frozen=True, slots=True)
class Example:
    """A person by name. `hashes` are the marks by which one who is protected later is found and not shown.

    `was_name`, `was_address`: what we hold, "" where the extract says the same. `held_id`: under which id we hold them.
    """

    name: str
    birth_year: int | None
    address: str
    moved_on: date | None
    hashes: tuple[str, ...]
    was_name: str = ""
    was_address: str = ""
    held_id: int | None = None

    @classmethod
    def of(cls, record: PersonRecord, hashes: tuple[str, ...], held_id: int | None = None) -> "Example":
        """Return the example that `record` makes."""
        name = " ".join(part for part in (record.given_name, record.middle_name, record.family_name) if part)
        address = ", ".join(record.address.letter_lines()) if record.address else ""
        return cls(name, record.birth_year, address, record.moved_on, hashes, held_id=held_id)

    def beside(self, held: "Example") -> "Example":
        """Return the example with what is otherwise in `held`, the same person as we hold them."""
        was_name = held.name if held.name != self.name else ""
        was_address = (held.address or "–") if held.address != self.address else ""
        return replace(self, was_name=was_name, was_address=was_address)

    def to_list(self) -> list[Any]:
        """Return the example as values that JSON knows."""
        moved_on = self.moved_on.isoformat() if self.moved_on else ""
        return [self.name, self.birth_year, self.address, moved_on, list(self.hashes), self.was_name, self.was_address]

    @classmethod
    def from_list(cls, values: list[Any]) -> "Example":
        """Return the example that `to_list` wrote."""
        name, birth_year, address, moved_on, hashes, *was = values
        return cls(name, birth_year, address, date.fromisoformat(moved_on) if moved_on else None, tuple(hashes), *was)


class Diff:
    """Counts and examples of one extract, collected while it is compared."""

    def __init__(self) -> None:
        self.counts: Counter[Change] = Counter()
        self.examples: dict[Change, list[Example]] = {}
        self._seen = array("q")

    def note(self, one: Recognised, outcome: Outcome, terms: StoringTerms) -> None:
        """Count a person who is neither protected nor held back, and keep the first ones as examples."""
        change = change_of(one.record, one.known, outcome, terms)
        if change is None:
            return
        self.counts[change] += 1
        kept = self.examples.setdefault(change, [])
        if len(kept) < KEPT_EXAMPLES:
            held_id = one.known.id if one.known and change in CHANGES_SHOWN_BESIDE else None
            kept.append(Example.of(one.record, (*one.hashes, f"weak:{one.weak_hash}"), held_id))

    def saw(self, person_id: int) -> None:
        """Remember that a resident whom we hold is in the extract."""
        self._seen.append(person_id)

    def absent_among(self, person_ids: Iterable[int]) -> list[int]:
        """Return the first of `person_ids`, ids of residents whom we hold, who are not in the extract."""
        seen = array("q", sorted(self._seen))
        absent: list[int] = []
        for person_id in person_ids:
            at = bisect_left(seen, person_id)
            if at == len(seen) or seen[at] != person_id:
                absent.append(person_id)
                if len(absent) == KEPT_EXAMPLES:
                    break
        return absent

    def without(self, marks: Iterable[str]) -> dict[Change, list[Example]]:
        """Return at most SHOWN_EXAMPLES of each kind, none of whom has one of `marks`."""
        return shown(self.examples, marks)


def shown(examples: dict[Change, list[Example]], marks: Iterable[str]) -> dict[Change, list[Example]]:
    """Return at most SHOWN_EXAMPLES of each kind, none of whom has one of `marks`."""
    marked = frozenset(marks)
    return {
        change: [one for one in some if marked.isdisjoint(one.hashes)][:SHOWN_EXAMPLES]
        for change, some in examples.items()
    }


def change_of(record: PersonRecord, known: Known | None, outcome: Outcome, terms: StoringTerms) -> Change | None:
    """Return the one kind of change that `outcome` of a record is, None for somebody whom we do not keep."""
    if outcome is Outcome.LEFT_OUT:
        return None
    if outcome in (Outcome.UNCHANGED, Outcome.OLDER):
        return Change.UNCHANGED
    if has_moved_in(record, known, terms.as_of):
        return Change.MOVED_IN
    if known is None:
        return Change.NEW
    return _stayed(record, known) if record.is_resident else _left(record, known)


def _stayed(record: PersonRecord, known: Known) -> Change:
    has_moved = known.is_resident and record.moved_on is not None and known.moved_on is not None
    return Change.MOVED_WITHIN if has_moved and record.moved_on != known.moved_on else Change.CHANGED


def _left(record: PersonRecord, known: Known) -> Change:
    if record.status == DEAD:
        return Change.DIED if known.status != DEAD else Change.CHANGED
    if not known.is_resident:
        return Change.CHANGED
    if record.status == EMIGRATED:
        return Change.EMIGRATED
    return Change.MOVED_OUT if record.status == RESIDENT else Change.CHANGED
