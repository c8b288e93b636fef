"""Which people an extract has had so far, in little memory: a million in some tens of megabytes. Pure.

They are kept by date of birth: some tens for each date, a few bytes each beside the row where they stood.
"""

from array import array
from datetime import date


class _Seen:
    """Items of at most `typecode` bits by group, each with its row and a mark of what the row said."""

    def __init__(self, typecode: str) -> None:
        self._typecode = typecode
        self._by_group: dict[str, tuple[array[int], array[int], array[int]]] = {}

    def add(self, group: str, item: int, *, row: int, mark: int) -> tuple[int, bool] | None:
        mark &= 0xFFFFFFFF
        of_group = self._by_group.get(group)
        if of_group is None:
            of_group = self._by_group[group] = (array(self._typecode), array("I"), array("I"))
        items, rows, marks = of_group
        if item in items:
            at = items.index(item)
            return rows[at], marks[at] == mark
        items.append(item)
        rows.append(row)
        marks.append(mark)
        return None


class SeenNumbers:
    """Remembers numbers with their rows and a mark of what the row said."""

    def __init__(self) -> None:
        self._seen = _Seen("I")

    def add(self, number: str, row: int, mark: int) -> tuple[int, bool] | None:
        """Remember `number` (eleven digits) and return None the first time.

        Later return the row where it stood first, and whether the `mark` is the same, so that the row said the same.
        """
        return self._seen.add(number[:6], int(number[6:]), row=row, mark=mark)


class SeenNames:
    """Remembers people without a number by name and birth date, the name as a hash of 64 bits."""

    def __init__(self) -> None:
        self._seen = _Seen("Q")

    def add(self, name: str, birth_date: date, row: int, mark: int) -> tuple[int, bool] | None:
        """Remember `name` with `birth_date`, and return as `SeenNumbers.add` does."""
        return self._seen.add(birth_date.isoformat(), hash(name) & 0xFFFFFFFFFFFFFFFF, row=row, mark=mark)
