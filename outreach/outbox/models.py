"""The outbox: one row per (purpose, recipient, channel), written in the transaction that decides to send."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, UtcDateTime


class OutboxMessage(Model):
    """A message to be handed over exactly once. Holds references only; the text is composed at hand-over.

    `id` is the idempotency key, the Message-ID, the SMS client reference and the letter's reference. `purpose` says
    which message of which campaign ("invitation:<event id>:1", "confirmation:<rsvp id>:3"); `recipient` whom it is for
    ("invitation:<id>"); `kind` picks the composer; `references_json` holds its arguments. States: see `states.State`.
    `attempted_at_utc` is committed before a transport is given the message, so a crash shows what may have left;
    with it the keyed hash of the address, so that a message that comes back tells which address is dead.
    """

    __tablename__ = "outbox_message"

    purpose: Mapped[str] = mapped_column(String(120))
    recipient: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12), default="nb")
    references_json: Mapped[str] = mapped_column(Text, default="{}")
    event_id: Mapped[int | None] = mapped_column(BigId, index=True)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    reason: Mapped[str] = mapped_column(String(60), default="")
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str] = mapped_column(String(60), default="")
    lease_until_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    attempted_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_over_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    subject_hash: Mapped[str | None] = mapped_column(KeyedHash(of="address"))

    __table_args__ = (
        UniqueConstraint("purpose", "recipient", "channel"),
        CheckConstraint(
            "state in ('queued','claimed','handed_over','delivered','failed','bounced','withheld','uncertain')",
            name="state_known",
        ),
        Index("ix_outbox_message_state_channel_due_at_utc_id", "state", "channel", "due_at_utc", "id"),
        Index("ix_outbox_message_recipient", "recipient"),
    )


class SendingPermit(Model):
    """The installation that may send what this database holds. A restored copy finds another's id and asks a person."""

    __tablename__ = "sending_permit"

    instance_id: Mapped[str] = mapped_column(String(40), unique=True)
    confirmed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
