"""Partner organisations, who speaks for them, what they take part in and what they offer."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from outreach.database import BigId, Model, SealedText, UtcDateTime
from outreach.events.models import Event


class Organisation(Model):
    """One partner. `kind`: see `organisation.py`. `about`, `website` and `logo` are its own, for everybody to see.

    `logo` is a PNG that we drew anew, `logo_mark` tells one from the next. `standing`: what Enhetsregisteret said last
    (`standing.py`), "" when it was not asked.
    """

    __tablename__ = "partner_organisation"

    name: Mapped[str] = mapped_column(String(160))
    number: Mapped[str | None] = mapped_column(String(9), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(400), default="")
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    logo_mark: Mapped[str] = mapped_column(String(16), default="")
    standing: Mapped[str] = mapped_column(String(12), default="")
    register_name: Mapped[str] = mapped_column(String(200), default="")
    register_asked_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    contacts: Mapped[list["Contact"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Contact.created_at_utc, Contact.id"
    )

    __table_args__ = (
        CheckConstraint("kind in ('business','club','public','council','retailers')", name="kind_known"),
        CheckConstraint("standing in ('','active','bankrupt','closing','gone','unknown')", name="standing_known"),
    )


class Contact(Model):
    """Somebody who speaks for a partner. `agreed_at_utc`, `no_at_utc`: yes to being written to, and when it ended.

    `wording`: which words they said yes to (`organisation.WORDING`), 0 for none.
    """

    __tablename__ = "partner_contact"

    organisation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("partner_organisation.id", ondelete="CASCADE"), index=True
    )
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    role_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(12), default="nb")
    wording: Mapped[int] = mapped_column(Integer, default=0)
    agreed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    no_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    name = SealedText("name_sealed")
    role = SealedText("role_sealed")
    email = SealedText("email_sealed")
    phone = SealedText("phone_sealed")

    @property
    def may_be_written_to(self) -> bool:
        """Say whether the consent is in force."""
        return self.agreed_at_utc is not None and self.no_at_utc is None


class Participation(Model):
    """A partner at an event. `role`, `state`: see `participation.py`. `selector` and `generation` make its link.

    `asked_at_utc`: when the invitation was queued, None before; `reminded_at_utc`: when the reminder was.
    """

    __tablename__ = "participation"

    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("partner_organisation.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("partner_contact.id", ondelete="SET NULL"), index=True
    )
    role: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    selector: Mapped[str] = mapped_column(String(12), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=0)
    asked_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs_power: Mapped[bool] = mapped_column(Boolean, default=False)
    needs_screen: Mapped[bool] = mapped_column(Boolean, default=False)
    tables: Mapped[int] = mapped_column(Integer, default=1)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    place: Mapped[str] = mapped_column(String(40), default="")
    slot_title: Mapped[str] = mapped_column(String(120), default="")
    slot_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    note = SealedText("note_sealed")

    organisation: Mapped[Organisation] = relationship()
    event: Mapped[Event] = relationship()
    contact: Mapped[Contact | None] = relationship(passive_deletes=True)
    tasks: Mapped[list["PartnerTask"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="PartnerTask.due_on, PartnerTask.id"
    )

    __table_args__ = (
        UniqueConstraint("organisation_id", "event_id", "role"),
        CheckConstraint("role in ('host','stand','speaker','sponsor')", name="role_known"),
        CheckConstraint("state in ('asked','confirmed','declined','withdrawn')", name="state_known"),
        CheckConstraint("tables between 0 and 10", name="tables_few"),
    )


class PartnerTask(Model):
    """Something that a partner does before the event. `reminded_for`: the due day that it was reminded of."""

    __tablename__ = "partner_task"

    participation_id: Mapped[int] = mapped_column(BigId, ForeignKey("participation.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date] = mapped_column(Date)
    done_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_for: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        Index("ix_partner_task_participation_id", "participation_id"),
        Index("ix_partner_task_done_at_utc_due_on", "done_at_utc", "due_on"),
    )


class Opportunity(Model):
    """Something that a partner offers. `kind`, `state`: see `opportunity.py`. `why`: what staff said when they refused.

    `apply_by`: the last day; after it nobody is shown it, whatever the state.
    """

    __tablename__ = "opportunity"

    organisation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("partner_organisation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    apply_by: Mapped[date] = mapped_column(Date)
    link: Mapped[str] = mapped_column(String(400), default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    why: Mapped[str] = mapped_column(String(300), default="")
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId)

    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind in ('job','summer_job','apprenticeship','trainee','thesis','plot','volunteer')", name="kind_known"
        ),
        CheckConstraint("state in ('waiting','approved','refused','closed')", name="state_known"),
        Index("ix_opportunity_state_apply_by", "state", "apply_by"),
    )
