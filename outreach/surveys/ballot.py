"""The link of a survey: a ballot that belongs to one ticket, and nobody can say to which without the key. Pure.

In: MACs under the installation's link key. Out: the token of the link. The ballot (80 bits) is computed from the
ticket, so that a ticket has one however often it is sent; the stamp (80 bits) shows that it is ours and of which event,
so that no ticket is looked up when an answer comes. After the tickets are erased nothing leads from a ballot to one.
"""

import base64
import hmac
from collections.abc import Callable

from outreach.formats.short_code import TICKET

Mac = Callable[[str, str], bytes]
_PART_BYTES = 10
_PART_LENGTH = 16


def token_of(ticket_code: str, event_id: int, mac: Mac) -> str:
    """Return the token (32 small letters and digits) for the ticket with `ticket_code`, however often it was replaced.

    `mac(purpose, text)` is 32 bytes under the link key.
    """
    ballot = _text(mac("survey-ballot", ticket_code[: TICKET.selector_length]))
    return ballot + _stamp(ballot, event_id, mac)


def ballot_in(token: str, event_id: int, mac: Mac) -> str | None:
    """Return the ballot in `token`, None when it is none of ours for the event."""
    ballot, stamp = token[:_PART_LENGTH].lower(), token[_PART_LENGTH:].lower()
    return ballot if hmac.compare_digest(stamp.encode(), _stamp(ballot, event_id, mac).encode()) else None


def _stamp(ballot: str, event_id: int, mac: Mac) -> str:
    return _text(mac("survey-stamp", f"{event_id}:{ballot}"))


def _text(mac: bytes) -> str:
    return base64.b32encode(mac[:_PART_BYTES]).decode().lower()
