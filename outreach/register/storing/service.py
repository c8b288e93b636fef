"""Stores the records of one extract batch by batch, in the caller's transaction, in bulk statements.

A person is known again by keyed hash; a national number is kept only where a service needs it (numbers/). A protected
person becomes a tombstone, and what we held is erased in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from outreach.database import db, new_id
from outreach.people.joining import service as joining
from outreach.people.models import Person
from outreach.people.person import NO_EXTRACT
from outreach.people.rotating.service import wait_for_rotation
from outreach.register.changes import Counts, Outcome, compare, count
from outreach.register.diff import Change, Diff
from outreach.register.households import service as households
from outreach.register.moves import MoveVerdict
from outreach.register.numbers.service import Numbers
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.protecting.service import Protecting
from outreach.register.recognised import Recognised, StoringTerms
from outreach.register.renewing.service import BatchRenewing
from outreach.register.sealing.service import Sealing
from outreach.register.storing import queries

BATCH_ROWS = 2_000
# An extract with fewer than this share of the residents we hold is no full one, so nobody is taken to have left.
_FULL_EXTRACT_SHARE = 0.5
_PERSONS: Table = Person.__table__
# Who moves leaves the household, also the one that an organiser chose.
_HOMELESS = {"household_id": None, "placed_household_id": None}
_NEW = {**_HOMELESS, "is_known_by_name": False}


@dataclass
class _Batch:
    """What is to be written for a batch. `new_ids` has the new persons by each of their keys (`Storing._keys`)."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    unchanged_ids: list[int] = field(default_factory=list)
    older_ids: list[int] = field(default_factory=list)
    held_ids: list[int] = field(default_factory=list)
    renewed: list[dict[str, Any]] = field(default_factory=list)
    doubles: list[tuple[int, int]] = field(default_factory=list)
    new_ids: dict[str, int] = field(default_factory=dict)
    taken_ids: set[int] = field(default_factory=set)

    def id_of(self, one: Recognised, keys: Sequence[str]) -> int | None:
        """Return the id of the person of `one`, known from before or new in this batch under one of `keys`."""
        if one.known:
            return one.known.id
        return next((self.new_ids[key] for key in keys if key in self.new_ids), None)


class Storing:
    """One extract on its way in: `add` each batch, then `finish`."""

    def __init__(self, terms: StoringTerms) -> None:
        wait_for_rotation()
        self.counts = Counts()
        self.diff = Diff()
        self.import_id = terms.import_id
        self._terms = terms
        self._sealing = Sealing(terms)
        self._renewing = BatchRenewing(self._sealing)
        self._protecting = Protecting(terms)
        self._numbers = Numbers(terms)
        self._residents_before = queries.resident_count()
        self._residents_seen = 0
        self._taken_by_name: set[int] = set()

    def add(self, records: Sequence[PersonRecord]) -> None:
        """Compare a batch of at most BATCH_ROWS records with what is held, and write what is new."""
        batch = _Batch()
        if not self._terms.is_dry_run:
            self._renewing.renew(records)
        for recognised in self._sealing.recognise(records):
            self._sort(recognised, batch)
        if not self._terms.is_dry_run:
            self._write(batch)

    def finish(self) -> Counts:
        """Protect, mark who has left, group into households; return the counts of the whole extract."""
        absent = self._absent_count()
        marks_absent = self._terms.is_newest and not self.is_much_smaller()
        if marks_absent:
            self.counts.moved_out += absent
            self.diff.counts[Change.GONE] = absent
        if not self._terms.is_dry_run:
            self._protecting.finish()
            if marks_absent and absent:
                self._mark_absent()
            self._numbers.finish()
            households.group_ungrouped()
            households.set_aside_with(self._protecting.ghosts)
        return self.counts

    def marks(self) -> frozenset[str]:
        """Return the marks of everybody who is protected, once all records have been added."""
        return self._protecting.marks()

    def is_much_smaller(self) -> bool:
        """Say whether so few of the residents we hold are in the extract that it cannot be a full one."""
        return self._absent_count() > self._residents_before * _FULL_EXTRACT_SHARE

    def _absent_count(self) -> int:
        return max(0, self._residents_before - self._residents_seen)

    def _sort(self, found: Recognised, batch: _Batch) -> None:
        one = self._told_apart(found)
        is_registered = one.known is not None and one.known.is_resident and one.known.was_in_extract
        if one.known and is_registered and one.known.id not in batch.taken_ids:
            self._residents_seen += 1
            if self._terms.is_dry_run:
                self.diff.saw(one.known.id)
        if one.record.fate is Fate.HOLD:
            held = batch.id_of(one, self._keys(one))
            batch.held_ids += [held] if held else []
        elif one.record.fate is Fate.PROTECT or self._protecting.still_protects(one):
            self.counts.protected += 1
            self.counts.newly_protected += self._protecting.is_news(one)
            self._protecting.note(
                one, person_id=batch.id_of(one, self._keys(one)), dwelling=self._sealing.dwelling_hash(one.record)
            )
        else:
            self._keep(one, batch)
        if one.known:
            batch.taken_ids.add(one.known.id)

    def _told_apart(self, one: Recognised) -> Recognised:
        """Return `one` as somebody new when an earlier row was already the person of this name and birth date.

        Rows of one person in one place have been left out before: this one lives somewhere else.
        """
        if one.hashes or one.known is None or one.record.fate not in (Fate.KEEP, Fate.FORGET):
            return one
        if one.known.id in self._taken_by_name:
            return replace(one, known=None)
        self._taken_by_name.add(one.known.id)
        return one

    def _keep(self, one: Recognised, batch: _Batch) -> None:
        record, known = one.record, one.known
        content_hash = self._sealing.content_hash(record, known.content_hash if known else "")
        if known:
            batch.doubles += [(known.id, double) for double in one.double_ids]
        if known and known.id in batch.taken_ids:
            outcome = Outcome.UNCHANGED  # a second record of one person, under an old number
        else:
            outcome = compare(record, known, identity=one.identity, content_hash=content_hash, as_of=self._terms.as_of)
        count(self.counts, record, known, outcome, as_of=self._terms.as_of)
        self.diff.note(one, outcome, self._terms)
        if known and outcome is Outcome.UNCHANGED:
            batch.unchanged_ids.append(known.id)
            if known.id not in batch.taken_ids:
                self._numbers.note(known.id, record, is_unchanged=True)
            if self._sealing.is_old(content_hash):
                batch.renewed.append({"key": known.id, "content_hash": self._sealing.content_hash(record)})
        elif known and outcome is Outcome.OLDER and self._terms.is_newest:
            batch.older_ids.append(known.id)  # events have told of the person since: here, but not as the extract says
        elif outcome in (Outcome.NEW, Outcome.CHANGED) and not self._terms.is_dry_run:
            self._queue(one, content_hash, batch)

    def _queue(self, one: Recognised, content_hash: str, batch: _Batch) -> None:
        row_id = one.known.id if one.known else new_id()
        values = self._sealing.values(one, row_id, content_hash)
        self._numbers.note(row_id, one.record)
        if one.known is None:
            batch.new.append({"id": row_id, **_NEW, **values})
            batch.new_ids.update(dict.fromkeys(self._keys(one), row_id))
            if not one.hashes:
                self._taken_by_name.add(row_id)
        elif one.record.is_resident and one.known.dwelling_hash == values["dwelling_hash"]:
            batch.changed.append({"key": row_id, **values})
        else:
            batch.moved.append({"key": row_id, **_HOMELESS, **values})

    def _keys(self, one: Recognised) -> Sequence[str]:
        """Return what tells the person from others of the batch: the hashes of the numbers, else of name and home."""
        return one.hashes or (f"{one.weak_hash}|{self._sealing.dwelling_hash(one.record)}",)

    def _write(self, batch: _Batch) -> None:
        if batch.new:
            db.session.execute(insert(_PERSONS), batch.new)
        for rows in (batch.changed, batch.moved, batch.renewed):
            if rows:
                _update_each(rows)
        seen = {"seen_import_id": self._terms.import_id}
        if batch.unchanged_ids:
            same = update(_PERSONS).where(_PERSONS.c.id.in_(batch.unchanged_ids))
            db.session.execute(same.values(**seen, seen_as_of=self._terms.as_of, is_held_back=False))
        if batch.older_ids:
            db.session.execute(update(_PERSONS).where(_PERSONS.c.id.in_(batch.older_ids)).values(seen))
        if batch.held_ids:
            held = update(_PERSONS).where(_PERSONS.c.id.in_(batch.held_ids))
            db.session.execute(held.values(**seen, is_held_back=True))
        self._numbers.write()
        joining.join_doubles(batch.doubles)

    def _mark_absent(self) -> None:
        shown = (self._terms.import_id, NO_EXTRACT)
        gone = update(_PERSONS).where(_PERSONS.c.is_resident, _PERSONS.c.seen_import_id.not_in(shown))
        # Without content hash the person counts as changed when an extract has them again.
        left = {"is_resident": False, "move_verdict": MoveVerdict.NOT_IN_EXTRACT.value, "content_hash": ""}
        db.session.execute(gone.values(**left, **_HOMELESS, is_grouped=False))


def _update_each(rows: list[dict[str, Any]]) -> None:
    names = [name for name in rows[0] if name != "key"]
    change = update(_PERSONS).where(_PERSONS.c.id == bindparam("key"))
    db.session.execute(
        change.values({name: bindparam(f"new_{name}") for name in names}), [_prefixed(row) for row in rows]
    )


def _prefixed(row: dict[str, Any]) -> dict[str, Any]:
    return {name if name == "key" else f"new_{name}": value for name, value in row.items()}
