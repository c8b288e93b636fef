"""What a scanned or typed text points at. In: the text, and the tickets that could fit. Out: a ticket, or why none.

A phone that knows the ticket sends a reference instead of the code, so that a code never waits on a phone: a reference
opens no page. A code of an earlier generation still finds its ticket, and is then told as replaced.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from outreach.checkin.admission import UnknownReason
from outreach.checkin.scan_merge import TicketStanding
from outreach.errors import OutreachError
from outreach.formats import short_code

_REFERENCE = "ref:"
_TICKET_GROUP = "ticket:"
_MOST_ID = 2**63 - 1
_MOST_GENERATION = 10_000


class TicketRow(msgspec.Struct, frozen=True):
    """A ticket as the door needs it. `event_id` may be another event's."""

    id: int
    event_id: int
    selector: str
    generation: int
    is_valid: bool
    persons: int
    version: int
    changed_at_utc: datetime

    @property
    def group(self) -> str:
        """Return the name under which scans of this ticket are folded."""
        return group_of_ticket(self.id)

    @property
    def standing(self) -> TicketStanding:
        """Return what the fold must know. A ticket counts as revoked from its latest change on."""
        revoked_at_utc = None if self.is_valid else self.changed_at_utc
        return TicketStanding(persons=self.persons, generation=self.generation, revoked_at_utc=revoked_at_utc)


class Pointer(msgspec.Struct, frozen=True):
    """What a text could point at: a ticket id, or a selector with the whole code, or a reason why nothing."""

    ticket_id: int | None = None
    generation: int = 0
    selector: str = ""
    code: str = ""
    reason: UnknownReason | None = None


class Found(msgspec.Struct, frozen=True):
    """The ticket that was shown, with the generation of its code, or why there is none."""

    ticket: TicketRow | None = None
    generation: int = 0
    reason: UnknownReason | None = None


def group_of_ticket(ticket_id: int) -> str:
    """Return the name under which scans of a ticket are folded."""
    return f"{_TICKET_GROUP}{ticket_id}"


def ticket_id_of(group: str) -> int | None:
    """Return the ticket whose scans are folded as `group`, or None for guests without one."""
    return int(group.removeprefix(_TICKET_GROUP)) if group.startswith(_TICKET_GROUP) else None


def reference(ticket_id: int, generation: int) -> str:
    """Return what a phone may keep and send in place of a code."""
    return f"{_REFERENCE}{ticket_id}.{generation}"


def pointer(text: str) -> Pointer:
    """Return what `text` points at, before any ticket is looked up."""
    if text.startswith(_REFERENCE):
        return _referred(text.removeprefix(_REFERENCE))
    try:
        code = short_code.read(short_code.TICKET, text)
        return Pointer(selector=code.selector, code=code.text)
    except OutreachError:
        return Pointer(reason=_reason(text))


def generation_of(wanted: Pointer, tried: Iterable[int], *, code_of: Callable[[str, int], str]) -> int:
    """Return of which of the generations `tried` of its ticket `wanted` is the code, or 0."""
    for generation in tried:
        if hmac.compare_digest(code_of(wanted.selector, generation), wanted.code):
            return generation
    return 0


def match(
    wanted: Pointer,
    *,
    event_id: int,
    by_id: Mapping[int, TicketRow],
    by_selector: Mapping[str, TicketRow],
    code_of: Callable[[str, int], str],
) -> Found:
    """Return the ticket of `event_id` that `wanted` is the code of; `code_of` computes a selector's code."""
    if wanted.reason:
        return Found(reason=wanted.reason)
    if wanted.ticket_id is not None:
        ticket, generation = by_id.get(wanted.ticket_id), wanted.generation
    else:
        ticket = by_selector.get(wanted.selector)
        tried = range(ticket.generation, 0, -1) if ticket else ()
        generation = generation_of(wanted, tried, code_of=code_of)
    if ticket is None or generation == 0:
        return Found(reason=UnknownReason.NEVER_OURS)
    if ticket.event_id != event_id:
        return Found(reason=UnknownReason.OTHER_EVENT)
    return Found(ticket=ticket, generation=generation)


def _referred(text: str) -> Pointer:
    ticket_id, _, generation = text.partition(".")
    if not (_is_number(ticket_id, _MOST_ID) and _is_number(generation, _MOST_GENERATION)):
        return Pointer(reason=UnknownReason.MISTYPED)
    return Pointer(ticket_id=int(ticket_id), generation=int(generation))


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) <= most


def _reason(text: str) -> UnknownReason:
    try:
        short_code.read(short_code.INVITATION, text)
    except OutreachError:
        return UnknownReason.MISTYPED
    return UnknownReason.INVITATION
