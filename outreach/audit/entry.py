"""What an audit row says, as bytes that two people would compute alike, and the HMACs over it (promises.md 5).

A row's own HMAC-SHA-256 goes in with the act. The chain's HMAC covers sequence number, row id, row HMAC and the link
before, so that a row cannot be edited, taken out, moved, put in between or cut off without the key.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_REFERENCE = re.compile(r"[A-Za-z0-9_.:,+/-]{0,120}")
# Made once: every act of a guest is written and signed through it.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
FIRST_LINK = bytes(32)


@dataclass(frozen=True)
class EntryFacts:
    """The fields of one audit row that its HMAC covers. `details` is canonical JSON."""

    id: int
    at_utc: datetime
    actor_kind: str
    actor_id: int | None
    act: str
    subject_kind: str
    subject_id: int | None
    details: str

    def mac(self, key: bytes) -> bytes:
        """Return the row's own HMAC, 32 bytes."""
        at_utc = self.at_utc.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        fields = [self.id, at_utc, self.actor_kind, self.actor_id, self.act, self.subject_kind, self.subject_id]
        return hmac.digest(key, b"entry\x00" + _canonical([*fields, self.details]), hashlib.sha256)


def details_text(details: Mapping[str, Any]) -> str:
    """Return `details` as canonical JSON. Raises ValueError for anything but references, counts and flags."""
    for name, value in details.items():
        if not _is_reference(value):
            raise ValueError(f"audit detail {name} is neither a reference nor a count")
    return _canonical(dict(details)).decode()


def link_mac(key: bytes, *, sequence: int, entry_id: int, entry_mac: bytes, before: bytes) -> bytes:
    """Return the HMAC, 32 bytes, of link `sequence` after the link whose HMAC is `before` (at first FIRST_LINK)."""
    return hmac.digest(
        key, b"link\x00" + _canonical([sequence, entry_id, entry_mac.hex(), before.hex()]), hashlib.sha256
    )


def _is_reference(value: Any) -> bool:
    if isinstance(value, str):
        return _REFERENCE.fullmatch(value) is not None
    if isinstance(value, Mapping):
        return all(_is_reference(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return all(_is_reference(part) for part in value)
    return value is None or isinstance(value, int)


def _canonical(value: Any) -> bytes:
    return _CANONICAL.encode(value).encode()
