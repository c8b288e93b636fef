"""What a phone is told, as JSON values: roster, changes, what became of its scans (promises.md 8).

In: values of the fold and sealed entries. Out: dicts ready for JSON. Nothing here names a guest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from outreach.checkin.admission import ScanClass, UnknownReason
from outreach.checkin.headcount import Clash, Headcount
from outreach.checkin.roster import SealedEntry
from outreach.checkin.scan_merge import Earlier, GroupState, Outcome
from outreach.checkin.scan_ticket import TicketRow

# A scan can be committed after one that was received later; asking a little further back misses none.
OVERLAP = timedelta(seconds=15)
_MOST_VERSION_CHARACTERS = 60
_ENDING_CHARACTERS = 4


class ScanAnswer(msgspec.Struct, frozen=True):
    """What became of one scan. Without `outcome` it is not stored, and `fault` says why in words."""

    scan_id: str
    outcome: Outcome | None
    reason: UnknownReason | None
    is_replaced: bool
    fault: str


def utc_text(moment: datetime) -> str:
    """Return `moment` in UTC with milliseconds, as browsers write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def version_text(newest_utc: datetime | None, *counts: int) -> str:
    """Return a version that names a state: the newest moment in it, in milliseconds, and how much there is."""
    milliseconds = int(newest_utc.timestamp() * 1000) if newest_utc else 0
    return "-".join(str(part) for part in (milliseconds, *counts))


def moment_of_version(version: str) -> datetime | None:
    """Return from when on to ask again after `version`, a little early; None when it is none of ours: ask for all."""
    milliseconds = version.partition("-")[0]
    if len(version) > _MOST_VERSION_CHARACTERS or not (milliseconds.isascii() and milliseconds.isdigit()):
        return None
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) - OVERLAP
    except (OverflowError, ValueError, OSError):
        return None


def entries_json(entries: Iterable[SealedEntry]) -> list[dict[str, str]]:
    """Return roster entries as the phone keeps them."""
    return [{"entry": entry.entry, "sealed": entry.sealed} for entry in entries]


def scan_json(answer: ScanAnswer) -> dict[str, Any]:
    """Return the answer to one scan of an upload."""
    if answer.outcome is None:
        return {"scan_id": answer.scan_id, "stored": False, "error": answer.fault}
    told: dict[str, Any] = {
        "scan_id": answer.scan_id,
        "stored": True,
        "class": answer.outcome.scan_class,
        "earlier": earlier_json(answer.outcome.earlier),
    }
    if answer.outcome.scan_class == ScanClass.UNKNOWN and answer.reason:
        told["reason"] = answer.reason
    if answer.outcome.scan_class == ScanClass.REVOKED:
        told["reason"] = "replaced" if answer.is_replaced else "revoked"
    return told


def earlier_json(earlier: Earlier | None) -> dict[str, str] | None:
    """Return where and when the scan before was."""
    return {"door": earlier.door, "at_utc": utc_text(earlier.at_utc)} if earlier else None


def clash_json(clash: Clash, ending: str) -> dict[str, Any]:
    """Return a clash with both doors; `ending` is that of the ticket's code."""
    return {
        "id": clash.later.scan_id,
        "ticket_ending": ending,
        "persons": clash.persons,
        "doors": [
            {"scan_id": side.scan_id, "door": side.door, "at_utc": utc_text(side.at_utc)}
            for side in (clash.earlier, clash.later)
        ],
    }


def clashes_json(
    found: Sequence[Clash], tickets: Iterable[TicketRow], code_of: Callable[[str, int], str]
) -> list[dict[str, Any]]:
    """Return clashes as phones are told them; `code_of` computes the code of a selector and generation."""
    return [clash_json(clash, ending) for clash, ending in with_endings(found, tickets, code_of)]


def with_endings(
    found: Sequence[Clash], tickets: Iterable[TicketRow], code_of: Callable[[str, int], str]
) -> list[tuple[Clash, str]]:
    """Return each clash with the last characters of its ticket's code, which tell people which ticket it is."""
    # Pages and phones ask every second or two, and most evenings have thousands of tickets and no clash.
    by_group = {ticket.group: ticket for ticket in tickets} if found else {}
    rows = [(clash, by_group[clash.group]) for clash in found]
    return [(clash, code_of(row.selector, row.generation)[-_ENDING_CHARACTERS:]) for clash, row in rows]


def headcount_json(count: Headcount) -> dict[str, Any]:
    """Return who is inside: in all, by the door they came in at; and how many have been in."""
    return {"total": count.total, "arrived": count.arrived, "doors": count.doors}


def admissions_json(groups: Mapping[str, GroupState], entry_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return for each ticket in `entry_of` (group → roster entry) how many are inside on it, since when and where."""
    told = []
    for group, entry in sorted(entry_of.items(), key=lambda pair: pair[1]):
        state = groups.get(group)
        first = state.entered[0] if state and state.entered else None
        told.append({"entry": entry, "inside": state.inside if state else 0, **(earlier_json(first) or {})})
    return told
