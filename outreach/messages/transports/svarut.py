"""Hands letters over to KS SvarUt (REST v2), one request a letter, and asks what became of them.

Source: KS's OpenAPI documents "Send forsendelse-API" and "Status API" v2, and "Ekstern referanse-oppslag" for the
look-up by our reference: GET `…/forsendelser?eksternRef=<reference>` answers `{"forsendelseIds": […]}`. SvarUt may work
on a letter for a quarter of an hour, so one that it does not know yet may still be on its way.
"""

import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog

from outreach.messages.delivery import Outcome, Stage, Verdict, verdict_of_status
from outreach.messages.posted_letter import content_type_of
from outreach.messages.transports.http_call import Answer, NoAnswerError, call, connected
from outreach.messages.transports.maskinporten import TokenSource
from outreach.national_services import NationalServices

SCOPE = "ks:fiks"
# KS tells clients to wait for 16 minutes.
SETTLING_SECONDS = 17 * 60
# Under the lease of a message (sending/service.py), so that a slow answer still finds its row.
_TIMEOUT_SECONDS = 120.0
_REST_SECONDS = 30.0
log = structlog.get_logger()


class SvarUtTransport:
    """The account in SvarUt of `services.svarut`, which must be set. Rests for a while after SvarUt refused us."""

    can_be_asked = True
    asks_before_repeat = True
    settling_seconds = SETTLING_SECONDS

    def __init__(self, services: NationalServices, *, rest_seconds: float = _REST_SECONDS) -> None:
        assert services.svarut is not None
        assert services.maskinporten is not None
        self._svarut = services.svarut
        self._url = f"{self._svarut.url}/api/v2/kontoer/{self._svarut.account}/forsendelser"
        self._tokens = TokenSource(services.maskinporten, SCOPE)
        self._rest_seconds = rest_seconds
        self._closed_until = 0.0

    def ready(self) -> bool:
        """Say whether a letter could be handed over now."""
        if time.monotonic() < self._closed_until:
            return False
        connection = connected(urlsplit(self._url), _TIMEOUT_SECONDS)
        if connection is not None:
            connection.close()
        is_ready = connection is not None and self._tokens.token() is not None
        if not is_ready:
            self._rest(0)
        return is_ready

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        """Hand over one letter, its body made by `PostedLetter.content`."""
        try:
            answer = self._call("POST", self._url, body=content, content_type=content_type_of(content))
        except NoAnswerError as error:
            return Verdict(Outcome.UNKNOWN, Stage.CONTENT) if error.is_sent else self._down()
        if answer is None:
            return self._down()
        return self._verdict(answer)

    def has(self, row_id: int) -> bool | None:
        """Say whether SvarUt took the letter of this row; None when it does not tell now."""
        ids = self.ids_of(row_id)
        return None if ids is None else bool(ids)

    def ids_of(self, row_id: int) -> list[str] | None:
        """Return what SvarUt calls the letter of this row; None when it does not tell now."""
        told = self._told("GET", f"{self._url}?{urlencode({'eksternRef': row_id})}")
        ids = told.get("forsendelseIds") if told is not None else None
        return [str(one) for one in ids] if isinstance(ids, list) else None

    def statuses(self, ids: Sequence[str]) -> dict[str, str] | None:
        """Return SvarUt's status of each of these letters, by its id; None when it does not tell now."""
        body = json.dumps({"forsendelseIds": list(ids)}).encode()
        told = self._told("POST", f"{self._url}/status-sok", body=body)
        try:
            return {one["id"]: one["status"] for one in told["statuser"]} if told is not None else None
        except (TypeError, KeyError):
            log.error("svarut", fault="unreadable statuses")  # noqa: TRY400 - traces hold values
            return None

    def close(self) -> None:
        """There is nothing to let go of: a connection is used once."""

    def _verdict(self, answer: Answer) -> Verdict:
        verdict = verdict_of_status(answer.status, retry_after_seconds=answer.retry_after_seconds)
        if verdict.outcome is Outcome.HANDED_OVER:
            told = _object(answer.body)
            return Verdict(verdict.outcome, verdict.stage, verdict.code, reference=str(told.get("id", "")))
        if verdict.outcome is Outcome.DOWN or answer.retry_after_seconds:
            self._rest(answer.retry_after_seconds)
        return verdict

    def _told(self, method: str, url: str, *, body: bytes | None = None) -> dict[str, Any] | None:
        try:
            answer = self._call(method, url, body=body, content_type="application/json")
        except NoAnswerError:
            return None
        return _object(answer.body) if answer is not None and answer.status == 200 else None

    def _call(self, method: str, url: str, *, body: bytes | None, content_type: str) -> Answer | None:
        """Return the answer, or None without a token. Raises NoAnswerError."""
        token = self._tokens.token()
        if token is None:
            return None
        headers = {
            "Authorization": f"Bearer {token}",
            "IntegrasjonId": self._svarut.integration_id,
            "IntegrasjonPassord": self._svarut.password,
            "Content-Type": content_type,
            "Accept": "application/json",
        }
        answer = call(method, url, headers=headers, body=body, timeout_seconds=_TIMEOUT_SECONDS)
        if answer.status in (401, 403):
            self._tokens.forget()
        return answer

    def _down(self) -> Verdict:
        self._rest(0)
        return Verdict(Outcome.DOWN, Stage.GREETING)

    def _rest(self, seconds: float) -> None:
        self._closed_until = time.monotonic() + max(seconds, self._rest_seconds)


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {}
