"""One line of a guest's text as it is kept. Pure."""

import unicodedata


def plain_text(typed: str) -> str:
    """Return `typed` on one line in NFC, without control and direction characters that could disguise it."""
    if typed.isascii() and typed.isprintable():
        return " ".join(typed.split())
    kept = "".join(" " if char in "\r\n\t" else char for char in unicodedata.normalize("NFC", typed))
    return " ".join("".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).split())
