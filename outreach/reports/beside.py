"""Figures beside the walk of guests: who took part, what they offered, what guests left at their stands. Pure.

In: counted rows. Out: parts of `figures.Figures`, and the sums that hold among them. The unit of partners is one
partner in one role: who has a stand and gives a talk counts twice, whichever way it is broken down. The bucket NONE of
these dimensions is the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from outreach.reports.figures import NONE, Dimension, Figures, Key
from outreach.reports.suppression import Sum

LISTED, CONFIRMED, DECLINED, SILENT = "listed", "confirmed", "declined", "silent"
OFFERS, INTERESTS = "offers", "interests"
_SAID = (CONFIRMED, DECLINED, SILENT)
MEASURES_BESIDE: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.PARTNER: (LISTED, *_SAID),
    Dimension.PARTNER_KIND: (CONFIRMED,),
    Dimension.OFFER: (OFFERS,),
    Dimension.INTEREST: (INTERESTS,),
}
# What stands for each of them in one row of a year: how many came, what they offered, what was left.
WHOLES: tuple[Key, ...] = (
    (Dimension.PARTNER, NONE, CONFIRMED),
    (Dimension.OFFER, NONE, OFFERS),
    (Dimension.INTEREST, NONE, INTERESTS),
)
# Of a partner who is asked we count the silence; one who was withdrawn is on no list.
_STATES = {"confirmed": CONFIRMED, "declined": DECLINED, "asked": SILENT}


def partners_of(rows: Iterable[tuple[str, str, str, int]]) -> Counter[Key]:
    """Return partners by role, and those who come by kind, from rows of (role, kind, state, number)."""
    found: Counter[Key] = Counter()
    for role, kind, state, number in rows:
        if state not in _STATES:
            continue
        for bucket in (role, NONE):
            found.update({(Dimension.PARTNER, bucket, name): 0 for name in _SAID})
            found[(Dimension.PARTNER, bucket, LISTED)] += number
            found[(Dimension.PARTNER, bucket, _STATES[state])] += number
        if state == CONFIRMED:
            found[(Dimension.PARTNER_KIND, kind, CONFIRMED)] += number
    return found


def offers_of(by_kind: Mapping[str, int]) -> Counter[Key]:
    """Return opportunities by kind, with the whole."""
    return _with_whole(Dimension.OFFER, OFFERS, by_kind)


def interests_of(by_purpose: Mapping[str, int]) -> Counter[Key]:
    """Return what guests left at stands by purpose, with the whole."""
    return _with_whole(Dimension.INTEREST, INTERESTS, by_purpose)


def tables_beside(figures: Figures) -> list[tuple[Dimension, dict[str, dict[str, int]]]]:
    """Return each of these dimensions that has anything, with its measures by bucket."""
    found = ((one, figures.table(one)) for one in MEASURES_BESIDE)
    return [(one, table) for one, table in found if table]


def sums_beside(values: Mapping[Key, int]) -> list[Sum]:
    """Return the sums that hold among those `values` that are of these dimensions."""
    mine = [key for key in values if key[0] in MEASURES_BESIDE]
    found = [_to_whole(mine, one, name, one) for one, names in MEASURES_BESIDE.items() for name in names]
    found.append(_to_whole(mine, Dimension.PARTNER_KIND, CONFIRMED, Dimension.PARTNER))
    for bucket in {key[1] for key in mine if key[0] == Dimension.PARTNER}:
        whole = (Dimension.PARTNER, bucket, LISTED)
        found.append(Sum(whole, [key for key in mine if key[:2] == whole[:2] and key[2] in _SAID]))
    return [one for one in found if one.whole in values and one.parts]


def _to_whole(keys: Iterable[Key], of: Dimension, measure: str, whole: Dimension) -> Sum:
    return Sum((whole, NONE, measure), [key for key in keys if key[0] == of and key[1] != NONE and key[2] == measure])


def _with_whole(dimension: Dimension, measure: str, counts: Mapping[str, int]) -> Counter[Key]:
    found: Counter[Key] = Counter({(dimension, bucket, measure): number for bucket, number in counts.items()})
    if counts:
        found[(dimension, NONE, measure)] = sum(counts.values())
    return found
