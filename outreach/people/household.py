"""Who lives together: people of one dwelling, told by address, dwelling number, move date and surname. Pure.

The register gives a municipality no family ties (rights package "offentlig virksomhet uten hjemmel"), so a household is
an address with its dwelling number (bruksenhetsnummer). Without that number one address may be a whole block of flats:
there, people belong together when they moved on the same date or share a surname. Whom an organiser put in a household
stays there as long as they live at the dwelling.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Dwelling:
    """Where somebody lives: `key` is equal for two people at the same address and dwelling number."""

    key: str
    has_number: bool


@dataclass(frozen=True, slots=True)
class Resident:
    """What grouping needs of a person: a reference of the caller's, surname and the date of the latest move.

    `placed_in` is the household that an organiser put the person in; `is_new`: the person has been in none yet.
    """

    reference: int
    surname: str
    moved_on: date | None
    placed_in: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """Residents who belong together. `placed_in` is the household that was chosen by hand, None by the rule."""

    placed_in: int | None
    members: list[Resident]


def dwelling(*, street: str, postcode: str, number: str) -> Dwelling | None:
    """Return the dwelling of a street (or cadastral) address, or None when there is no address to group by.

    `number` is the dwelling number such as "H0101", or empty.
    """
    place = _folded(street)
    if not place:
        return None
    return Dwelling(f"{place}|{postcode}|{_folded(number)}", bool(number))


def group(residents: Sequence[Resident], *, has_number: bool) -> list[list[Resident]]:
    """Return the households of one dwelling, in the order of their first resident. Nobody is in two."""
    if has_number:
        return [list(residents)] if residents else []
    households: list[tuple[set[str], list[Resident]]] = []
    for resident in residents:
        ties = _ties(resident)
        mine = [household for household in households if household[0] & ties]
        members = sorted([member for _, found in mine for member in found] + [resident], key=residents.index)
        joined = ({tie for found, _ in mine for tie in found} | ties, members)
        households = [household for household in households if household not in mine] + [joined]
    return [members for _, members in sorted(households, key=lambda household: residents.index(household[1][0]))]


def settle(residents: Sequence[Resident], *, has_number: bool) -> list[Grouping]:
    """Return the households of one dwelling: those of the rule, then those that organisers chose. Nobody is in two.

    A newcomer who has a tie only to somebody placed by hand (a child of theirs) goes there too.
    """
    placed: dict[int, list[Resident]] = {}
    for resident in residents:
        if resident.placed_in is not None:
            placed.setdefault(resident.placed_in, []).append(resident)
    by_rule = []
    for members in group([one for one in residents if one.placed_in is None], has_number=has_number):
        home = _home_of_newcomers(members, placed, has_number) if placed else None
        if home is None:
            by_rule.append(Grouping(None, members))
        else:
            placed[home].extend(members)
    return by_rule + [Grouping(home, members) for home, members in sorted(placed.items())]


def discriminator(household: Sequence[Resident]) -> str:
    """Return what tells `household` from the others of a dwelling without number: its first surname, else its date."""
    surnames = sorted(_folded(member.surname) for member in household if member.surname)
    dates = sorted(member.moved_on.isoformat() for member in household if member.moved_on)
    return (surnames or dates or [str(min(member.reference for member in household))])[0]


def _home_of_newcomers(members: Sequence[Resident], placed: dict[int, list[Resident]], has_number: bool) -> int | None:
    if not all(member.is_new for member in members):
        return None
    mine = {tie for member in members for tie in _ties(member)}
    return next(
        (home for home, others in sorted(placed.items()) if has_number or any(mine & _ties(other) for other in others)),
        None,
    )


def _ties(resident: Resident) -> set[str]:
    ties = {f"name:{_folded(resident.surname)}"} if resident.surname else set()
    return ties | ({f"date:{resident.moved_on}"} if resident.moved_on else set())


# The people of a dwelling often stand together, and every house has an H0101.
@lru_cache(maxsize=8_192)
def _folded(text: str) -> str:
    return _NOT_LETTER_OR_DIGIT.sub("", text.casefold())
