"""Doubtful messages as batches: same event, same kind, same channel, same doubt. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outreach.errors import N_
from outreach.formats.whole_numbers import is_row_number
from outreach.outbox.states import Channel, Decision


class Doubt(StrEnum):
    """Why a person must decide: the program stopped while it sent, or the message is long past due."""

    MAY_HAVE_LEFT = "usikkert"
    TOO_LATE = "for-sent"


DOUBT_WORDS: dict[Doubt, str] = {
    Doubt.MAY_HAVE_LEFT: N_("Programmet stoppet mens meldingen ble sendt. Vi vet ikke om den kom fram."),
    Doubt.TOO_LATE: N_("Meldingen skulle vært sendt for lenge siden. Den er ikke sendt."),
}


DECISIONS: dict[Doubt, tuple[Decision, ...]] = {
    Doubt.MAY_HAVE_LEFT: (Decision.DELIVERED, Decision.RESEND),
    Doubt.TOO_LATE: (Decision.DROP, Decision.RESEND),
}


@dataclass(frozen=True)
class BatchKey:
    """What the messages of a batch have in common. `event_id` 0: about no event."""

    event_id: int
    kind: str
    channel: Channel
    doubt: Doubt

    @property
    def token(self) -> str:
        """Return the key as a part of an address: "rsvp_confirmation.email.usikkert.17"."""
        return f"{self.kind}.{self.channel.value}.{self.doubt.value}.{self.event_id}"

    @classmethod
    def from_token(cls, token: str) -> "BatchKey | None":
        """Return the key whose token this is, None for anything else."""
        kind, _, rest = token.partition(".")
        channel, _, rest = rest.partition(".")
        doubt, _, event = rest.partition(".")
        if channel not in list(Channel) or doubt not in list(Doubt) or not is_row_number(event):
            return None
        return cls(int(event), kind, Channel(channel), Doubt(doubt))


@dataclass(frozen=True)
class Batch:
    """A batch with how many messages it has and when the first and the last of them were made."""

    key: BatchKey
    event_title: str
    number: int
    first_at_utc: datetime
    last_at_utc: datetime


@dataclass(frozen=True)
class Doubtful:
    """One message of a batch: whom it is for (`recipient` as in the outbox) and when it was made and tried."""

    id: int
    recipient: str
    created_at_utc: datetime
    attempted_at_utc: datetime | None
