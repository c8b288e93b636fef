"""The order of the Norwegian alphabet. In: a text. Out: a key to sort by. Pure.

Source: Språkrådet on alphabetical order: æ, ø, å come last, ä and ö stand with æ and ø, "aa" in a name stands with å,
and other accents do not count.
"""

import unicodedata

_LAST = str.maketrans({"æ": "{a", "ä": "{b", "ø": "|a", "ö": "|b", "å": "}"})


def order_key(text: str) -> str:
    """Return the key of `text`: case does not count."""
    if text.isascii():  # most names: no accents to leave out
        return text.casefold().replace("aa", "}")
    composed = unicodedata.normalize("NFC", text).casefold().replace("aa", "å").translate(_LAST)
    parts = unicodedata.normalize("NFD", composed)
    return "".join(part for part in parts if not unicodedata.combining(part))
