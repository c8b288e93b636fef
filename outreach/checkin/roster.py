"""The guest list as a phone may hold it: sealed, so that a lost phone tells nothing without the guest's own ticket.

In: ticket codes with what they are good for. Out: entries whose id is a salted SHA-256 of the code and whose content
opens only with a key made from that code (HKDF-SHA256, RFC 5869; AES-256-GCM, NIST SP 800-38D). No names at all. A code
has 68 bits that the phone does not hold, so trying them all is out of reach. The phone does the same in roster.js.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from outreach.checkin.scan_ticket import TicketRow, reference

ID_BYTES = 16
_NONCE_BYTES = 12
_ID_LABEL = b"treffpunkt roster id"
_KEY_LABEL = b"treffpunkt roster key"
# Every content is filled up to a multiple of this, so that its length tells nothing of the party.
_BLOCK_BYTES = 128
_JSON = json.JSONEncoder(separators=(",", ":"))


class EntryState(StrEnum):
    """What the code is good for."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


@dataclass(frozen=True)
class RosterTicket:
    """One code that the door must know. `reference` names its ticket to the server and opens nothing.

    `needs`: what the door is told of the party, a letter a need, in order; the first of the need's name.
    """

    code: str
    reference: str
    state: EntryState
    persons: int
    version: int
    needs: str = ""


@dataclass(frozen=True)
class SealedEntry:
    """One line of the roster: base64url without padding; `sealed` is nonce, ciphertext and tag."""

    entry: str
    sealed: str


def roster_tickets(
    tickets: Iterable[TicketRow], *, code_of: Callable[[str, int], str], needs: Mapping[int, str]
) -> list[RosterTicket]:
    """Return each code that a guest may show, also of earlier generations: they are told apart, not just unknown.

    `needs`: what the door is told of a ticket's party, by ticket.
    """
    return [
        RosterTicket(
            code=code_of(ticket.selector, generation),
            reference=reference(ticket.id, generation),
            state=_state(ticket, generation),
            persons=ticket.persons,
            version=ticket.version,
            needs=needs.get(ticket.id, ""),
        )
        for ticket in tickets
        for generation in range(1, ticket.generation + 1)
    ]


def entry_id(code: str, salt: bytes) -> str:
    """Return under which id the roster of `salt` keeps `code` (ungrouped capitals)."""
    return encoded(hashlib.sha256(_ID_LABEL + salt + code.encode()).digest()[:ID_BYTES])


def sealed_roster(tickets: Iterable[RosterTicket], salt: bytes) -> list[SealedEntry]:
    """Return the entries of `tickets`, in order of id, which tells nothing about order of answer."""
    return sorted((seal_entry(ticket, salt) for ticket in tickets), key=lambda entry: entry.entry)


def seal_entry(ticket: RosterTicket, salt: bytes) -> SealedEntry:
    """Return the entry of one ticket. With the same content it is the same bytes again, so a copy stays valid."""
    key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=_KEY_LABEL).derive(ticket.code.encode())
    name = entry_id(ticket.code, salt)
    return SealedEntry(entry=name, sealed=sealed(_content(ticket), key, name.encode()))


def sealed(content: bytes, key: bytes, label: bytes) -> str:
    """Return nonce, ciphertext and tag of `content` sealed by `key` (32 bytes) under `label`, in base64url.

    The nonce is a keyed hash of the content, so one key never meets one nonce with two contents, and the same content
    is the same text again.
    """
    nonce = hmac.digest(key, content, hashlib.sha256)[:_NONCE_BYTES]
    return encoded(nonce + AESGCM(key).encrypt(nonce, content, label))


def filled(content: bytes, block_bytes: int) -> bytes:
    """Return JSON filled up with blanks to a multiple of `block_bytes`, so that its length tells nothing."""
    return content + b" " * (-len(content) % block_bytes)


def encoded(value: bytes) -> str:
    """Return `value` in base64url without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _content(ticket: RosterTicket) -> bytes:
    content = {
        "needs": ticket.needs,
        "persons": ticket.persons,
        "reference": ticket.reference,
        "state": ticket.state,
        "version": ticket.version,
    }
    return filled(_JSON.encode(content).encode(), _BLOCK_BYTES)


def _state(ticket: TicketRow, generation: int) -> EntryState:
    if not ticket.is_valid:
        return EntryState.REVOKED
    return EntryState.VALID if generation == ticket.generation else EntryState.REPLACED
