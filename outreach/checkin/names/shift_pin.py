"""The shift's PIN: sixteen digits, the last a check digit. In: 32 secret bytes. Out: the PIN; the key that it makes.

Fifteen digits are 49.8 bits. The key is stretched by PBKDF2-HMAC-SHA256 (RFC 8018, 5.2), which browsers have built in,
so that whoever holds a phone's whole memory has too many keys to try (ADR 0018). Check digit: Luhn (ISO/IEC 7812-1,
annex B), so that a slip of the finger is told from a PIN that is no longer good.
"""

import hashlib
from functools import lru_cache

DIGITS = 16
STRETCHED = 600_000
SALT_BYTES = 16
_KEY_BYTES = 32


def shift_pin(secret: bytes) -> str:
    """Return the PIN that `secret` (32 bytes) stands for."""
    body = f"{int.from_bytes(secret) % 10 ** (DIGITS - 1):0{DIGITS - 1}}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the digit that makes `body` with it a sound number."""
    doubled = (int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return str(-total % 10)


def printed(pin: str) -> str:
    """Return the PIN in groups of four, as it is read out."""
    return " ".join(pin[at : at + 4] for at in range(0, len(pin), 4))


@lru_cache(maxsize=16)
def key_of(pin: str, salt: bytes) -> bytes:
    """Return the key that `pin` makes with `salt`, 32 bytes. Slow on purpose, so it is remembered in this process."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, STRETCHED, _KEY_BYTES)
