"""Who signed up with the contact point, what they want to hear of and said yes to, and who has yet to confirm."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, KeyedHash, Model, SealedText, UtcDateTime


class SignUp(Model):
    """Somebody who has confirmed. Values of `channel`, `city` and so on: see `sign_up.py`.

    `selector` and `generation` make the personal link. `contact_hash` keeps an address from being here twice.
    `person_id`: the one of the register who has this name and year of birth, where there is just one; or, when
    `is_matched_by_hand`, the one whom staff chose (None: nobody). `is_unlisted`:
    stands in no list, number or export; the name is empty then. `renewed_at_utc`: when they last said that they want
    to stay; `asks` and `asked_at_utc`: how often and when we have asked since. `came_home_on`: the last move home that
    we know of; `home_at_utc`: since when they count as living here, None for all who study elsewhere.
    """

    __tablename__ = "sign_up"

    selector: Mapped[str] = mapped_column(String(12), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=0)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id", ondelete="SET NULL"), index=True)
    is_matched_by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"), unique=True)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    school_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    programme_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(12), default="nb")
    city: Mapped[str] = mapped_column(String(20))
    birth_year: Mapped[int] = mapped_column(Integer)
    finishing_year: Mapped[int | None] = mapped_column(Integer)
    heard_by: Mapped[str] = mapped_column(String(20), default="")
    is_unlisted: Mapped[bool] = mapped_column(Boolean, default=False)
    confirmed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    renewed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    asked_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asks: Mapped[int] = mapped_column(Integer, default=0)
    came_home_on: Mapped[date | None] = mapped_column(Date)
    home_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    contact = SealedText("contact_sealed")
    name = SealedText("name_sealed")
    school = SealedText("school_sealed")
    programme = SealedText("programme_sealed")

    interests: Mapped[list["SignUpInterest"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="SignUpInterest.interest"
    )
    consents: Mapped[list["SignUpConsent"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="SignUpConsent.given_at_utc, SignUpConsent.purpose"
    )

    __table_args__ = (
        CheckConstraint("channel in ('email','sms')", name="channel_known"),
        CheckConstraint("city in ('oslo','bergen','trondheim','other')", name="city_known"),
    )


class SignUpInterest(Model):
    """One thing that somebody wants to hear of."""

    __tablename__ = "sign_up_interest"

    sign_up_id: Mapped[int] = mapped_column(BigId, ForeignKey("sign_up.id", ondelete="CASCADE"))
    interest: Mapped[str] = mapped_column(String(20))

    __table_args__ = (UniqueConstraint("sign_up_id", "interest"),)


class SignUpConsent(Model):
    """One yes, to one purpose, and when it ended. `wording`: which words stood at the box (`sign_up.WORDING`)."""

    __tablename__ = "sign_up_consent"

    sign_up_id: Mapped[int] = mapped_column(BigId, ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    wording: Mapped[int] = mapped_column(Integer)
    given_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignUpRequest(Model):
    """A form that waits to be confirmed; it counts for nothing. `details_sealed` is `sign_up.Details` as JSON.

    `token_hash` is None until the e-mail that carries the token is written. `sign_up_id`: whose address it changes.
    """

    __tablename__ = "sign_up_request"

    sign_up_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"))
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(12), default="nb")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    details = SealedText("details_sealed")

    __table_args__ = (
        CheckConstraint("channel in ('email','sms')", name="channel_known"),
        Index("ix_sign_up_request_contact_hash_made_at_utc", "contact_hash", "made_at_utc"),
    )
