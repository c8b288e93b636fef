"""Which numbers are hidden in what leaves the office: none of 1 to 4, and none that can be worked out. Pure.

In: numbers that would be published, sums that hold among them, and pairs whose difference is a number of persons too.
Out: the names of those to hide. Source: promises.md 5, and the rule of Statistics Norway for small counts. What can be
worked out is decided by linear algebra over everything that is published of an event at once: a hidden number is given
away when the sums fix it, whichever sums, however far apart on the page (ADR 0023).
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from outreach.formats.small_cells import SMALLEST_SHOWN

Name = Hashable
Vector = dict[Name, Fraction]
_ONE = Fraction(1)


@dataclass(frozen=True)
class Sum:
    """That `whole` is the sum of `parts`."""

    whole: Name
    parts: Sequence[Name]

    @property
    def names(self) -> Sequence[Name]:
        """Return all that are in it, the parts first."""
        return (*self.parts, self.whole)

    def holds(self, values: Mapping[Any, int]) -> bool:
        """Say whether it is true of `values`."""
        return values[self.whole] == sum(values[part] for part in self.parts)


def hidden(
    values: Mapping[Any, int],
    sums: Sequence[Sum],
    differences: Sequence[tuple[Any, Any]] = (),
    unpublished: Collection[Any] = (),
) -> frozenset[Name]:
    """Return the names of `values` that must not be published, with those that are `unpublished` anyway.

    Raises ValueError for a sum that does not hold. One by one, the smallest number that closes a gap first; zero is
    never hidden, since it tells of nobody.
    """
    for one in sums:
        if not one.holds(values):
            raise ValueError(f"{one.whole} is not the sum of its parts")
    small = [name for name, value in values.items() if _is_small(value)]
    out = {*small, *unpublished}
    secrets: list[Vector] = [*({name: _ONE} for name in small), *_small_differences(values, differences)]
    while (given_away := _given_away(values, sums, secrets, out)) is not None:
        out.add(given_away)
    return frozenset(out)


def _is_small(value: int) -> bool:
    return 0 < value < SMALLEST_SHOWN


def _small_differences(values: Mapping[Name, int], pairs: Sequence[tuple[Name, Name]]) -> list[Vector]:
    return [{more: _ONE, less: -_ONE} for more, less in pairs if _is_small(values[more] - values[less])]


def _given_away(
    values: Mapping[Name, int], sums: Sequence[Sum], secrets: Sequence[Vector], out: Collection[Name]
) -> Name | None:
    """Return another name to hide because a secret is given away by what is not in `out`; None when none is."""
    known_sums = [_unknown_part(dict.fromkeys(one.parts, _ONE) | {one.whole: -_ONE}, out) for one in sums]
    basis = _reduced(known_sums)
    for secret in secrets:
        unknown = _unknown_part(secret, out)
        if not _rest(unknown, basis):
            return _next_to(secret, values, sums, out)
    for one in sums:
        parts = [part for part in one.parts if part in out]
        if one.whole not in out and _is_small(sum(values[part] for part in parts)):
            return _next_to({one.whole: _ONE}, values, [one], out)
    return None


def _next_to(secret: Vector, values: Mapping[Name, int], sums: Sequence[Sum], out: Collection[Name]) -> Name:
    """Return the smallest number above zero that is published yet and stands in a sum with what is given away."""
    own = [name for name in secret if name not in out and values[name]]
    if own and len(secret) > 1:
        return min(own, key=lambda name: values[name])
    reach = _reach(secret, sums, out)
    tied = [one for one in sums if reach.intersection(one.names)]
    # A sum with one unknown gives it away at once, and what closes it stands in it.
    open_ones = [one for one in tied if sum(name in out for name in one.names) == 1]
    near = [name for one in open_ones[:1] or tied for name in one.names]
    return min((name for name in near if name not in out and values[name]), key=lambda name: values[name])


def _reach(secret: Vector, sums: Sequence[Sum], out: Collection[Name]) -> set[Name]:
    """Return `secret` with every hidden number that is tied to it by sums."""
    reached, grows = set(secret), True
    while grows:
        tied = {name for one in sums if reached & set(one.names) for name in one.names if name in out}
        grows = not tied <= reached
        reached |= tied
    return reached


def _unknown_part(vector: Mapping[Name, Fraction], out: Collection[Name]) -> Vector:
    return {name: factor for name, factor in vector.items() if name in out}


def _reduced(rows: Sequence[Vector]) -> list[tuple[Name, Vector]]:
    """Return the rows in echelon form: each with the name that it, and no later one, begins with."""
    basis: list[tuple[Name, Vector]] = []
    for row in rows:
        rest = _rest(row, basis)
        if rest:
            pivot = next(iter(rest))
            factor = rest[pivot]
            basis.append((pivot, {name: value / factor for name, value in rest.items()}))
    return basis


def _rest(vector: Vector, basis: Sequence[tuple[Name, Vector]]) -> Vector:
    """Return what is left of `vector` when the rows of `basis` are taken out of it; empty when they give it."""
    rest = dict(vector)
    for pivot, row in basis:
        factor = rest.get(pivot)
        if factor:
            for name, value in row.items():
                left = rest.get(name, Fraction(0)) - factor * value
                if left:
                    rest[name] = left
                else:
                    rest.pop(name, None)
    return rest
