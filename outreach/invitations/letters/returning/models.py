"""Letters that came back, and what was done about each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, SealedText, UtcDateTime


class ReturnedLetter(Model):
    """One letter that the post brought back. `reason` and `outcome`: see `returned.py`.

    `was_state` is what its outbox row was before, for undoing; the row itself is "bounced" from then on.
    `address_sealed` is JSON of a `PostalAddress` that somebody typed: where the new letter goes instead. Who acts is
    None where a command did.
    """

    __tablename__ = "returned_letter"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int] = mapped_column(BigId)
    reason: Mapped[str] = mapped_column(String(12))
    was_state: Mapped[str] = mapped_column(String(20))
    returned_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    returned_by_id: Mapped[int | None] = mapped_column(BigId)
    outcome: Mapped[str] = mapped_column(String(12))
    decided_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    address = SealedText("address_sealed")

    __table_args__ = (
        CheckConstraint("reason in ('moved','unknown','incomplete','refused','deceased','other')", name="reason_known"),
        CheckConstraint("outcome in ('open','reached','again','closed')", name="outcome_known"),
        Index("ix_returned_letter_event_id_outcome", "event_id", "outcome"),
        Index("ix_returned_letter_returned_by_id_returned_at_utc", "returned_by_id", "returned_at_utc"),
    )
