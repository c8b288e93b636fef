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
from outreach.people.household import Resident, discriminator, group, settle
from outreach.people.models import Household, Person
from outreach.people.set_aside import SET_ASIDE, Decision
from outreach.register.households import queries
from outreach.register.households.queries import Lodger

_GHOST_REFERENCE = -1
_PERSONS: Table = Person.__table__
_HOUSEHOLDS: Table = Household.__table__


@dataclass(frozen=True, slots=True)
class Ghost:
    """A protected person's place in a dwelling: held in memory while the others there are set aside, never stored.

    `is_new`: no earlier extract said so, so what was decided about the others at that dwelling is decided anew.
    """

    dwelling_hash: str
    has_number: bool
    surname: str
    moved_on: date | None
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class _Group:
    """People who belong together, under the hash of their household, or in the one that was chosen by hand."""

    household_hash: str
    lodgers: Sequence[Lodger]
    placed_in: int | None = None

    @property
    def set_aside_reason(self) -> str:
        """Return the reason for which any of them was set aside before."""
        return next((lodger.set_aside_reason for lodger in self.lodgers if lodger.set_aside_reason), "")


def group_ungrouped() -> None:
    """Put every resident into a household: those of a dwelling together, and who has none into one of their own."""
    after = ""
    while dwellings := queries.unsettled_dwellings(after):
        after = dwellings[-1]
        everybody = queries.lodgers(dwellings)
        homes = (list(lodgers) for _, lodgers in groupby(everybody, key=lambda lodger: lodger.dwelling_hash))
        _settle([found for lodgers in homes for found in _groups(lodgers)])
    last = 0
    while alone := queries.unsettled_without_dwelling(last):
        last = alone[-1].id
        _settle([_alone(lodger) for lodger in alone])


def set_aside_with(ghosts: Iterable[Ghost]) -> None:
    """Set aside each household that shares a dwelling (and, without dwelling number, date or name) with a ghost.

    A household that an organiser released stays released until there is a new ghost.
    """
    by_dwelling: defaultdict[str, list[Ghost]] = defaultdict(list)
    for ghost in ghosts:
        by_dwelling[ghost.dwelling_hash].append(ghost)
    dwellings = sorted(by_dwelling)
    for start in range(0, len(dwellings), queries.PAGE_DWELLINGS):
        page = queries.lodgers(dwellings[start : start + queries.PAGE_DWELLINGS])
        homes = [
            (by_dwelling[key], list(found)) for key, found in groupby(page, key=lambda lodger: lodger.dwelling_hash)
        ]
        anew = {home for there, lodgers in homes for home in _haunted(lodgers, [one for one in there if one.is_new])}
        still = {home for there, lodgers in homes for home in _haunted(lodgers, there)}
        mark = update(_HOUSEHOLDS).values(set_aside_reason=SET_ASIDE)
        db.session.execute(mark.where(_HOUSEHOLDS.c.id.in_(sorted(anew))).values(decision=""))
        undecided = _HOUSEHOLDS.c.decision != Decision.RELEASED.value
        db.session.execute(mark.where(_HOUSEHOLDS.c.id.in_(sorted(still)), undecided))


def _haunted(lodgers: Sequence[Lodger], ghosts: Sequence[Ghost]) -> set[int]:
    if not ghosts:
        return set()
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
    is_placed = any(lodger.placed_household_id is not None for lodger in lodgers)
    if not is_placed and (first.has_dwelling_number or len(lodgers) == 1):
        return [_Group(first.dwelling_hash, lodgers)]
    by_id = {lodger.id: lodger for lodger in lodgers}
    households = settle([_resident(lodger) for lodger in lodgers], has_number=first.has_dwelling_number)
    is_alone = sum(found.placed_in is None for found in households) == 1
    return [
        _Group(
            first.dwelling_hash if is_alone else _hash_of_one_of_several(first.dwelling_hash, found.members),
            [by_id[member.reference] for member in found.members],
            found.placed_in,
        )
        for found in households
    ]


def _alone(lodger: Lodger) -> _Group:
    """Return the household of somebody whose address is unknown: nobody is taken to live there too."""
    hashed = key_ring().keyed_hash("household", f"alone|{lodger.id}")
    return _Group(hashed, [lodger], lodger.placed_household_id)


def _hash_of_one_of_several(dwelling_hash: str, members: Sequence[Resident]) -> str:
    return key_ring().keyed_hash("household", f"{dwelling_hash}|{discriminator(members)}")


def _resident(lodger: Lodger) -> Resident:
    name = unseal(lodger.family_name_sealed, column="person.family_name_sealed", row_id=lodger.id)
    return Resident(
        lodger.id,
        name or "",
        lodger.moved_on,
        placed_in=lodger.placed_household_id,
        is_new=lodger.household_id is None,
    )


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
    for found in groups:
        if found.placed_in is not None:
            plan.members += [{"key": lodger.id, "home": found.placed_in} for lodger in found.lodgers]
    by_rule = [found for found in groups if found.placed_in is None]
    present = {lodger.household_id for found in by_rule for lodger in found.lodgers}
    by_hash = queries.ids_by_hash([found.household_hash for found in by_rule])
    known = {key: household_id for key, household_id in by_hash.items() if household_id in present}
    keyed = key_ring().keyed_hash
    for former in sorted(set(by_hash.values()) - set(known.values())):
        plan.former.append({"key": former, "new_hash": keyed("former household", str(former))})
    claimed = set(known.values()) | {found.placed_in for found in groups if found.placed_in is not None}
    for found in by_rule:
        household_id = known.get(found.household_hash) or _earlier_household(found, claimed)
        claimed.add(_place(plan, found, household_id))
    _write(plan)


def _place(plan: _Plan, found: _Group, household_id: int | None) -> int:
    reason = found.set_aside_reason
    if household_id is None:
        household_id = new_id()
        plan.new.append(
            {"id": household_id, "decision": "", "dwelling_hash": found.household_hash, "set_aside_reason": reason}
        )
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
