"""What a gateway tells us: what became of a text message, and what somebody answered. Pure.

In: a JSON object as it came. Out: a receipt or a reply; a fault when it is neither. Words for no are those that
Norwegian gateways ask for, and their kin; anything else is a message to a person, which is not ours to keep.
"""

import re
from dataclasses import dataclass
from typing import Any

from outreach.errors import N_, OutreachError
from outreach.outbox.states import Reason, State

_FATES = {
    "delivered": (State.DELIVERED, None),
    "failed": (State.BOUNCED, Reason.BOUNCED_PERMANENT),
    "rejected": (State.BOUNCED, Reason.BOUNCED_PERMANENT),
    "undeliverable": (State.BOUNCED, Reason.BOUNCED_PERMANENT),
    "expired": (State.BOUNCED, Reason.BOUNCED_TEMPORARY),
}
_NO = re.compile(r"(stop+|slutt|avslutt|avmeld|unsubscribe)\b", re.IGNORECASE)
_MOST_CHARACTERS = 2_000


class GatewayWordError(OutreachError):
    """What the gateway sent is no object of the agreed shape."""

    message = N_("Meldingen fra SMS-tjenesten har feil form.")
    http_status = 422


@dataclass(frozen=True)
class SmsReceipt:
    """What became of the outbox row `row_id`; `state` None: still on its way."""

    row_id: int
    state: State | None
    reason: Reason | None = None


@dataclass(frozen=True)
class SmsReply:
    """Who answered, and whether it was a no."""

    number: str
    is_no: bool


def read_receipt(body: Any) -> SmsReceipt:
    """Return the receipt in `body`: {"reference", "status"}. Raises GatewayWordError."""
    reference, status = _text(body, "reference"), _text(body, "status")
    if not re.fullmatch(r"[0-9]{1,19}", reference) or not 0 < int(reference) < 2**63:
        raise GatewayWordError
    state, reason = _FATES.get(status.lower(), (None, None))
    return SmsReceipt(int(reference), state, reason)


def read_reply(body: Any) -> SmsReply:
    """Return the reply in `body`: {"from", "text"}. Raises GatewayWordError."""
    return SmsReply(number=_text(body, "from"), is_no=_NO.match(_text(body, "text").strip()) is not None)


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or len(value) > _MOST_CHARACTERS:
        raise GatewayWordError
    return value
