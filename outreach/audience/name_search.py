"""Whether a typed name is somebody's: each word of it begins a word of the name, in any order. Pure.

Case and accents do not matter, but å, æ and ø are letters of their own: "renee" finds Renée, "ase" does not find Åse.
"""

import re
import unicodedata

LEAST_LETTERS = 2
_WORDS = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they are compared."""
    return tuple(_WORDS.findall(_folded(text)))


def is_match(wanted: tuple[str, ...], name: str) -> bool:
    """Say whether each of the `wanted` words (of `words_of`) begins a word of `name`. No words match nobody."""
    words = words_of(name)
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted)


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).casefold()
    if composed.isascii():
        return composed
    return "".join(letter if letter == "å" else _bare(letter) for letter in composed)


def _bare(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
