"""The three places in a delivery report that tell something, found while it streams by (RFC 2046, 3462, 6522). Pure.

In: pieces of a message, a line each, or less of a line too long to hold. Out: the report's own header, its machine part
and the header of the message that came back; each at most 64 kB. Everything else, attachments of any size, is let go.
"""

import binascii
import quopri
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

_MOST_BYTES = 65_536
_MOST_NESTED = 12
_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED_TYPES = {
    "message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global", "message/global-headers",
}  # fmt: skip


@dataclass(frozen=True)
class ReportParts:
    """What was found; empty where the message has none."""

    own_header: bytes = b""
    status: bytes = b""
    returned_header: bytes = b""


def parts_of(pieces: Iterable[bytes]) -> ReportParts:
    """Return the telling parts of the message; stops asking for more as soon as it has them all."""
    reader = _Reader()
    begins_line = True
    for piece in pieces:
        reader.take(piece, begins_line=begins_line)
        begins_line = piece.endswith(b"\n")
        if reader.has_all:
            break
    return reader.found()


class _Part:
    """A part that is kept, up to the limit."""

    def __init__(self, header: Message | None = None) -> None:
        self._kept = bytearray()
        self._encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower() if header else ""

    @property
    def is_encoded(self) -> bool:
        return self._encoding in ("base64", "quoted-printable")

    def add(self, piece: bytes) -> None:
        self._kept += piece[: _MOST_BYTES - len(self._kept)]

    def content(self) -> bytes:
        raw = bytes(self._kept)
        if self._encoding == "quoted-printable":
            return quopri.decodestring(raw)
        return _base64(raw) if self._encoding == "base64" else raw


class _Reader:
    """Follows the boundaries of a message, part after part."""

    def __init__(self) -> None:
        self._boundaries: list[bytes] = []
        self._header: _Part | None = _Part()
        self._own: bytes | None = None
        self._body: _Part | None = None
        self._status: _Part | None = None
        self._returned: _Part | None = None
        self.has_all = False

    def take(self, piece: bytes, *, begins_line: bool) -> None:
        """Go on by one piece."""
        if begins_line and piece.startswith(b"--") and self._cross(piece):
            return
        is_blank = begins_line and not piece.strip(b"\r\n")
        if self._header is not None:
            self._end_header(self._header) if is_blank else self._header.add(piece)
        elif self._body is not None:
            self._body.add(piece)
            if is_blank and self._body is self._returned and not self._body.is_encoded:
                self._body = None
                self.has_all = self._status is not None

    def found(self) -> ReportParts:
        """Return what was found so far."""
        own = self._own if self._own is not None else (self._header.content() if self._header else b"")
        return ReportParts(
            own_header=own,
            status=self._status.content() if self._status else b"",
            returned_header=self._returned.content() if self._returned else b"",
        )

    def _cross(self, line: bytes) -> bool:
        """Leave the part when `line` is a boundary, of whichever level; say whether it was one."""
        text = line.rstrip(b" \t\r\n")
        for level in reversed(range(len(self._boundaries))):
            delimiter = b"--" + self._boundaries[level]
            if text in (delimiter, delimiter + b"--"):
                is_last = text != delimiter
                del self._boundaries[level + (0 if is_last else 1) :]
                self._header, self._body = (None if is_last else _Part()), None
                return True
        return False

    def _end_header(self, kept: _Part) -> None:
        header = BytesHeaderParser().parsebytes(kept.content())
        if self._own is None:
            self._own = kept.content()
        self._header = None
        kind = header.get_content_type()
        if kind.startswith("multipart/"):
            self._enter(header)
        elif kind in _STATUS_TYPES and self._status is None:
            self._body = self._status = _Part(header)
        elif kind in _RETURNED_TYPES and self._returned is None and self._boundaries:
            self._body = self._returned = _Part(header)

    def _enter(self, header: Message) -> None:
        boundary = header.get_boundary()
        if boundary and len(self._boundaries) < _MOST_NESTED:
            self._boundaries.append(boundary.encode("utf-8", "surrogateescape"))


def _base64(raw: bytes) -> bytes:
    whole = b"".join(raw.split())
    try:
        return binascii.a2b_base64(whole[: len(whole) // 4 * 4])
    except binascii.Error:
        return b""
