"""How a figure is measured: subject and baseline in turn, several rounds, the median ratio with lowest and highest.

Absolute times drift with the machine and with what else runs on it; a ratio to a baseline of the same minute does not.
The last line that a benchmark prints is its figure.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A ratio of subject to baseline, round by round. `limit` is what it must reach, or stay under when `is_cost`."""

    name: str
    ratios: Sequence[float]
    limit: float
    is_cost: bool = False
    note: str = ""

    @property
    def value(self) -> float:
        """Return the median of the rounds."""
        return median(self.ratios)

    @property
    def holds(self) -> bool:
        """Say whether the median is on the right side of the limit."""
        return self.value <= self.limit if self.is_cost else self.value >= self.limit

    def __str__(self) -> str:
        bound = "at most" if self.is_cost else "at least"
        spread = f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        note = f"; {self.note}" if self.note else ""
        return f"{self.name}: {self.value:.2f} [{spread}], {bound} {self.limit:g}: {verdict}{note}"


@dataclass(frozen=True)
class Limit:
    """A measured value that is no ratio, with what it may be at most (memory)."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def holds(self) -> bool:
        """Say whether the value is within its limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        return f"{self.name}: {self.value:.0f} {self.unit}, at most {self.limit:g}: {verdict}"


Rate = Callable[[], float]


def rates(name: str, subject: Rate, baseline: Rate, *, limit: float, rounds: int) -> Figure:
    """Return the ratio of two rates (more is better). Each callable measures once and returns its rate."""
    return Figure(name, paired(subject, baseline, rounds=rounds), limit)


def costs(name: str, subject: Rate, baseline: Rate, *, limit: float, rounds: int) -> Figure:
    """Return the ratio of two times in seconds (less is better)."""
    return Figure(name, paired(subject, baseline, rounds=rounds), limit, is_cost=True)


def paired(subject: Rate, baseline: Rate, *, rounds: int) -> list[float]:
    """Return subject / baseline for each round; every other round measures the baseline first."""
    ratios = []
    for number in range(rounds):
        if number % 2:
            below, above = baseline(), subject()
        else:
            above, below = subject(), baseline()
        print(f"  round {number + 1}: {above:.6g} against {below:.6g}", flush=True)
        ratios.append(above / below)
    return ratios


def conclude(figures: Sequence[Figure | Limit]) -> None:
    """Print the figures, one a line, and exit 1 when one does not hold."""
    for figure in figures:
        print(figure, flush=True)
    sys.exit(0 if all(figure.holds for figure in figures) else 1)
