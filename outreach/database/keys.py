"""The key rings: what seals fields, recognises people and computes codes. In: the configured keys. Out: derived keys.

Each purpose has its own key, derived by HKDF-SHA256 (RFC 5869), so no two uses share one. `REGISTER_KEY` holds
`id:hex` pairs, newest first: the first seals and hashes, every one opens. Keys live outside the database. A stored
hash says which keys made it, oldest first ("1.2:…"): when a key is added, HMAC(new, HMAC(old, n)) takes the old one's
place, since nobody has the number any more.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_IDENTITY_BYTES, _PURPOSE_BYTES = 32, 20
# A tombstone by name and birth date has a mark in front, so that it is never taken for one by number.
_STORED = re.compile(r"(?P<mark>weak:)?(?P<ids>\d+(?:\.\d+)*):(?P<value>[A-Za-z0-9_-]+)")


def derive(secret: bytes, purpose: str, length_bytes: int = 32) -> bytes:
    """Return the key of `purpose`, `length_bytes` long, from `secret`."""
    return HKDF(algorithm=SHA256(), length=length_bytes, salt=None, info=purpose.encode()).derive(secret)


@dataclass(frozen=True)
class RegisterKey:
    """One generation of the register key, with its derived parts."""

    key_id: int
    sealing: AESSIV
    identity: bytes


class KeyRing:
    """All derived keys of an installation. `register_key` is `id:hex[,id:hex…]`, newest first."""

    def __init__(self, *, secret_key: str, register_key: str) -> None:
        self._secret = secret_key.encode()
        self.register_keys = tuple(_register_key(part) for part in register_key.split(","))
        self._by_id = {key.key_id: key for key in self.register_keys}
        self._link = derive(self._secret, "links")
        self.audit = derive(self._secret, "audit")

    def seal(self, text: str, *, column: str, row_id: int) -> bytes:
        """Return `text` encrypted by AES-SIV (RFC 5297), bound to `column` ("table.column") and `row_id`."""
        key = self.register_keys[0]
        bound = [column.encode(), row_id.to_bytes(8, "big")]
        return bytes([key.key_id]) + key.sealing.encrypt(text.encode(), bound)

    def unseal(self, sealed: bytes, *, column: str, row_id: int) -> str:
        """Return the text of `sealed`. Raises InvalidTag when moved elsewhere, KeyError without its key."""
        bound = [column.encode(), row_id.to_bytes(8, "big")]
        return self._by_id[sealed[0]].sealing.decrypt(bytes(sealed[1:]), bound).decode()

    def identity_hash(self, national_id: str) -> str:
        """Return the keyed hash "key id:base64" by which a person is recognised in the next extract."""
        return self._hash(national_id.encode(), _IDENTITY_BYTES)

    def identity_candidates(self, national_id: str) -> tuple[str, ...]:
        """Return each hash that `national_id` may be stored under, the newest generation first."""
        return self._candidates(national_id.encode(), _IDENTITY_BYTES)

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a keyed hash of `text` for look-ups of `purpose` (an address, an e-mail), equal only within it."""
        return self._hash(_purposed(purpose, text), _PURPOSE_BYTES)

    def keyed_candidates(self, purpose: str, text: str) -> tuple[str, ...]:
        """Return each keyed hash that `text` may be stored under for `purpose`, the newest generation first."""
        return self._candidates(_purposed(purpose, text), _PURPOSE_BYTES)

    def is_hash_of(self, stored: str, purpose: str, text: str) -> bool:
        """Say whether `stored` is the keyed hash of `text` for `purpose`, of whatever generation."""
        found = _STORED.fullmatch(stored)
        ids = [int(key_id) for key_id in found["ids"].split(".")] if found else []
        if not ids or not all(key_id in self._by_id for key_id in ids):
            return False
        value = self._chained(_purposed(purpose, text), [self._by_id[key_id] for key_id in ids], _PURPOSE_BYTES)
        return hmac.compare_digest(stored, value)

    def wrapped(self, stored: str) -> str:
        """Return `stored` as the newest key wraps it: HMAC(new, HMAC(old, n)). What is wrapped, or no hash, stays."""
        found = _STORED.fullmatch(stored)
        key = self.register_keys[0]
        if found is None or found["ids"].split(".")[-1] == str(key.key_id):
            return stored
        old = _decoded(found["value"])
        return f"{found['mark'] or ''}{found['ids']}.{key.key_id}:{_encoded(_mac(key.identity, old)[: len(old)])}"

    def _hash(self, message: bytes, length_bytes: int) -> str:
        key = self.register_keys[0]
        return f"{key.key_id}:{_encoded(_mac(key.identity, message)[:length_bytes])}"

    def _candidates(self, message: bytes, length_bytes: int) -> tuple[str, ...]:
        """Return the hash made by each key, and each of them wrapped by the keys after it: runs of generations."""
        if len(self.register_keys) == 1:
            return (self._hash(message, length_bytes),)
        oldest_first = self.register_keys[::-1]
        count = len(oldest_first)
        runs = [oldest_first[made:last] for last in range(count, 0, -1) for made in range(last - 1, -1, -1)]
        return tuple(self._chained(message, run, length_bytes) for run in runs)

    def _chained(self, message: bytes, keys: Sequence[RegisterKey], length_bytes: int) -> str:
        value = message
        for key in keys:
            value = _mac(key.identity, value)[:length_bytes]
        return f"{'.'.join(str(key.key_id) for key in keys)}:{_encoded(value)}"

    def link_mac(self, purpose: str, selector: str, generation: int) -> bytes:
        """Return 32 bytes from which the secret part of a code of `purpose` is made. A new `generation` revokes it."""
        return _mac(self._link, f"{purpose}\x00{selector}\x00{generation}".encode())


def _register_key(part: str) -> RegisterKey:
    key_id, _, secret = part.partition(":")
    raw = bytes.fromhex(secret)
    return RegisterKey(key_id=int(key_id), sealing=AESSIV(derive(raw, "sealing", 64)), identity=derive(raw, "identity"))


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _decoded(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


def _purposed(purpose: str, text: str) -> bytes:
    return f"{purpose}\x00{text}".encode()
