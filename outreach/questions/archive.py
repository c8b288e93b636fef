"""What the archive gets of questions, without anybody in it. Pure.

In: counts by status and the texts that staff marked. Out: one object; small counts are hidden (formats/small_cells.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from outreach.formats.small_cells import without_small_cells


@dataclass(frozen=True)
class FreeText:
    """A question and its answer that hold nothing personal. `asked_on`: ISO date."""

    asked_on: str
    question: str
    answer: str


def archive_of(counts: Mapping[str, int], texts: Iterable[FreeText]) -> dict[str, Any]:
    """Return the object that `flask questions archive` writes; a hidden count is None."""
    return {
        "questions": sum(counts.values()),
        "by_status": without_small_cells(counts),
        "texts": [asdict(text) for text in texts],
    }
