"""Who lives together: ages and family ties of a household. In: a random source. Out: members, eldest role first."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random


class Kind(StrEnum):
    """How the members of a household belong together."""

    SINGLE = "single"
    COUPLE = "couple"
    FAMILY = "family"
    SINGLE_PARENT = "single_parent"
    SHARED_FLAT = "shared_flat"
    THREE_GENERATIONS = "three_generations"


@dataclass(frozen=True)
class Member:
    """One member before names and histories: `is_child` of the first one, or `is_separate` with another name."""

    birth: date
    is_woman: bool
    is_child: bool = False
    is_separate: bool = False


_OF_SETTLED = ((Kind.SINGLE, 38), (Kind.COUPLE, 27), (Kind.FAMILY, 24), (Kind.SINGLE_PARENT, 7))
_SETTLED = (*_OF_SETTLED, (Kind.SHARED_FLAT, 2), (Kind.THREE_GENERATIONS, 2))
_MOVERS = (
    (Kind.SINGLE, 51),
    (Kind.COUPLE, 20),
    (Kind.FAMILY, 18),
    (Kind.SINGLE_PARENT, 6),
    (Kind.SHARED_FLAT, 4),
    (Kind.THREE_GENERATIONS, 1),
)


def composition(random: Random, as_of: date, *, are_movers: bool) -> tuple[Member, ...]:
    """Return the members of one household: movers are younger and more often alone."""
    table = _MOVERS if are_movers else _SETTLED
    kind = random.choices([kind for kind, _share in table], [share for _kind, share in table])[0]
    return members_of(kind, random, as_of, are_movers=are_movers)


def members_of(kind: Kind, random: Random, as_of: date, *, are_movers: bool) -> tuple[Member, ...]:
    """Return the members of a household of `kind`, with ages that fit one another."""
    age = _age_of_first(kind, random, are_movers=are_movers)
    first = Member(birth=_born(random, as_of, age), is_woman=random.random() < (0.8 if kind in _MOTHERS else 0.5))
    if kind is Kind.SINGLE:
        return (first,)
    if kind is Kind.SHARED_FLAT:
        others = random.randint(1, 3)
        return (first, *(_adult(random, as_of, random.randint(19, 34), separate=True) for _ in range(others)))
    children = () if kind is Kind.COUPLE else _children(random, as_of, age)
    if kind is Kind.SINGLE_PARENT:
        return (first, *children)
    partner = _adult(random, as_of, max(19, age + random.randint(-5, 5)), is_woman=_partner_is_woman(random, first))
    if kind is Kind.THREE_GENERATIONS:
        return (first, partner, *children, _adult(random, as_of, age + random.randint(22, 32)))
    return (first, partner, *children)


_MOTHERS = (Kind.SINGLE_PARENT,)
_AGES: dict[Kind, tuple[tuple[int, int, int], ...]] = {
    Kind.SINGLE: ((19, 34, 25), (35, 66, 40), (67, 98, 35)),
    Kind.COUPLE: ((22, 45, 25), (46, 66, 40), (67, 92, 35)),
    Kind.FAMILY: ((25, 36, 50), (37, 52, 50)),
    Kind.SINGLE_PARENT: ((22, 36, 50), (37, 52, 50)),
    Kind.SHARED_FLAT: ((19, 26, 70), (27, 34, 30)),
    Kind.THREE_GENERATIONS: ((28, 50, 100),),
}
_AGES_OF_MOVERS = {
    **_AGES,
    Kind.SINGLE: ((18, 35, 62), (36, 66, 32), (67, 92, 6)),
    Kind.COUPLE: ((20, 35, 55), (36, 66, 38), (67, 82, 7)),
}


def _age_of_first(kind: Kind, random: Random, *, are_movers: bool) -> int:
    bands = (_AGES_OF_MOVERS if are_movers else _AGES)[kind]
    low, high, _share = random.choices(bands, [share for _low, _high, share in bands])[0]
    return random.randint(low, high)


def _adult(random: Random, as_of: date, age: int, *, is_woman: bool | None = None, separate: bool = False) -> Member:
    woman = random.random() < 0.5 if is_woman is None else is_woman
    return Member(birth=_born(random, as_of, min(age, 104)), is_woman=woman, is_separate=separate)


def _partner_is_woman(random: Random, first: Member) -> bool:
    return first.is_woman if random.random() < 0.03 else not first.is_woman


def _children(random: Random, as_of: date, age: int) -> tuple[Member, ...]:
    oldest = min(19, age - 19)
    count = random.choices((1, 2, 3, 4), (38, 44, 14, 4))[0]
    ages = sorted((random.randint(0, oldest) for _ in range(count)), reverse=True)
    return tuple(Member(_born(random, as_of, years), random.random() < 0.49, is_child=True) for years in ages)


def _born(random: Random, as_of: date, age: int) -> date:
    return as_of - timedelta(days=int(age * 365.25) + random.randint(1, 364))
