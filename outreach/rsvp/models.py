"""Answers: who of the household comes, what they need, and how many seats of an event are held."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, Model, SealedText, UtcDateTime, db
from outreach.rsvp.seats.seat_kinds import Seats


class Rsvp(Model):
    """The answer to one invitation. State: attending, declined, waitlisted or cancelled. `revision` counts changes.

    `children` and `wheelchairs` are among `persons`. Brought along are `extra_children`, of whom `extra_small` are 0-5
    years old, `extra_teens` 13-17 and the others between, and `extra_adults`.
    """

    __tablename__ = "rsvp"

    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(12))
    persons: Mapped[int] = mapped_column(Integer, default=0)
    children: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    wheelchairs: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    extra_children: Mapped[int] = mapped_column(Integer, default=0)
    extra_small: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    extra_teens: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    extra_adults: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    revision: Mapped[int] = mapped_column(Integer, default=1)
    language: Mapped[str] = mapped_column(String(12), default="nb")
    answered_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    email = SealedText("email_sealed")
    mobile = SealedText("mobile_sealed")

    answers: Mapped[list["PersonAnswer"]] = relationship(
        back_populates="rsvp", cascade="all, delete-orphan", passive_deletes=True, order_by="PersonAnswer.position"
    )
    needs: Mapped[list["Need"]] = relationship(
        back_populates="rsvp", cascade="all, delete-orphan", passive_deletes=True, order_by="(Need.position, Need.kind)"
    )

    __table_args__ = (
        CheckConstraint("state in ('attending','declined','waitlisted','cancelled')", name="state_known"),
        CheckConstraint("persons >= 0", name="persons_not_negative"),
        CheckConstraint(
            "extra_small >= 0 and extra_teens >= 0 and extra_adults >= 0"
            " and extra_small + extra_teens <= extra_children",
            name="extra_bands",
        ),
        Index("ix_rsvp_event_id_state", "event_id", "state"),
    )


class PersonAnswer(Model):
    """Yes or no of one invitee."""

    __tablename__ = "person_answer"

    rsvp_id: Mapped[int] = mapped_column(BigId, ForeignKey("rsvp.id", ondelete="CASCADE"))
    invitee_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitee.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    is_coming: Mapped[bool] = mapped_column(Boolean)

    rsvp: Mapped[Rsvp] = relationship(back_populates="answers")

    __table_args__ = (UniqueConstraint("rsvp_id", "invitee_id"),)


class Need(Model):
    """What somebody needs: `kind` is an `answer.NeedKind` value; the words are sealed (GDPR art. 9).

    `position`: of the person in the party; 0 when it is the party's together, or of whom they bring along.
    """

    __tablename__ = "need"

    rsvp_id: Mapped[int] = mapped_column(BigId, ForeignKey("rsvp.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    text = SealedText("text_sealed")
    rsvp: Mapped[Rsvp] = relationship(back_populates="needs")

    __table_args__ = (UniqueConstraint("rsvp_id", "position", "kind"),)


class SeatCount(db.Model):  # type: ignore[name-defined]
    """Seats of one event: one row, changed by one conditional UPDATE, taken last in a transaction.

    `held`: by those who come and by open offers, children's and wheelchair places among them. `waiting`: parties in the
    queue; while there is one, nobody else takes a place by that UPDATE. `last_number`: of the queue.
    """

    __tablename__ = "seat_count"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    held: Mapped[int] = mapped_column(Integer, default=0)
    held_children: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    held_wheelchairs: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    waiting: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    last_number: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

    @property
    def seats(self) -> Seats:
        """Return what is held, by kind."""
        return Seats(self.held, self.held_children, self.held_wheelchairs)

    def hold(self, change: Seats) -> None:
        """Hold `change` more, or less where it is negative."""
        self.held += change.persons
        self.held_children += change.children
        self.held_wheelchairs += change.wheelchairs

    __table_args__ = (CheckConstraint("held >= 0", name="held_not_negative"),)
