"""What was written on paper, and what the phones say. In: typed texts, counts. Out: marks or faults, and differences.

Nothing typed is nobody: a volunteer marks only those who come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError

MOST_ON_A_LINE = 99
MOST_OTHERS = 500
OTHERS = "andre"


class ListHasMarksError(OutreachError):
    """A new list would have other numbers, and what is typed in would stand at other guests."""

    message = N_("Det er allerede ført inn merker fra lista. Bruk den, eller be om en ny etter at kvelden er over.")
    http_status = 409


class NoListError(OutreachError):
    """There is no list, or no such sheet of it."""

    message = N_("Lista eller arket finnes ikke. Lag lista først.")
    http_status = 404


class SheetIsBroughtInError(OutreachError):
    """The marks of the sheet have become facts."""

    message = N_("Arket er allerede ført inn. Rett opp på siden Følg kvelden.")
    http_status = 409


class Difference(StrEnum):
    """How a line of the paper and the scans of its ticket differ."""

    ONLY_ON_PAPER = "only_on_paper"
    MORE_ON_PAPER = "more_on_paper"
    MORE_SCANNED = "more_scanned"


DIFFERENCE_WORDS = {
    Difference.ONLY_ON_PAPER: N_("Står bare på papiret. Føres inn."),
    Difference.MORE_ON_PAPER: N_("Flere på papiret. Resten føres inn."),
    Difference.MORE_SCANNED: N_(
        "Flere skannet enn merket. Se på lista, og angre på siden Følg kvelden hvis det er feil."
    ),
}


@dataclass(frozen=True)
class Line:
    """A typed line: its number, ticket, how many came by the paper, and how many by the phones."""

    number: int
    ticket_id: int
    came: int
    scanned: int

    @property
    def difference(self) -> Difference | None:
        """Return how paper and phones differ; None when they agree."""
        if self.came == self.scanned:
            return None
        if self.came < self.scanned:
            return Difference.MORE_SCANNED
        return Difference.MORE_ON_PAPER if self.scanned else Difference.ONLY_ON_PAPER

    @property
    def missing(self) -> int:
        """Return how many persons the phones lack."""
        return max(0, self.came - self.scanned)


def read_marks(typed: Mapping[str, str], numbers: Iterable[int]) -> tuple[dict[str, int], list[str]]:
    """Return the number in each field, 0 where nothing is typed, and the names of the fields that hold none.

    `typed`: text by field: a line's number, or OTHERS.
    """
    marks, faults = {}, []
    for name, most in [*((str(number), MOST_ON_A_LINE) for number in numbers), (OTHERS, MOST_OTHERS)]:
        text = typed.get(name, "").strip() or "0"
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most:
            marks[name] = int(text)
        else:
            faults.append(name)
    return marks, faults


def differing(lines: Iterable[Line]) -> list[Line]:
    """Return the lines on which paper and phones differ, in order of number."""
    return sorted((line for line in lines if line.difference), key=lambda line: line.number)
