"""Secrets that are shown once: 256 random bits that stand in an address, and are stored as SHA-256 only."""

import hashlib
import secrets

_TOKEN_BYTES = 32


def new_token() -> str:
    """Return a secret of 256 random bits that can stand in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is stored of a token: SHA-256, which is enough for a secret that nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()
