"""Hands text messages over to a gateway by HTTP, one request a message.

`SMS_URL`: https://user:password@host/path[?ask=yes]. The gateway gets a JSON object: `to` (E.164), `from`, `text`,
`reference` (the outbox row's id, which stands in `Idempotency-Key` too). With `ask=yes`, GET `<path>/<reference>` tells
whether it has a message (2xx or 404), so that what was in doubt is asked about and never guessed.

A connection is used once: on a kept one a request may meet a server that has just hung up, and nobody could tell that
from a server that took the message and died.
"""

import contextlib
import json
import time
from base64 import b64encode
from http.client import HTTPConnection
from urllib.parse import parse_qs, unquote, urlsplit

from outreach import clock
from outreach.messages.delivery import Outcome, Stage, Verdict, verdict_of_status
from outreach.messages.transports.http_call import BROKEN, connected, wait_seconds

_TIMEOUT_SECONDS = 30.0


class SmsGateway:
    """The gateway of `sms_url`."""

    asks_before_repeat = False
    settling_seconds = 0

    def __init__(self, sms_url: str, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> None:
        self._url = urlsplit(sms_url)
        self._timeout_seconds = timeout_seconds
        self._closed_until = 0.0
        self._connection: HTTPConnection | None = None
        self.can_be_asked = parse_qs(self._url.query).get("ask") == ["yes"]

    def ready(self) -> bool:
        """Say whether the gateway can be reached, and has not asked us to wait."""
        if time.monotonic() < self._closed_until:
            return False
        if self._connection is None:
            self._connection = self._connected()
        return self._connection is not None

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        """Hand over one text."""
        message = {"to": recipient, "from": sender, "text": content.decode(), "reference": str(row_id)}
        connection = self._connection or self._connected()
        self._connection = None
        if connection is None:
            return Verdict(Outcome.DOWN, Stage.GREETING)
        with contextlib.closing(connection):
            try:
                connection.request("POST", self._url.path or "/", json.dumps(message), self._headers(row_id))
            except BROKEN:
                # The whole length that was announced never left us, so there is no message to take.
                return Verdict(Outcome.TEMPORARY, Stage.DATA)
            return self._verdict(connection)

    def has(self, row_id: int) -> bool | None:
        """Say whether the gateway took the message of this row; None when it does not tell now."""
        connection = self._connected()
        if connection is None:
            return None
        with contextlib.closing(connection):
            try:
                connection.request("GET", f"{self._url.path.rstrip('/')}/{row_id}", headers=self._headers(row_id))
                code = connection.getresponse().status
            except BROKEN:
                return None
        return True if 200 <= code < 300 else False if code == 404 else None

    def close(self) -> None:
        """Let go of a connection that was opened and not used."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connected(self) -> HTTPConnection | None:
        return connected(self._url, self._timeout_seconds)

    def _headers(self, row_id: int) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(row_id), "Connection": "close"}
        if self._url.username:
            pair = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        return headers

    def _verdict(self, connection: HTTPConnection) -> Verdict:
        try:
            response = connection.getresponse()
        except BROKEN:
            return Verdict(Outcome.UNKNOWN, Stage.CONTENT)
        wait = wait_seconds(response.headers, clock.now_utc())
        if response.status == 429:
            self._closed_until = time.monotonic() + wait
        return verdict_of_status(response.status, retry_after_seconds=wait)
