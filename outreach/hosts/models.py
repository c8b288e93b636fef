"""Who is a host of which event, and what an event's hosts are told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, KeyedHash, Model, SealedText, UtcDateTime
from outreach.events.models import Event


class EventHost(Model):
    """One host of one event. `selector` and `generation` make the link.

    `agreed_at_utc`, `no_at_utc`: yes to being written to, and when it ended. `wording`: which words they said yes to
    (`host.WORDING`). `sends`: how often the link was sent; `sent_at_utc`: when last, None while it was not, or since
    there is a new one.
    """

    __tablename__ = "event_host"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    selector: Mapped[str] = mapped_column(String(12), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=0)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"))
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(12), default="nb")
    wording: Mapped[int] = mapped_column(Integer)
    agreed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    no_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sends: Mapped[int] = mapped_column(Integer, default=0)
    sent_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    name = SealedText("name_sealed")
    contact = SealedText("contact_sealed")

    event: Mapped[Event] = relationship()

    __table_args__ = (
        UniqueConstraint("event_id", "contact_hash"),
        CheckConstraint("channel in ('email','sms')", name="channel_known"),
    )

    @property
    def may_be_written_to(self) -> bool:
        """Say whether the consent and the link are in force."""
        return self.no_at_utc is None and self.withdrawn_at_utc is None


class HostNotes(Model):
    """What the organiser tells the hosts of an event: keys, a telephone number, where the boxes stand."""

    __tablename__ = "host_notes"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    text = SealedText("text_sealed")
