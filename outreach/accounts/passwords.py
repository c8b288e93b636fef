"""Passwords of staff: argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), NFC first.

At least twelve characters (ASVS 5.0 6.2.1 asks for eight, and for fifteen where there is no second factor to come);
no rules on which characters, no change by the calendar (NIST SP 800-63B 3.1.1.2).
"""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from outreach.errors import N_, OutreachError

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 256
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_WORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class PasswordTooWeakError(OutreachError):
    """The password is too short, too long or too well known."""

    message = N_("Passordet må ha minst %(least)s tegn og ikke være lett å gjette.")


def hashed(password: str) -> str:
    """Return what the database keeps of `password`."""
    return _hasher.hash(_normal(password))


def matches(password: str, kept: str) -> bool:
    """Say whether `password` is the one that `kept` was made of. Takes about 20–50 ms either way."""
    try:
        return _hasher.verify(kept, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Say whether `kept` was made with other costs than today's."""
    return _hasher.check_needs_rehash(kept)


def check_strength(password: str, email: str) -> None:
    """Raise PasswordTooWeakError unless `password` is long enough and not made of `email` or of one character."""
    text = _normal(password)
    own_name = email.partition("@")[0].lower()
    guessable = len(set(text)) < 5 or (len(own_name) > 3 and text.lower().startswith(own_name) and len(text) < 20)
    if not LEAST_CHARACTERS <= len(text) <= MOST_CHARACTERS or guessable:
        raise PasswordTooWeakError(least=LEAST_CHARACTERS)


def made_up() -> str:
    """Return a new password of four groups of five, about 99 bits, easy to copy from paper."""
    groups = ("".join(secrets.choice(_WORD_CHARACTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


# Of 256 random bits that nobody kept. Verified against when the e-mail is unknown, so that both answers take as long.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$pPJ9F3Il/n/Q4TH+0j3iTw$N2EWG3epMPkr2PXkwhv5cp1irmystcxu5wFj6k0K3m8"
