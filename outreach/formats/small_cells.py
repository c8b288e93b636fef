"""Counts that may leave the office: no cell between 1 and 4, and none that can be worked out from the total.

Source: the rule of Statistics Norway for small counts (primary and secondary suppression); promises.md 5 sets n < 5.
"""

from collections.abc import Mapping

SMALLEST_SHOWN = 5


def without_small_cells(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return `counts` with None where a count is hidden. The total of all of them may then be published beside them.

    A cell of 1 to 4 is hidden; when the hidden ones together stay below 5, or only one is hidden, the next smallest
    count above zero is hidden too, so that total minus shown cells tells of at least two cells and five people.
    """
    hidden = {name for name, count in counts.items() if 0 < count < SMALLEST_SHOWN}
    rest = sorted((count, name) for name, count in counts.items() if count >= SMALLEST_SHOWN)
    while hidden and rest and (len(hidden) < 2 or sum(counts[name] for name in hidden) < SMALLEST_SHOWN):
        hidden.add(rest.pop(0)[1])
    return {name: None if name in hidden else count for name, count in counts.items()}
