"""Which kind of extract a file is, by its first bytes and never by its name. Pure: bytes in, kind out."""

import re
from enum import StrEnum

from outreach.register.problems import EmptyFileError, OldWorkbookError, UnreadableTextError, WrongFileTypeError

HEAD_BYTES = 4096


class Kind(StrEnum):
    """The kinds of extract, as the commands call them."""

    FREG = "freg"
    CSV = "csv"
    XLSX = "xlsx"
    FEED = "feed"


# An event of the feed names its type or its place in the sequence; no person document has either.
_EVENT = re.compile(r'"(?:hendelse|hendelsetype|sekvensnummer)"\s*:')
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"<")


def kind_of(head: bytes, codec: str = "") -> Kind:
    """Return the kind of a file that begins with `head`, its first HEAD_BYTES; a text is read by `codec` when given.

    Raises EmptyFileError, OldWorkbookError, WrongFileTypeError, UnreadableTextError.
    """
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise EmptyFileError
    if head.startswith(b"PK\x03\x04"):
        return Kind.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbookError
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(_OTHER_FILES):
        raise WrongFileTypeError
    if head.startswith(_WIDE_MARKS):
        return _kind_of_text(head.decode("utf-16", errors="replace"))
    if codec and not codec.startswith("utf-8"):
        return _kind_of_text(head.decode(codec, errors="replace"))
    if b"\x00" in head:
        raise UnreadableTextError if head[1::2].count(0) * 2 > len(head) // 2 else WrongFileTypeError
    return _kind_of_text(text.decode("latin-1"))


def _kind_of_text(text: str) -> Kind:
    if not text.lstrip(" \t\r\n\ufeff").startswith(("{", "[")):
        return Kind.CSV
    return Kind.FEED if _EVENT.search(text) else Kind.FREG
