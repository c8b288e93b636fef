"""Groups residents into households after an extract, and sets households aside for a decision by hand.

Page by page of dwellings, so that memory stays level. A household that there is already is kept when the same people
still live together, since invitations point at it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from outreach.database import db, new_id
from outreach.database.sealed import key_ring, unseal
from outreach.people.household import Resident, discriminator, group
from outreach.people.models import Household, Person
from outreach.register.households import queries
from outreach.register.households.queries import Lodger

# The one reason that is ever shown, whatever the cause: nobody can read out of it that somebody is protected.
SET_ASIDE = "by_hand"
_GHOST_REFERENCE = -1
_PERSONS: Table = Person.__table__
_HOUSEHOLDS: Table = Household.__table__


@dataclass(frozen=True, slots=True)
class Ghost:
    """A protected person's place in a dwelling: held in memory while the others there are set aside, never stored."""

    dwelling_hash: str
    has_number: bool
    surname: str
    moved_on: date | None


@dataclass(frozen=True, slots=True)
class _Group:
    """People who belong together, under the hash of their household."""

    household_hash: str
    lodgers: Sequence[Lodger]

    @property
    def set_aside_reason(self) -> str:
        """Return the reason for which any of them was set aside before."""
        return next((lodger.set_aside_reason for lodger in self.lodgers if lodger.set_aside_reason), "")


def group_ungrouped() -> None:
    """Put every resident with a dwelling into a household."""
    after = ""
    while dwellings := queries.unsettled_dwellings(after):
        after = dwellings[-1]
        everybody = queries.lodgers(dwellings)
        homes = (list(lodgers) for _, lodgers in groupby(everybody, key=lambda lodger: lodger.dwelling_hash))
        _settle([found for lodgers in homes for found in _groups(lodgers)])


def set_aside_with(ghosts: Iterable[Ghost]) -> None:
    """Set aside each household that shares a dwelling (and, without dwelling number, date or name) with a ghost."""
    by_dwelling: defaultdict[str, list[Ghost]] = defaultdict(list)
    for ghost in ghosts:
        by_dwelling[ghost.dwelling_hash].append(ghost)
    dwellings = sorted(by_dwelling)
    for start in range(0, len(dwellings), queries.PAGE_DWELLINGS):
        page = queries.lodgers(dwellings[start : start + queries.PAGE_DWELLINGS])
        homes = groupby(page, key=lambda lodger: lodger.dwelling_hash)
        found = {home for dwelling, lodgers in homes for home in _haunted(list(lodgers), by_dwelling[dwelling])}
        db.session.execute(
            update(_HOUSEHOLDS).where(_HOUSEHOLDS.c.id.in_(sorted(found))).values(set_aside_reason=SET_ASIDE)
        )


def _haunted(lodgers: Sequence[Lodger], ghosts: Sequence[Ghost]) -> set[int]:
    residents = [_resident(lodger) for lodger in lodgers]
    residents += [Resident(_GHOST_REFERENCE, ghost.surname, ghost.moved_on) for ghost in ghosts]
    household_of = {lodger.id: lodger.household_id for lodger in lodgers}
    has_number = all(lodger.has_dwelling_number for lodger in lodgers) and all(ghost.has_number for ghost in ghosts)
    return {
        home
        for members in group(residents, has_number=has_number)
        if any(member.reference == _GHOST_REFERENCE for member in members)
        for member in members
        if (home := household_of.get(member.reference)) is not None
    }


def _groups(lodgers: Sequence[Lodger]) -> list[_Group]:
    first = lodgers[0]
    if first.has_dwelling_number or len(lodgers) == 1:
        return [_Group(first.dwelling_hash, lodgers)]
    by_id = {lodger.id: lodger for lodger in lodgers}
    households = group([_resident(lodger) for lodger in lodgers], has_number=False)
    if len(households) == 1:
        return [_Group(first.dwelling_hash, lodgers)]
    keyed = key_ring().keyed_hash
    return [
        _Group(
            keyed("household", f"{first.dwelling_hash}|{discriminator(members)}"),
            [by_id[member.reference] for member in members],
        )
        for members in households
    ]


def _resident(lodger: Lodger) -> Resident:
    name = unseal(lodger.family_name_sealed, column="person.family_name_sealed", row_id=lodger.id)
    return Resident(lodger.id, name or "", lodger.moved_on)


@dataclass
class _Plan:
    """Rows to write for one page of dwellings."""

    former: list[dict[str, Any]] = field(default_factory=list)
    renamed: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)


def _settle(groups: Sequence[_Group]) -> None:
    """Give each group the household that its people are in already, by hash or else by membership, or a new one.

    A household that had this hash and none of these people belongs to those who lived there before.
    """
    plan = _Plan()
    present = {lodger.household_id for found in groups for lodger in found.lodgers}
    by_hash = queries.ids_by_hash([found.household_hash for found in groups])
    known = {key: household_id for key, household_id in by_hash.items() if household_id in present}
    keyed = key_ring().keyed_hash
    for former in sorted(set(by_hash.values()) - set(known.values())):
        plan.former.append({"key": former, "new_hash": keyed("former household", str(former))})
    claimed = set(known.values())
    for found in groups:
        household_id = known.get(found.household_hash) or _earlier_household(found, claimed)
        claimed.add(_place(plan, found, household_id))
    _write(plan)


def _place(plan: _Plan, found: _Group, household_id: int | None) -> int:
    reason = found.set_aside_reason
    if household_id is None:
        household_id = new_id()
        plan.new.append({"id": household_id, "dwelling_hash": found.household_hash, "set_aside_reason": reason})
    else:
        plan.renamed.append({"key": household_id, "new_hash": found.household_hash, "new_reason": reason})
    plan.members += [{"key": lodger.id, "home": household_id} for lodger in found.lodgers]
    return household_id


def _earlier_household(found: _Group, claimed: set[int]) -> int | None:
    earlier = sorted({lodger.household_id for lodger in found.lodgers if lodger.household_id is not None} - claimed)
    return earlier[0] if earlier else None


def _write(plan: _Plan) -> None:
    change = update(_HOUSEHOLDS).where(_HOUSEHOLDS.c.id == bindparam("key"))
    if plan.former:
        db.session.execute(change.values(dwelling_hash=bindparam("new_hash")), plan.former)
    if plan.renamed:
        renaming = change.values(dwelling_hash=bindparam("new_hash"), set_aside_reason=bindparam("new_reason"))
        db.session.execute(renaming, plan.renamed)
    if plan.new:
        db.session.execute(insert(_HOUSEHOLDS), plan.new)
    home = update(_PERSONS).where(_PERSONS.c.id == bindparam("key"))
    db.session.execute(home.values(household_id=bindparam("home"), is_grouped=True), plan.members)
