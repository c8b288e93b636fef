"""A page that differs in a few words only between those who open it: rendered once with marks, then filled for each.

In: a page rendered with `mark(name)` where something personal goes. Out: a `Shell`, which holds nothing personal.
Filling goes through the page once, so what is filled in can never be taken for a mark; and marks are others in each
process, so nobody can write one into a text.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

_OURS = secrets.token_hex(8)
_MARK = re.compile(rf"PLACE-{_OURS}-([A-Z]+)-ENDS")
_MOST_SHELLS = 300


def mark(name: str) -> str:
    """Return what stands in the shell where `name` (lower-case letters) goes: unchanged by HTML and URL escaping."""
    return f"PLACE-{_OURS}-{name.upper()}-ENDS"


@dataclass(frozen=True)
class Shell:
    """A page in pieces: `texts` around the `places`, one text more than places."""

    texts: tuple[str, ...]
    places: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the page with `values`, already escaped, in their places. Raises KeyError when one is missing."""
        pieces = [self.texts[0]]
        for place, text in zip(self.places, self.texts[1:], strict=True):
            pieces += (values[place], text)
        return "".join(pieces)


def cut(page: str) -> Shell:
    """Return the shell of a page rendered with marks."""
    parts = _MARK.split(page)
    return Shell(texts=tuple(parts[::2]), places=tuple(name.lower() for name in parts[1::2]))


class Shells:
    """The shells of an installation by everything they depend on; forgotten together when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Shell] = {}

    def of(self, key: Hashable, render: Callable[[], str]) -> Shell:
        """Return the shell kept under `key`; where there is none, that of the page that `render` makes with marks."""
        shell = self._kept.get(key)
        if shell is None:
            shell = cut(render())
            if len(self._kept) >= _MOST_SHELLS:
                self._kept.clear()
            self._kept[key] = shell
        return shell
