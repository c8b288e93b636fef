"""Places on waiting lists: one row for each invitation that ever waited, with the offer that it has or had last."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime
from outreach.rsvp.seats.seat_kinds import Seats


class WaitPlace(Model):
    """One party's place. `state`: a `queue_order.PlaceState`. `number` orders the queue of the event; who comes back
    after an offer that ended, or becomes more, gets a new one. An open offer's seats are counted in `seat_count.held`.

    `told_by`: an `offer_times.ToldBy` value, "" before the first offer. `freed_why`, `freed_by_id`, `freed_at_utc`:
    what made the offered places free, which invitation, when. `override_reason`: an `override.Reason`, else "".
    """

    __tablename__ = "wait_place"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    number: Mapped[int] = mapped_column(Integer)
    persons: Mapped[int] = mapped_column(Integer)
    children: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    wheelchairs: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    state: Mapped[str] = mapped_column(String(10))
    passed: Mapped[int] = mapped_column(Integer, default=0)
    joined_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    offers: Mapped[int] = mapped_column(Integer, default=0)
    told_by: Mapped[str] = mapped_column(String(10), default="")
    offered_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    freed_why: Mapped[str] = mapped_column(String(12), default="")
    freed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="SET NULL"), index=True)
    freed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    override_reason: Mapped[str] = mapped_column(String(12), default="")
    closed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def seats(self) -> Seats:
        """Return what it waits for, was offered or got, by kind."""
        return Seats(self.persons, self.children, self.wheelchairs)

    @seats.setter
    def seats(self, wanted: Seats) -> None:
        self.persons, self.children, self.wheelchairs = wanted.persons, wanted.children, wanted.wheelchairs

    __table_args__ = (
        CheckConstraint("state in ('waiting','offered','seated','left','expired')", name="state_known"),
        CheckConstraint("persons > 0", name="persons_positive"),
        UniqueConstraint("event_id", "number"),
        Index("ix_wait_place_event_id_state_number", "event_id", "state", "number"),
        Index("ix_wait_place_state_ends_at_utc", "state", "ends_at_utc"),
    )
