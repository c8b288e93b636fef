"""Sign-ups without an invitation: those that wait for a confirmation, and which address a confirmed one has."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, SealedText, UtcDateTime


class OpenRequest(Model):
    """A form that waits to be confirmed; it counts for nothing and holds no seat. `details_sealed`: an
    `open_form.Party` as JSON. `token_hash` is None until the e-mail that carries the token is written."""

    __tablename__ = "open_request"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"))
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    details = SealedText("details_sealed")

    __table_args__ = (Index("ix_open_request_contact_hash_made_at_utc", "contact_hash", "made_at_utc"),)


class OpenParty(Model):
    """The address of a party that signed up itself: one address has one party for an event."""

    __tablename__ = "open_party"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"))

    __table_args__ = (UniqueConstraint("event_id", "contact_hash"),)
