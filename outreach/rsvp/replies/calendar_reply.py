"""A mail that a calendar sends when somebody says yes, no or maybe (RFC 5546, 3.2.3; RFC 6047). Pure.

In: a message as bytes. Out: what it says as values, BrokenReply when it cannot be read, None when it is no such mail.
Of the calendar file only lines inside the event are read; time zones and whatever else a program adds are passed over.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from icalendar.parser import Contentline, Contentlines

MOST_BYTES = 512 * 1024
_TYPES = ("text/calendar", "application/ics")
_METHOD = re.compile(rb"^METHOD:\s*(\w+)\s*$", re.IGNORECASE | re.MULTILINE)
_OURS = ("REPLY", "COUNTER")
# Once each in an answer (RFC 5546, 3.2.3); none is about one day of a series, since our events are no series.
_READ = ("UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "RECURRENCE-ID")


class Said(StrEnum):
    """What the guest said. PROPOSAL: another time. OTHER: something that has no meaning here, as "passed on"."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    PROPOSAL = "proposal"
    OTHER = "other"


@dataclass(frozen=True)
class CalendarReply:
    """An answer as it says itself. Nothing of it is proven but by the secret in `uid`.

    `message_key` tells this mail from others; `attendee` is who answers, an address in lower case.
    """

    message_key: str
    said: Said
    uid: str
    attendee: str
    sequence: int
    stamped_at_utc: datetime

    @property
    def answer_key(self) -> str:
        """Return what is the same of one answer in two mails."""
        return f"{self.uid} {self.sequence} {self.stamped_at_utc.isoformat()} {self.said}"


@dataclass(frozen=True)
class BrokenReply:
    """A mail that is an answer of a calendar and cannot be understood."""

    message_key: str


class _UnreadableError(ValueError):
    """The event of the file lacks what an answer must have, or has it twice."""


def read(raw: bytes) -> CalendarReply | BrokenReply | None:
    """Return the answer that the message holds; None when it holds none, or is longer than any."""
    if len(raw) > MOST_BYTES:
        return None
    message = BytesParser().parsebytes(raw)
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() in _TYPES else None
        if isinstance(content, bytes) and (method := _method(part, content)) in _OURS:
            key = _key(message, raw)
            try:
                return _answer(content, method, key)
            except (ValueError, KeyError):
                return BrokenReply(key)
    return None


def _method(part: Message, content: bytes) -> str:
    """Return the method inside the file, which counts; without one, that of the part's type."""
    inside = _METHOD.search(content.replace(b"\r", b""))
    return (inside[1].decode() if inside else str(part.get_param("method", ""))).upper()


def _key(message: Message, raw: bytes) -> str:
    own = " ".join(str(message.get("Message-ID", "")).split())
    return own or hashlib.sha256(raw).hexdigest()


def _answer(content: bytes, method: str, key: str) -> CalendarReply:
    found = dict(_once(_lines_of_event(content.decode("utf-8", "replace"))))
    if "RECURRENCE-ID" in found:
        raise _UnreadableError
    attendee, parameters = found["ATTENDEE"]
    return CalendarReply(
        message_key=key,
        said=Said.PROPOSAL if method == "COUNTER" else _said(parameters.get("PARTSTAT")),
        uid=found["UID"][0].strip(),
        attendee=_address(attendee),
        sequence=_sequence(found.get("SEQUENCE", ("0", {}))[0]),
        stamped_at_utc=_moment(found["DTSTAMP"][0]),
    )


def _lines_of_event(text: str) -> Iterator[tuple[str, Any, str]]:
    """Yield name, parameters and value of each line that is the event's own, and not its alarm's."""
    inside: list[str] = []
    for line in Contentlines.from_ical(text):  # type: ignore[no-untyped-call]
        name, _, rest = line.partition(":")
        if name.upper() == "BEGIN":
            inside.append(rest.strip().upper())
        elif name.upper() == "END":
            if inside:
                inside.pop()
        elif inside[-1:] == ["VEVENT"] and re.split("[;:]", line, maxsplit=1)[0].upper() in _READ:
            yield Contentline(line).parts()  # type: ignore[no-untyped-call]


def _once(lines: Iterator[tuple[str, Any, str]]) -> Iterator[tuple[str, tuple[str, Any]]]:
    seen: set[str] = set()
    for name, parameters, value in lines:
        if name.upper() in seen:
            raise _UnreadableError
        seen.add(name.upper())
        yield name.upper(), (str(value), parameters)


def _said(status: object) -> Said:
    known = {Said.ACCEPTED, Said.DECLINED, Said.TENTATIVE}
    return next((said for said in known if said == str(status).lower()), Said.OTHER)


def _address(uri: str) -> str:
    scheme, _, address = uri.strip().partition(":")
    if scheme.lower() != "mailto" or "@" not in address:
        raise _UnreadableError
    return unquote(address.partition("?")[0]).strip().lower()


def _sequence(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise _UnreadableError
    return int(text)


def _moment(text: str) -> datetime:
    """Return the moment of a DTSTAMP, which is always UTC (RFC 5545, 3.8.7.2)."""
    return datetime.strptime(text.strip().rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
