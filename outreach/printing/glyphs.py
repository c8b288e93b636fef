"""Which texts our fonts can print (fonts/README.md). Pure after reading the list once.

A name with a character that no font has would stop a whole file of letters (PDF/UA forbids a missing glyph), so it is
found before and its letter is written by hand.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_LETTERS_OF_SPACE = frozenset(" \n")


def unprintable(texts: Iterable[str]) -> str:
    """Return the characters of `texts` that no letter font has, each once, in order; empty when all can be printed."""
    starts, ends = _coverage()
    missing: dict[str, None] = {}
    for text in texts:
        for char in text:
            at = bisect_right(starts, ord(char)) - 1
            if char not in _LETTERS_OF_SPACE and (at < 0 or ord(char) > ends[at]):
                missing[char] = None
    return "".join(missing)


@cache
def _coverage() -> tuple[list[int], list[int]]:
    ranges = (FONTS / "coverage.txt").read_text(encoding="ascii").split()
    pairs = [tuple(int(code, 16) for code in span.split("-")) for span in ranges]
    return [start for start, _ in pairs], [end for _, end in pairs]
