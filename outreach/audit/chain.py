"""The keyed chain over audit rows (promises.md 5). In: rows, links and the anchored head. Out: links to add, or faults.

The head's sequence and HMAC are anchored outside the database after each linking, so that a cut tail shows. What this
cannot show: a row that was taken out in the seconds before it was linked.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.audit.entry import FIRST_LINK, EntryFacts, link_mac


class FaultKind(StrEnum):
    """What was done to the trail."""

    EDITED = "edited"
    MISSING = "missing"
    MOVED = "moved"
    CUT = "cut"
    UNANCHORED = "unanchored"


@dataclass(frozen=True)
class Fault:
    """One place where the trail is not as it was written. `sequence` is None for a row that is not yet linked."""

    kind: FaultKind
    sequence: int | None
    entry_id: int | None = None


@dataclass(frozen=True)
class Head:
    """The last link: its number, 0 for an empty chain, and its HMAC."""

    sequence: int
    mac: bytes

    def to_json(self) -> str:
        """Return the head as it is anchored."""
        return json.dumps({"sequence": self.sequence, "mac": self.mac.hex()})

    @classmethod
    def from_json(cls, text: str) -> "Head":
        """Return the head that `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        values = json.loads(text)
        return cls(sequence=int(values["sequence"]), mac=bytes.fromhex(values["mac"]))


EMPTY = Head(0, FIRST_LINK)


@dataclass(frozen=True)
class SealedEntry:
    """An audit row with the HMAC that it was stored with."""

    facts: EntryFacts
    mac: bytes


@dataclass(frozen=True)
class Link:
    """One link as stored: its number, the row it points at, its HMAC, and that row if it is still there."""

    sequence: int
    entry_id: int
    mac: bytes
    entry: SealedEntry | None


def next_links(key: bytes, head: Head, entries: Iterable[tuple[int, bytes]]) -> Iterator[Head]:
    """Yield the link of each (row id, row HMAC) in `entries`, which come after `head` in this order."""
    for entry_id, entry_mac in entries:
        sequence = head.sequence + 1
        mac = link_mac(key, sequence=sequence, entry_id=entry_id, entry_mac=entry_mac, before=head.mac)
        head = Head(sequence, mac)
        yield head


def faults(
    key: bytes, *, links: Iterable[Link], unlinked: Iterable[SealedEntry], anchor: Head | None
) -> Iterator[Fault]:
    """Yield each fault of the chain `links` (by sequence), of rows not yet linked, and against the anchored head.

    `anchor` None: none was found. After a missing link the chain goes on from what is stored, so one fault shows once.
    """
    head = EMPTY
    was_anchored = anchor is None or anchor == EMPTY
    for link in links:
        yield from _link_faults(key, head, link)
        head = Head(link.sequence, link.mac)
        was_anchored = was_anchored or head == anchor
    for entry in unlinked:
        if not _is_genuine(key, entry):
            yield Fault(FaultKind.EDITED, None, entry.facts.id)
    if anchor is None and head != EMPTY:
        yield Fault(FaultKind.UNANCHORED, head.sequence)
    if anchor and not was_anchored:
        yield Fault(FaultKind.CUT, anchor.sequence)


def _link_faults(key: bytes, head: Head, link: Link) -> Iterator[Fault]:
    for sequence in range(head.sequence + 1, link.sequence):
        yield Fault(FaultKind.MISSING, sequence)
    if link.entry is None:
        yield Fault(FaultKind.MISSING, link.sequence, link.entry_id)
        return
    if not _is_genuine(key, link.entry):
        yield Fault(FaultKind.EDITED, link.sequence, link.entry_id)
    expected = link_mac(key, sequence=link.sequence, entry_id=link.entry_id, entry_mac=link.entry.mac, before=head.mac)
    is_whole = hmac.compare_digest(link.mac, expected)
    if link.sequence == head.sequence + 1 and not is_whole:
        yield Fault(FaultKind.MOVED, link.sequence, link.entry_id)


def _is_genuine(key: bytes, entry: SealedEntry) -> bool:
    return hmac.compare_digest(entry.mac, entry.facts.mac(key))
