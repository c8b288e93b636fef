"""One invitation per household and event, and the persons it asks. The code is computed, never stored."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, Model, SealedText, UtcDateTime
from outreach.events.models import Event


class Invitation(Model):
    """What a household was sent. `selector` finds it; its code is HMAC(link key, selector, generation) (short_code.py).

    `household_id` is plain so that re-grouping never touches what was sent. Raising `generation` replaces the code.
    `is_signed_up`: nobody asked them; they signed up themselves, and we do not look who of the register they are.
    `lives_in`: where those at home say that the one whom a letter asks lives now, "" where nothing was said.
    """

    __tablename__ = "invitation"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    household_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("household.id", ondelete="SET NULL"), index=True)
    selector: Mapped[str] = mapped_column(String(8), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(12), default="active")
    language: Mapped[str] = mapped_column(String(12), default="nb")
    is_signed_up: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    lives_in: Mapped[str] = mapped_column(String(20), default="", server_default="")
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship(lazy="joined", innerjoin=True)
    invitees: Mapped[list["Invitee"]] = relationship(
        back_populates="invitation", order_by="Invitee.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        UniqueConstraint("event_id", "household_id"),
        CheckConstraint("state in ('active','revoked','erased')", name="state_known"),
        Index("ix_invitation_event_id_state", "event_id", "state"),
    )


class Invitee(Model):
    """One person of an invitation. `position` is the order in the letter, from 1: adults first.

    `name`: what those who signed up themselves call them; None of those whom the register names.
    """

    __tablename__ = "invitee"

    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    name = SealedText("name_sealed")
    invitation: Mapped[Invitation] = relationship(back_populates="invitees")

    __table_args__ = (UniqueConstraint("invitation_id", "position"), UniqueConstraint("event_id", "person_id"))
