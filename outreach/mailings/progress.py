"""How a message of a mailing stands, as it is said on a page and as it is part of an address. Pure."""

from outreach.messages.outbox_words import CHANNEL_WORDS, REASON_WORDS, STATE_WORDS
from outreach.outbox.states import Channel, Reason, State

Standing = tuple[str, str, str]
STANDING_TONES = {
    State.QUEUED.value: "neutral",
    State.CLAIMED.value: "info",
    State.HANDED_OVER.value: "success",
    State.DELIVERED.value: "success",
    State.FAILED.value: "danger",
    State.BOUNCED.value: "danger",
    State.WITHHELD.value: "neutral",
    State.UNCERTAIN.value: "warning",
}
_BETWEEN = "."


def standing_of(text: str) -> Standing | None:
    """Return (channel, state, reason) of a part of an address such as "email.withheld.answered", or None."""
    parts = text.split(_BETWEEN)
    if len(parts) != 3:
        return None
    channel, state, reason = parts
    is_known = channel in set(Channel) and state in set(State) and (not reason or reason in set(Reason))
    return (channel, state, reason) if is_known else None


def standing_text(standing: Standing) -> str:
    """Return `standing` as part of an address."""
    return _BETWEEN.join(standing)


def standing_words(standing: Standing) -> tuple[str, ...]:
    """Return bokmål source texts for channel, state and, where there is one, reason."""
    channel, state, reason = standing
    words = (CHANNEL_WORDS[channel], STATE_WORDS[state], REASON_WORDS.get(reason, ""))
    return tuple(word for word in words if word)
