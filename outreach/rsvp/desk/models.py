"""What somebody said at the front desk or on the phone, sealed, beside their household's invitation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, SealedText, UtcDateTime


class DeskNote(Model):
    """One note. `way`: a `desk.Way` value. It may tell anything, so it is sealed and goes with the event's people."""

    __tablename__ = "desk_note"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    noted_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[int | None] = mapped_column(BigId)
    way: Mapped[str] = mapped_column(String(10))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    text = SealedText("text_sealed")

    __table_args__ = (CheckConstraint("way in ('phone','visit','letter')", name="way_known"),)
