"""Which encoding a text file has. Pure: a binary stream in, a codec out; the stream is read in pieces, never held.

A byte order mark decides; then strict UTF-8; then, when most of what is not ASCII reads as UTF-8 all the same, UTF-8
with some lossy characters; else Windows-1252, of which ISO-8859-1's letters are a part. (Guessing libraries take short
Norwegian files for cp1250.)
"""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from outreach.errors import N_
from outreach.register.problems import EmptyFileError, UnknownEncodingError, UnreadableTextError

LOSSY = "\ufffd"
_PIECE_BYTES = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Of ten characters outside ASCII at most one may be broken in a file that is meant as UTF-8.
_LOSSY_SHARE = 10


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is what we show, `codec` what Python calls it."""

    name: str
    codec: str


# What may be chosen instead of the guess: name and codec. DOS and old Macs live on in exports.
_CHOICES = {
    "utf-8": "utf-8-sig",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "cp865": "cp865",
    "mac-roman": "mac-roman",
}
NAMES = tuple(_CHOICES)
# As people read them: the names that the standards and makers use.
_TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": N_("UTF-8 med BOM"),
    "windows-1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "cp865": "DOS (CP865)",
    "mac-roman": "Mac Roman",
}


def titled(name: str) -> str:
    """Return the name of an encoding as people read it, a bokmål source text; an unknown one as it is."""
    return _TITLES.get(name.casefold(), name)


def chosen(name: str) -> Encoding:
    """Return the encoding called `name`, one of NAMES or what `detect` names. Raises UnknownEncodingError."""
    codec = _CHOICES.get(name.casefold().removesuffix("-sig"))
    if codec is None:
        raise UnknownEncodingError(name=name[:20])
    return Encoding(name.casefold(), codec)


def possible(head: bytes) -> tuple[str, ...]:
    """Return the names of the encodings in which `head` is a text, the likely ones first; the end may be cut."""
    return tuple(name for name, codec in _CHOICES.items() if _is_text(head, codec))


def _is_text(head: bytes, codec: str) -> bool:
    has_zeros = b"\x00" in head
    if codec.startswith("utf-16") != has_zeros or (codec == "utf-16" and not head.startswith(_WIDE_MARKS)):
        return False
    try:
        codecs.getincrementaldecoder(codec)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def detect(stream: BinaryIO) -> Encoding:
    """Return the encoding of `stream`, which is left at its start. Raises EmptyFileError, UnreadableTextError."""
    head = stream.read(4)
    stream.seek(0)
    if not head:
        raise EmptyFileError
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, codec)
    wide, broken = _count(stream)
    if not broken:
        return Encoding("utf-8", "utf-8")
    if broken * _LOSSY_SHARE <= wide:
        return Encoding("utf-8", "utf-8")
    return Encoding("windows-1252", "cp1252")


def _count(stream: BinaryIO) -> tuple[int, int]:
    """Return how many characters lie outside ASCII when read as UTF-8, and how many of them are broken."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    wide = broken = 0
    while piece := stream.read(_PIECE_BYTES):
        if b"\x00" in piece:
            raise UnreadableTextError
        text = decoder.decode(piece)
        if not text.isascii():
            wide += len(text) - len(text.encode("ascii", "ignore"))
            broken += text.count(LOSSY)
    broken += len(decoder.decode(b"", final=True))
    stream.seek(0)
    return wide, broken
