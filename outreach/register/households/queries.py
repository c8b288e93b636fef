"""People whose household is not settled, dwelling by dwelling, and the households that there are."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from outreach.database import db
from outreach.people.models import Household, Person

PAGE_DWELLINGS = 250
# A page ends early where many people share an address, so that memory stays level.
PAGE_PERSONS = 2_000


class Lodger(NamedTuple):
    """What grouping needs of a resident; the family name is still sealed."""

    id: int
    dwelling_hash: str
    has_dwelling_number: bool
    moved_on: date | None
    family_name_sealed: bytes | None
    household_id: int | None
    placed_household_id: int | None
    set_aside_reason: str


_LODGER = (
    Person.id,
    Person.dwelling_hash,
    Person.has_dwelling_number,
    Person.moved_on,
    Person.family_name_sealed,
    Person.household_id,
    Person.placed_household_id,
    func.coalesce(Household.set_aside_reason, ""),
)


def unsettled_dwellings(after: str) -> list[str]:
    """Return the next dwellings, in order after `after`, where somebody is not yet grouped."""
    wanted = (
        select(Person.dwelling_hash, func.count())
        .where(~Person.is_grouped, Person.is_resident, Person.dwelling_hash > after)
        .group_by(Person.dwelling_hash)
        .order_by(Person.dwelling_hash)
        .limit(PAGE_DWELLINGS)
    )
    dwellings, persons = [], 0
    for dwelling_hash, number in db.session.execute(wanted):
        dwellings.append(dwelling_hash)
        persons += number
        if persons >= PAGE_PERSONS:
            break
    return dwellings


def lodgers(dwelling_hashes: Sequence[str]) -> list[Lodger]:
    """Return the residents of the dwellings, dwelling by dwelling."""
    wanted = (
        select(*_LODGER)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Person.dwelling_hash.in_(dwelling_hashes), Person.is_resident)
        .order_by(Person.dwelling_hash, Person.id)
    )
    return [Lodger(*row) for row in db.session.execute(wanted)]


def unsettled_without_dwelling(after: int) -> list[Lodger]:
    """Return the next residents without a dwelling, by id after `after`, who are not yet grouped."""
    wanted = (
        select(*_LODGER)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Person.dwelling_hash == "", Person.is_resident, ~Person.is_grouped, Person.id > after)
        .order_by(Person.id)
        .limit(PAGE_PERSONS)
    )
    return [Lodger(*row) for row in db.session.execute(wanted)]


def ids_by_hash(hashes: Sequence[str]) -> dict[str, int]:
    """Return the ids of the households with these hashes."""
    wanted = select(Household.dwelling_hash, Household.id).where(Household.dwelling_hash.in_(hashes))
    return {row.dwelling_hash: row.id for row in db.session.execute(wanted.order_by(Household.id))}
