"""Orders of sealed names, kept by what they were made of: names are opened when a row has changed, not for each page.

Only ids are kept, no name and nothing sealed, so that nothing of a person outlives the row.
"""

import hashlib
import marshal
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

_MOST_LISTS = 30
_WITHOUT_REFERENCES = 2  # then the same rows are always the same bytes

Rows = Sequence[Sequence[Any]]


class KeptOrders:
    """The latest order of each list, in one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[bytes, list[int]]] = OrderedDict()

    def order(self, name: Hashable, rows: Sequence[Rows], make: Callable[[], list[int]]) -> list[int]:
        """Return the order of ids that `make` makes of `rows` (numbers, bytes or None), made anew when they changed."""
        mark = _mark(rows)
        kept = self._kept.get(name)
        if kept is None or kept[0] != mark:
            kept = self._kept[name] = (mark, make())
        self._kept.move_to_end(name)
        if len(self._kept) > _MOST_LISTS:
            self._kept.popitem(last=False)
        return list(kept[1])


def _mark(rows: Sequence[Rows]) -> bytes:
    values = [[tuple(row) for row in part] for part in rows]
    return hashlib.sha256(marshal.dumps(values, _WITHOUT_REFERENCES)).digest()
