"""The key rings: what seals fields, recognises people and computes codes. In: the configured keys. Out: derived keys.

Each purpose has its own key, derived by HKDF-SHA256 (RFC 5869), so no two uses share one. `REGISTER_KEY` holds
`id:hex` pairs, newest first: the first seals and hashes, every one opens. Keys live outside the database.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


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
        key = self.register_keys[0]
        return f"{key.key_id}:{_encoded(_mac(key.identity, national_id.encode()))}"

    def identity_candidates(self, national_id: str) -> tuple[str, ...]:
        """Return each hash that `national_id` may be stored under: one per key, and old ones wrapped by newer keys."""
        found: list[str] = []
        chains: list[tuple[str, bytes]] = []
        for key in reversed(self.register_keys):
            chains = [(f"{ids}.{key.key_id}", _mac(key.identity, value)) for ids, value in chains] + chains
            chains.append((str(key.key_id), _mac(key.identity, national_id.encode())))
            found = [f"{ids}:{_encoded(value)}" for ids, value in chains]
        return tuple(reversed(found))

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a keyed hash of `text` for look-ups of `purpose` (an address, an e-mail), equal only within it."""
        key = self.register_keys[0]
        mac = _mac(key.identity, f"{purpose}\x00{text}".encode())
        return f"{key.key_id}:{_encoded(mac[:20])}"

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
