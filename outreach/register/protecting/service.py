"""Protected people of an extract: a tombstone each, and nothing else of them is kept (promises.md 5).

The others at the same address are set aside for a decision by hand, since a letter to them could tell where the
protected person lives. In the caller's transaction, so that no letter can leave in between.
"""

from sqlalchemy import delete, insert, update

from outreach.database import db, new_id
from outreach.database.downward import announce
from outreach.people import erasure
from outreach.people.models import Household, ProtectedIdentity
from outreach.people.set_aside import SET_ASIDE
from outreach.register.households.service import Ghost
from outreach.register.recognised import Recognised, StoringTerms
from outreach.register.storing import queries


class Protecting:
    """Collects the protected people of one extract; `finish` writes."""

    def __init__(self, terms: StoringTerms) -> None:
        self.ghosts: list[Ghost] = []
        self._terms = terms
        self._before = queries.tombstones()
        self._marked: set[str] = set()
        self._lifted: set[str] = set()
        self._person_ids: set[int] = set()
        self._named: dict[bool, set[str]] = {True: set(), False: set()}

    def still_protects(self, one: Recognised) -> bool:
        """Say whether a tombstone holds for a record that does not itself say that the person is protected."""
        if not one.hashes:
            # Without a number nobody knows whether this is the protected person or a namesake.
            return any(self._is_marked(mark) for mark in _weak(one))
        found = [mark for mark in one.hashes if self._is_marked(mark)]
        if not found:
            return False
        if not self._marked.isdisjoint(found) or not all(self._may_lift(mark) for mark in found):
            return True
        self._lifted.update(one.hashes, _weak(one))
        return False

    def is_news(self, one: Recognised) -> bool:
        """Say whether nobody knew that the person of `one`, who is protected, is so."""
        return not any(self._is_marked(mark) for mark in (*one.hashes, *_weak(one)))

    def marks(self) -> frozenset[str]:
        """Return the mark of everybody who is protected, from before and in this extract."""
        return frozenset((self._before.keys() - self._lifted) | self._marked)

    def note(self, one: Recognised, *, person_id: int | None, dwelling: str) -> None:
        """Remember a protected person, and the id under which we hold the person, if we do."""
        is_new = not any(mark in self._before for mark in (*one.hashes, *_weak(one)))
        self._marked.update(one.newest_hashes, _weak(one)[:1])
        self._named[bool(one.hashes)].update(one.weak_hashes)
        self._person_ids.update(one.double_ids, [] if person_id is None else [person_id])
        if home := one.record.dwelling:
            self.ghosts.append(Ghost(dwelling, home.has_number, one.record.family_name, one.record.moved_on, is_new))

    def finish(self) -> None:
        """Put up tombstones, take away those that no longer hold, and erase what we held of the newly protected."""
        for part in queries.chunks(sorted(self._lifted - self._marked)):
            db.session.execute(delete(ProtectedIdentity).where(ProtectedIdentity.identity_hash.in_(part)))
        held = queries.tombstones().keys()
        for part in queries.chunks(sorted(self._marked & held)):
            again = update(ProtectedIdentity).where(ProtectedIdentity.identity_hash.in_(part))
            db.session.execute(again.values(marked_at_utc=self._terms.marked_at_utc))
        marks = sorted(self._marked - held)
        if marks:
            rows = [
                {"id": new_id(), "identity_hash": mark, "marked_at_utc": self._terms.marked_at_utc} for mark in marks
            ]
            db.session.execute(insert(ProtectedIdentity), rows)
        # A row without a number may be the protected person's: nobody can tell, so it goes too.
        self._person_ids |= queries.namesakes(sorted(self._named[True]), sorted(self._named[False]))
        if self._person_ids:
            self._erase(sorted(self._person_ids))

    def _erase(self, person_ids: list[int]) -> None:
        aside = {"set_aside_reason": SET_ASIDE, "decision": ""}
        for part in queries.chunks(sorted(queries.households_of(person_ids))):
            db.session.execute(update(Household).where(Household.id.in_(part)).values(aside))
        announce("people_protected", person_ids=person_ids, now=self._terms.now)
        erasure.erase_persons(person_ids)

    def _may_lift(self, mark: str) -> bool:
        """Say whether this extract may take `mark` away: not one made before the day on which we were last told."""
        told_on = self._before.get(mark)
        return self._terms.may_lift_protection and (told_on is None or self._terms.as_of >= told_on)

    def _is_marked(self, mark: str) -> bool:
        return mark in self._before or mark in self._marked


def _weak(one: Recognised) -> tuple[str, ...]:
    return tuple(f"weak:{found}" for found in one.weak_hashes)
