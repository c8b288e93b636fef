"""Access tokens from Maskinporten by JWT grant (RFC 7523), kept in memory until shortly before they expire.

Source: docs.digdir.no, Maskinporten, "JWT grant" and "/token endpoint": RS256 with `kid`; `aud` is the issuer, `exp` at
most 120 seconds after `iat`, `iat` within ten seconds of their clock, and each grant is used once (`jti`).
"""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import structlog
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from outreach import clock
from outreach.messages.transports.http_call import NoAnswerError, call
from outreach.national_services import Maskinporten

_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_GRANT_SECONDS = 100
# A token is not used in its last half minute, so that it does not expire on its way.
_MARGIN_SECONDS = 30
_TIMEOUT_SECONDS = 30.0
log = structlog.get_logger()


@dataclass(frozen=True)
class _Token:
    text: str
    good_until: float


class TokenSource:
    """Gets tokens for one scope as the client `who`, and asks for a new one only when the last is used up."""

    def __init__(self, who: Maskinporten, scope: str) -> None:
        self._who = who
        self._scope = scope
        self._token: _Token | None = None

    def token(self) -> str | None:
        """Return a token that is good now, or None when Maskinporten gives none: the fault stands in the log."""
        if self._token is None or time.monotonic() >= self._token.good_until:
            self._token = self._fetched()
        return self._token.text if self._token else None

    def forget(self) -> None:
        """Let go of the token: the service that it is for did not take it."""
        self._token = None

    def _fetched(self) -> _Token | None:
        form = {"grant_type": _GRANT_TYPE, "assertion": grant(self._who, self._scope, clock.now_utc())}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        asked_at = time.monotonic()
        try:
            answer = call(
                "POST",
                f"{self._who.issuer}token",
                headers=headers,
                body=urlencode(form).encode(),
                timeout_seconds=_TIMEOUT_SECONDS,
            )
        except NoAnswerError:
            log.error("no token", reply_code=0)  # noqa: TRY400 - nothing in the trace that helps
            return None
        token = _read(answer.body, asked_at) if answer.status == 200 else None
        if token is None:
            log.error("no token", reply_code=answer.status)
        return token


def grant(who: Maskinporten, scope: str, now: datetime) -> str:
    """Return a signed JWT that asks for `scope` as `who`, good for less than two minutes from `now`."""
    issued = int(now.timestamp())
    claims = {
        "aud": who.issuer,
        "iss": who.client_id,
        "scope": scope,
        "iat": issued,
        "exp": issued + _GRANT_SECONDS,
        "jti": secrets.token_hex(16),
    }
    signed = f"{_part({'alg': 'RS256', 'kid': who.key_id})}.{_part(claims)}"
    key = load_pem_private_key(who.private_key, password=None)
    assert isinstance(key, RSAPrivateKey)
    return f"{signed}.{_encoded(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def _read(body: bytes, asked_at: float) -> _Token | None:
    try:
        told = json.loads(body)
        return _Token(str(told["access_token"]), asked_at + float(told["expires_in"]) - _MARGIN_SECONDS)
    except (ValueError, TypeError, KeyError):
        return None


def _part(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value, separators=(",", ":")).encode())


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
