"""A browser that somebody has signed in from before, told by a signed cookie (OWASP, Slow Down Online Guessing Attacks
with Device Cookies). Guessing from elsewhere slows down everybody else at that account, but never its owner's browser.

In: the installation's secret. Out: the cookie's text, or what it says. It opens nothing: the password is still needed.
"""

import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

KEPT_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class KnownBrowser:
    """Whose account was opened from it, and which browser it is."""

    user_id: int
    browser: str


def cookie_text(secret: str, user_id: int) -> str:
    """Return a new cookie for a browser from which `user_id` has signed in."""
    return str(_serializer(secret).dumps([user_id, secrets.token_hex(8)]))


def read(secret: str, text: str) -> KnownBrowser | None:
    """Return what the cookie `text` says, or None when we did not write it."""
    try:
        user_id, browser = _serializer(secret).loads(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return KnownBrowser(user_id=user_id, browser=browser)


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="known-browser")
