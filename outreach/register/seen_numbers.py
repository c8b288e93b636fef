"""Which numbers an extract has had so far, in little memory: a million in about ten megabytes. Pure.

Numbers are kept by date of birth: some tens for each date, four bytes each beside the row where they stood.
"""

from array import array


class SeenNumbers:
    """Remembers numbers with their rows and a mark of what the row said."""

    def __init__(self) -> None:
        self._by_date: dict[str, tuple[array[int], array[int], array[int]]] = {}

    def add(self, number: str, row: int, mark: int) -> tuple[int, bool] | None:
        """Remember `number` (eleven digits) and return None the first time.

        Later return the row where it stood first, and whether the `mark` is the same, so that the row said the same.
        """
        suffix = int(number[6:])
        mark &= 0xFFFFFFFF
        of_date = self._by_date.get(number[:6])
        if of_date is None:
            of_date = self._by_date[number[:6]] = (array("I"), array("I"), array("I"))
        numbers, rows, marks = of_date
        if suffix in numbers:
            at = numbers.index(suffix)
            return rows[at], marks[at] == mark
        numbers.append(suffix)
        rows.append(row)
        marks.append(mark)
        return None
