"""Asks KRR, Digdir's contact and reservation register, where people may be written to. Keeps nothing of the answer.

`POST <KRR_URL>` with `{"personidentifikatorer": […]}`, a thousand at most, and a token from Maskinporten
(docs.digdir.no, Kontaktregisteret, "Oppslagstjenesten REST").
"""

import json
import time
from collections.abc import Sequence

import structlog

from outreach import clock
from outreach.messages.register_contact import (
    MOST_PERSONS_ASKED,
    RegisterContact,
    UnreadableAnswerError,
    contacts_in,
)
from outreach.messages.transports.http_call import NoAnswerError, call
from outreach.messages.transports.maskinporten import TokenSource
from outreach.national_services import NationalServices

SCOPE = "krr:global/kontaktinformasjon.read"
_TIMEOUT_SECONDS = 60.0
_REST_SECONDS = 30.0
log = structlog.get_logger()


class ContactRegister:
    """The register at `services.krr_url`, which must be set. Rests for a while after it could not tell."""

    def __init__(self, services: NationalServices, *, rest_seconds: float = _REST_SECONDS) -> None:
        assert services.maskinporten is not None
        self._url = services.krr_url
        self._rest_seconds = rest_seconds
        self._closed_until = 0.0
        self._tokens = TokenSource(services.maskinporten, SCOPE)

    def ask(self, numbers: Sequence[str]) -> dict[str, RegisterContact] | None:
        """Return what may be used of the people with `numbers`, by number; None when the register cannot tell now.

        Whoever is missing in the register's answer is missing here.
        """
        found: dict[str, RegisterContact] = {}
        for start in range(0, len(numbers), MOST_PERSONS_ASKED):
            if time.monotonic() < self._closed_until:
                return None
            part = self._ask(numbers[start : start + MOST_PERSONS_ASKED])
            if part is None:
                self._closed_until = max(self._closed_until, time.monotonic() + self._rest_seconds)
                return None
            found |= part
        return found

    def lets_us_in(self) -> bool:
        """Say whether Maskinporten gives us a token for the register. The register itself is not asked."""
        return self._tokens.token() is not None

    def _ask(self, numbers: Sequence[str]) -> dict[str, RegisterContact] | None:
        token = self._tokens.token()
        if token is None:
            return None
        headers = {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json",
        }  # fmt: skip
        body = json.dumps({"personidentifikatorer": list(numbers)}).encode()
        try:
            answer = call("POST", self._url, headers=headers, body=body, timeout_seconds=_TIMEOUT_SECONDS)
            if answer.status == 200:
                return contacts_in(answer.body, clock.now_utc())
        except (NoAnswerError, UnreadableAnswerError) as error:
            log.error("contact register", fault=type(error).__name__)  # noqa: TRY400 - traces hold values
            return None
        if answer.status in (401, 403):
            self._tokens.forget()
        self._closed_until = time.monotonic() + answer.retry_after_seconds
        log.error("contact register", reply_code=answer.status)
        return None
