"""States of an outbox row and which may follow which. Pure.

queued → claimed (lease) → handed_over → delivered | bounced; failed, withheld (with a reason) and uncertain: given to a
transport that cannot be asked when the process died. An uncertain row is never sent again by itself. A receipt may
come early, or about a row that was thought lost: whatever a transport was ever given can turn out to be delivered. A
letter that the post brought back is bounced; only a person's own act sends it once more, or says that it was no return
after all. Files of letters that nobody fetched before they were erased leave uncertain letters.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"
    WITHHELD = "withheld"
    UNCERTAIN = "uncertain"


class Channel(StrEnum):
    """How a message travels. SVARUT: a letter that KS SvarUt delivers to a digital mailbox or prints."""

    LETTER = "letter"
    SVARUT = "svarut"
    EMAIL = "email"
    SMS = "sms"


class Reason(StrEnum):
    """Why a message was withheld, failed or is waiting again."""

    PROTECTED = "by_hand"
    ERASED = "erased"
    SUPPRESSED = "suppressed"
    REVOKED = "revoked"
    EVENT_CANCELLED = "event_cancelled"
    EVENT_OVER = "event_over"
    TOO_LATE = "too_late"
    MOVED_AWAY = "moved_away"
    NO_ADDRESS = "no_address"
    REPLACED = "replaced"
    ANSWERED = "answered"
    NOT_COMING = "not_coming"
    PAUSED = "paused"
    CALLED_OFF = "called_off"
    NO_COMPOSER = "no_composer"
    CANNOT_COMPOSE = "cannot_compose"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    TEMPORARY = "temporary"
    DECIDED_DELIVERED = "decided_delivered"
    DECIDED_RESEND = "decided_resend"
    DECIDED_DROP = "decided_drop"
    BOUNCED_PERMANENT = "bounced_permanent"
    BOUNCED_TEMPORARY = "bounced_temporary"
    NEW_ADDRESS = "new_address"
    NOT_REGISTERED = "not_registered"
    REJECTED = "rejected"
    NOT_WANTED = "not_wanted"
    SWAPPED = "swapped"


class Decision(StrEnum):
    """What a person may say of a doubtful message: send again; it came; it was not sent and shall not be."""

    RESEND = "resend"
    DELIVERED = "delivered"
    DROP = "drop"


_RECEIPT = {State.DELIVERED, State.BOUNCED}
_NEXT = {
    State.QUEUED: {State.CLAIMED, State.WITHHELD} | _RECEIPT,
    State.CLAIMED: {State.QUEUED, State.HANDED_OVER, State.FAILED, State.WITHHELD, State.UNCERTAIN} | _RECEIPT,
    State.UNCERTAIN: {State.QUEUED, State.HANDED_OVER, State.FAILED} | _RECEIPT,
    State.HANDED_OVER: _RECEIPT,
    State.DELIVERED: {State.BOUNCED},
    State.WITHHELD: {State.QUEUED} | _RECEIPT,
    State.FAILED: _RECEIPT,
    State.BOUNCED: set(),
}
# Of a letter, by a person's word or because its files went unfetched: paper sends no receipts.
_SAID = {
    State.HANDED_OVER: {State.BOUNCED, State.UNCERTAIN},
    State.DELIVERED: {State.BOUNCED},
    State.UNCERTAIN: {State.BOUNCED},
    State.BOUNCED: {State.QUEUED, State.HANDED_OVER, State.DELIVERED, State.UNCERTAIN},
}
OPEN = frozenset({State.QUEUED, State.CLAIMED})
# What the sender takes one by one; letters to be printed are made batch by batch.
SENT_BY_WORKER = (Channel.EMAIL, Channel.SMS, Channel.SVARUT)


def may_follow(now: State, then: State) -> bool:
    """Say whether a row in state `now` may go to `then`."""
    return then in _NEXT[now]


def may_be_said(now: State, then: State) -> bool:
    """Say whether a person may say of a letter in state `now` that it is `then`: back, not back, to print again."""
    return then in _SAID.get(now, set())
