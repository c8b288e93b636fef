"""Words that stay whole at the end of a line. For what is shown, never for what is stored, searched or sent. Pure."""

import re

_HYPHEN_IN_WORD = re.compile(r"(?<=\w)-(?=\w)")
_WORD = re.compile(r"\S+")
_UNBREAKABLE_HYPHEN = "\u2011"
# A longer word does not fit beside anything on a narrow phone, and has to break where it can.
_LONGEST_WHOLE_WORD = 16


def whole_words(text: str) -> str:
    """Return `text` with the hyphens inside its words unbreakable (U+2011): "Modum-kveld" on one line."""
    return _WORD.sub(_whole, text)


def _whole(found: re.Match[str]) -> str:
    word = found[0]
    return word if len(word) > _LONGEST_WHOLE_WORD else _HYPHEN_IN_WORD.sub(_UNBREAKABLE_HYPHEN, word)
