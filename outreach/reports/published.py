"""What of an event's figures may leave the office: every number, or None where it is hidden. Pure.

In: figures. Out: the same with small cells hidden, for files and for the printed report alike, so that no two of them
tell more together than each alone. Shares are reckoned from what is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from outreach.reports.beside import sums_beside
from outreach.reports.figures import BY_HOUSEHOLD, HOUSEHOLDS, MEASURES, Dimension, Figures, Key
from outreach.reports.funnel_words import EXPLAINED
from outreach.reports.suppression import Sum, hidden

# All who came through the doors: those who were expected and the others. It is not published, since beside those who
# were expected it tells of the others, who are few; but whoever sees all arrivals can add it up.
CAME = "came"
_WHOLE = ("", "")
UNPUBLISHED = frozenset({(*_WHOLE, CAME)})
# Between these of one bucket lies a number of persons: not reached, not answered, not coming, not come.
_STEPS = (("invited", "delivered"), ("invited", "answered"), ("answered", "attending"), ("attending", "attended"))


@dataclass(frozen=True)
class Published:
    """Figures as they may be read by anybody."""

    figures: Figures

    def total(self, name: str) -> int | None:
        """Return a figure of the funnel; None when it is hidden."""
        return self._shown((*_WHOLE, name))

    def table(self, dimension: Dimension) -> dict[str, dict[str, int | None]]:
        """Return measures by bucket, the buckets in order."""
        found: dict[str, dict[str, int | None]] = {}
        for key in sorted(self.figures.parts):
            if key[0] == dimension and key in self._values:
                found.setdefault(key[1], {})[key[2]] = self._shown(key)
        return found

    def rows(self) -> Iterator[tuple[Key, int | None]]:
        """Yield every number with what it is of, totals first."""
        for key in self._values:
            if key not in UNPUBLISHED:
                yield key, self._shown(key)

    def _shown(self, key: Key) -> int | None:
        return None if key in self._hidden else self._values[key]

    @cached_property
    def _values(self) -> dict[Key, int]:
        return values_of(self.figures)

    @cached_property
    def _hidden(self) -> frozenset[object]:
        return hidden(self._values, sums_of(self._values), differences_of(self._values), UNPUBLISHED)


def values_of(figures: Figures) -> dict[Key, int]:
    """Return every number that is published of an event. Households are told of by whether they have children alone:
    beside persons they would tell how many are in them."""
    funnel = figures.funnel.figures()
    totals = {(*_WHOLE, name): value for name, value in funnel.items()}
    totals[(*_WHOLE, CAME)] = funnel["attended"] + funnel["walk_ins"]
    parts = {
        key: value
        for key, value in sorted(figures.parts.items())
        if key[2] != HOUSEHOLDS or key[0] in (Dimension.CHILDREN, Dimension.WAITLIST)
    }
    return {**totals, **parts}


def sums_of(values: Mapping[Key, int]) -> list[Sum]:
    """Return the sums that hold among `values`: those of the funnel, and each dimension's buckets to the whole."""
    explained = [(whole, tuple(parts)) for whole, parts in EXPLAINED]
    explained += [("attending", ("coming", "extra_guests")), (CAME, ("attended", "walk_ins"))]
    found = [Sum((*_WHOLE, whole), [(*_WHOLE, part) for part in parts]) for whole, parts in explained]
    found += [_to_the_whole(values, dimension, name, name) for dimension in BY_HOUSEHOLD for name in MEASURES]
    found.append(_to_the_whole(values, Dimension.ARRIVAL, "arrived", CAME))
    found += sums_beside(values)
    # Figures that were kept by an earlier version have no parts.
    return [one for one in found if one.parts and one.holds(values)]


def differences_of(values: Mapping[Key, int]) -> list[tuple[Key, Key]]:
    """Return the pairs of one bucket between which a number of persons lies."""
    buckets = dict.fromkeys(key[:2] for key in values if key[0] in BY_HOUSEHOLD)
    pairs = (((*bucket, more), (*bucket, less)) for bucket in buckets for more, less in _STEPS)
    return [(more, less) for more, less in pairs if more in values and less in values]


def _to_the_whole(values: Mapping[Key, int], dimension: Dimension, measure: str, whole: str) -> Sum:
    return Sum((*_WHOLE, whole), [key for key in values if key[0] == dimension and key[2] == measure])
