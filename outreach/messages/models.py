"""Who must not be written to, which letter files were made, who released what, and what SvarUt calls our letters."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, UtcDateTime


class Suppression(Model):
    """Do not write to me: a keyed hash of the identity or the address, per purpose ("all" or a message kind)."""

    __tablename__ = "suppression"

    subject_hash: Mapped[str] = mapped_column(KeyedHash())
    purpose: Mapped[str] = mapped_column(String(40), default="all")
    source: Mapped[str] = mapped_column(String(20))
    since_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("subject_hash", "purpose"),)


class LetterBatch(Model):
    """One hand-over of letters for print. `release_reference` is what `flask mailings release` takes.

    `folder` is where the files go; `attempted_at_utc` is committed before the first file is moved there, so that a
    build that died can tell what may have been taken by the printer. `wave`: 1 the invitation, 2 the reminder.
    """

    __tablename__ = "letter_batch"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    release_reference: Mapped[str] = mapped_column(String(20), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    letter_count: Mapped[int] = mapped_column(Integer)
    made_by_id: Mapped[int | None] = mapped_column(BigId)
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(BigId)
    released_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    folder: Mapped[str] = mapped_column(String(500), default="")
    is_reprint: Mapped[bool] = mapped_column(Boolean, default=False)
    wave: Mapped[int] = mapped_column(Integer, default=1)
    attempted_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_over_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_letter_batch_event_id_made_at_utc", "event_id", "made_at_utc"),)


class LetterShipment(Model):
    """One letter that KS SvarUt took: `shipment_id` is SvarUt's own id of it, `status` what it last said of it
    (`shipments.Status`; empty: not asked yet). `next_look_at_utc` None: there is nothing more to ask.
    """

    __tablename__ = "letter_shipment"

    message_id: Mapped[int] = mapped_column(BigId, unique=True)
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    shipment_id: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), default="")
    status_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_look_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
