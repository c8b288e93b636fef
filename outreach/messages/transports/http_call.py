"""One HTTP request and its answer, over a connection of its own (RFC 9110). What the other transports are made of.

A connection is used once: on a kept one a request may meet a server that has just hung up, and nobody could tell that
from a server that took the message and died. Redirects are not followed: they would carry secrets elsewhere.
"""

import contextlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from outreach import clock

BROKEN = (OSError, HTTPException)
_LONGEST_WAIT_SECONDS = 24 * 3600
_MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Answer:
    """What a server answered. `retry_after_seconds`: how long it asked us to wait, 0 when it did not."""

    status: int
    body: bytes = b""
    retry_after_seconds: int = 0


class NoAnswerError(Exception):
    """No answer came. `is_sent`: the whole request had left us, so the server may have done what it was asked."""

    def __init__(self, *, is_sent: bool) -> None:
        self.is_sent = is_sent
        super().__init__("no answer")


def call(
    method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None, timeout_seconds: float
) -> Answer:
    """Make one request to `url` and return the answer, whatever its status. Raises NoAnswerError."""
    parts = urlsplit(url)
    connection = connected(parts, timeout_seconds)
    if connection is None:
        raise NoAnswerError(is_sent=False)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with contextlib.closing(connection):
        try:
            connection.request(method, target, body, {**headers, "Connection": "close"})
        except BROKEN as error:
            # The whole length that was announced never left us, so there is nothing that the server could take.
            raise NoAnswerError(is_sent=False) from error
        try:
            response = connection.getresponse()
            return Answer(response.status, response.read(_MOST_BYTES), wait_seconds(response.headers, clock.now_utc()))
        except BROKEN as error:
            raise NoAnswerError(is_sent=True) from error


def connected(url: SplitResult, timeout_seconds: float) -> HTTPConnection | None:
    """Return an open connection to the server of `url`, or None when it cannot be reached."""
    host, port = url.hostname or "", url.port
    if url.scheme == "https":
        context = ssl.create_default_context()
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=timeout_seconds, context=context)
    else:
        connection = HTTPConnection(host, port, timeout=timeout_seconds)
    try:
        connection.connect()
    except BROKEN:
        connection.close()
        return None
    return connection


def wait_seconds(headers: Message, now: datetime) -> int:
    """Return what `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date), at most a day; 0 without it."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
        return min(max(0, int((moment - now).total_seconds())), _LONGEST_WAIT_SECONDS)
    except (ValueError, TypeError):
        return 0
