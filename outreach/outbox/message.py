"""What a capability hands to the outbox, and how purposes and recipients are spelt. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from outreach.outbox.states import Channel, Reason


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message to queue. `references` are the composer's arguments: ids and dates only, nothing personal.

    One row per (purpose, recipient, channel) is ever kept. `due_at_utc` None: as soon as possible. `withheld`: known
    already not to leave, and why; the row is kept all the same, so that lists add up.
    """

    purpose: str
    recipient: str
    channel: Channel
    kind: str
    language: str = "nb"
    references: dict[str, int | str] = field(default_factory=dict)
    event_id: int | None = None
    due_at_utc: datetime | None = None
    withheld: Reason | None = None


def invitation_recipient(invitation_id: int) -> str:
    """Return the `recipient` of everything that is sent to one invitation's household."""
    return f"invitation:{invitation_id}"


# Letters of an invitation by wave. A reminder has a kind of its own, so that whoever counts invitations by their letter
# counts each once.
FIRST_WAVE, REMINDER_WAVE = 1, 2
LETTER_KINDS = {FIRST_WAVE: "invitation_letter", REMINDER_WAVE: "invitation_reminder"}


def letter_purpose(event_id: int, wave: int) -> str:
    """Return the `purpose` of the letters of one wave. With the recipient it is unique: nobody gets two of a wave."""
    return f"invitation:{event_id}:{wave}"


def invitation_letter(*, invitation_id: int, event_id: int, wave: int = FIRST_WAVE, language: str = "nb") -> NewMessage:
    """Return the letter that asks one household to one event: what `flask letters build` prints."""
    return NewMessage(
        purpose=letter_purpose(event_id, wave),
        recipient=invitation_recipient(invitation_id),
        channel=Channel.LETTER,
        kind=LETTER_KINDS[wave],
        language=language,
        references={"invitation_id": invitation_id},
        event_id=event_id,
    )
