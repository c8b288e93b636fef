"""The guests' names as a phone may keep them: one sealed piece that opens with the shift's PIN alone.

In: tickets with the names of those who come on them. Out: base64url of nonce and ciphertext (AES-256-GCM, NIST SP
800-38D). The phone opens it into its memory only (static/checkin/name_index.js).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from outreach.checkin.roster import filled, sealed

LABEL = b"treffpunkt door names"
# Filled up to a multiple of this, so that the length does not count the guests.
_BLOCK_BYTES = 4096


@dataclass(frozen=True)
class Comer:
    """One person who comes: the name as it is said, and whether it is an adult."""

    name: str
    is_adult: bool


@dataclass(frozen=True)
class Party:
    """Those who come on one ticket, in the order of the letter. `surname` is the first one's, to sort by."""

    ticket_id: int
    selector: str
    generation: int
    persons: int
    surname: str
    comers: tuple[Comer, ...]


@dataclass(frozen=True)
class NamedTicket:
    """A ticket as it is found by name. The other fields are the roster's; nothing here opens a guest's page."""

    names: tuple[str, ...]
    entry: str
    reference: str
    persons: int
    needs: str = ""


def names_for_door(comers: Sequence[Comer]) -> tuple[str, ...]:
    """Return the names by which a party is found: its adults; without one, the first. A phone needs no more."""
    adults = tuple(comer.name for comer in comers if comer.is_adult)
    return adults or tuple(comer.name for comer in comers[:1])


def sealed_index(tickets: Iterable[NamedTicket], key: bytes) -> str:
    """Return the index of `tickets` sealed by `key` (32 bytes). The same content is the same text again."""
    guests = sorted((asdict(ticket) for ticket in tickets), key=lambda guest: str(guest["entry"]))
    text = json.dumps({"guests": guests}, ensure_ascii=False, separators=(",", ":")).encode()
    return sealed(filled(text, _BLOCK_BYTES), key, LABEL)
