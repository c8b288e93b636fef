"""What an extract changes against what we hold. Pure: a record and what is known of the person in, an outcome out."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from outreach.register.moves import DEAD
from outreach.register.person_record import Fate, PersonRecord

_MOVED_IN_DAYS = 366


class Outcome(StrEnum):
    """What is done with a person of an extract."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # we hold something newer, from a later extract
    LEFT_OUT = "left_out"  # neither known nor anybody whom we may keep


@dataclass(frozen=True, slots=True)
class Known:
    """What is held of a person, as far as changes are told from it. `was_in_extract`: False when added by hand."""

    id: int
    identity_hash: str | None
    content_hash: str
    is_resident: bool
    status: str
    moved_in_on: date | None
    seen_as_of: date
    dwelling_hash: str
    moved_on: date | None = None
    was_in_extract: bool = True


@dataclass
class Counts:
    """The counts of one extract. rows = accepted + rejected; the protected are among the accepted.

    accepted = new + changed + unchanged + protected + left_out. The rest are counted beside: moved in during the last
    year, moved out (those who are no longer in the extract included) and died since the extract before, and how many of
    the protected were not so before. Whoever sees all but the protected can subtract, so only the role privacy sees
    rows, accepted and left_out.
    """

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    protected: int = 0
    new: int = 0
    changed: int = 0
    moved_in: int = 0
    moved_out: int = 0
    deceased: int = 0
    unchanged: int = 0
    left_out: int = 0
    newly_protected: int = 0

    def to_dict(self) -> dict[str, int]:
        """Return the counts by name, in the order of the contract."""
        return asdict(self)


def compare(record: PersonRecord, known: Known | None, *, identity: str, content_hash: str, as_of: date) -> Outcome:
    """Return the outcome for a record that is to be kept or forgotten, never for a protected or held one."""
    if known is None:
        return Outcome.NEW if record.fate is Fate.KEEP else Outcome.LEFT_OUT
    if known.seen_as_of > as_of:
        return Outcome.OLDER
    is_same = known.content_hash == content_hash and (known.identity_hash or "") == identity
    return Outcome.UNCHANGED if is_same else Outcome.CHANGED


def count(counts: Counts, record: PersonRecord, known: Known | None, outcome: Outcome, *, as_of: date) -> None:
    """Add a record with its `outcome` to `counts`."""
    field = Outcome.UNCHANGED if outcome is Outcome.OLDER else outcome
    setattr(counts, field, getattr(counts, field) + 1)
    if outcome is Outcome.OLDER:
        return
    counts.moved_in += has_moved_in(record, known, as_of)
    counts.deceased += record.status == DEAD and (known is None or known.status != DEAD)
    counts.moved_out += known is not None and known.is_resident and not record.is_resident and record.status != DEAD


def has_moved_in(record: PersonRecord, known: Known | None, as_of: date) -> bool:
    """Say whether the record tells of a move into the municipality during the last year that we did not know of."""
    if not record.is_resident or record.moved_in_on is None:
        return False
    is_news = known is None or known.moved_in_on != record.moved_in_on
    return is_news and record.moved_in_on > as_of - timedelta(days=_MOVED_IN_DAYS)
