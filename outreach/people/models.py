"""Persons and households as the register last told us, sealed where it is personal; protected people as a mark only."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, KeyedHash, Model, SealedText, UtcDateTime
from outreach.people.person import ADULT_AGE_YEARS, NO_EXTRACT, PersonName
from outreach.people.postal_address import PostalAddress


class Household(Model):
    """People of one dwelling (and move). `dwelling_hash` is a keyed hash of the grouping key of `household.py`.

    A household with a `set_aside_reason` gets no letter until somebody has decided by hand. The reason is always
    "by_hand", whatever the cause, so that nobody can read out of it that somebody is protected. `decision` is what an
    organiser decided (a `set_aside.Decision` value, or empty); it stands until there is a new cause.
    """

    __tablename__ = "household"

    dwelling_hash: Mapped[str] = mapped_column(KeyedHash(80, of="dwelling"), unique=True)
    set_aside_reason: Mapped[str] = mapped_column(String(40), default="")
    decision: Mapped[str] = mapped_column(String(12), default="")

    members: Mapped[list["Person"]] = relationship(
        back_populates="household", order_by="Person.birth_year, Person.id", foreign_keys="Person.household_id"
    )


class Person(Model):
    """A person of the register copy. Names, birth date and address are sealed; of the national number a keyed hash.

    `move_verdict` is a `moves.MoveVerdict` value: why the person counts as moved in or not; `moved_in_on` is the date
    of the latest move into the municipality, when there is one; `moved_on` of the latest move of any kind.
    `address_sealed` is JSON of a `PostalAddress`, None when there is no address to write to. `dwelling_hash` is a keyed
    hash of the dwelling before people without a dwelling number are told apart; `is_grouped` once that is done.
    `placed_household_id` is the household that an organiser put the person in: it holds until the person moves.
    `is_known_by_name`: somebody confirmed that rows without a number, of this name and birth date, are this person.
    `is_held_back`: the row in the latest
    extract was faulty, so what we hold may be out of date and no letter goes out ("by_hand" among the exclusions).
    `seen_import_id` is the import that last showed the person, `person.NO_EXTRACT` for one who was added by hand: no
    extract takes such a person to have left, and the first that shows them makes them a person like any other.
    """

    __tablename__ = "person"

    identity_hash: Mapped[str | None] = mapped_column(KeyedHash(), unique=True)
    weak_hash: Mapped[str] = mapped_column(KeyedHash(), default="", index=True)
    is_known_by_name: Mapped[bool] = mapped_column(Boolean, default=False)
    given_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    middle_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    family_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_date_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_year: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20), default="bosatt")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    municipality: Mapped[str] = mapped_column(String(4), default="")
    has_postal_address: Mapped[bool] = mapped_column(Boolean, default=False)
    study_city: Mapped[str] = mapped_column(String(20), default="")
    moved_in_on: Mapped[date | None] = mapped_column(Date)
    moved_on: Mapped[date | None] = mapped_column(Date)
    moved_from: Mapped[str] = mapped_column(String(8), default="")
    move_verdict: Mapped[str] = mapped_column(String(30), default="")
    is_resident: Mapped[bool] = mapped_column(Boolean, default=True)
    is_held_back: Mapped[bool] = mapped_column(Boolean, default=False)
    dwelling_hash: Mapped[str] = mapped_column(KeyedHash(80, of="dwelling"), default="", index=True)
    has_dwelling_number: Mapped[bool] = mapped_column(Boolean, default=False)
    content_hash: Mapped[str] = mapped_column(KeyedHash(80, of="content"), default="")
    household_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("household.id", ondelete="SET NULL"))
    placed_household_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("household.id", ondelete="SET NULL"), index=True
    )
    is_grouped: Mapped[bool] = mapped_column(Boolean, default=False)
    seen_as_of: Mapped[date] = mapped_column(Date)
    seen_import_id: Mapped[int] = mapped_column(BigId, index=True)

    given_name = SealedText("given_name_sealed")
    middle_name = SealedText("middle_name_sealed")
    family_name = SealedText("family_name_sealed")
    birth_date = SealedText("birth_date_sealed")
    address = SealedText("address_sealed")

    @property
    def is_added_by_hand(self) -> bool:
        """Say whether no extract has shown the person."""
        return self.seen_import_id == NO_EXTRACT

    @property
    def full_name(self) -> str:
        """Return the name in the order in which it is said, opened."""
        return PersonName(self.given_name or "", self.middle_name or "", self.family_name or "").full

    @property
    def born_on(self) -> date | None:
        """Return the date of birth, opened; None where the register has none."""
        return date.fromisoformat(self.birth_date) if self.birth_date else None

    @property
    def address_line(self) -> str:
        """Return the address on one line, opened, or "" where there is none to write to."""
        address = self.address
        return ", ".join(PostalAddress.from_json(address).letter_lines()) if address else ""

    def is_adult_in(self, year: int) -> bool:
        """Say whether the person turns eighteen in `year` or has before; so too when the year of birth is open."""
        return self.birth_year is None or year - self.birth_year >= ADULT_AGE_YEARS

    household: Mapped[Household | None] = relationship(back_populates="members", foreign_keys=[household_id])

    __table_args__ = (
        Index("ix_person_moved_in_on", "moved_in_on"),
        Index("ix_person_birth_year", "birth_year"),
    )


class NationalNumber(Model):
    """The national number of one adult, sealed. There is a row only while a service needs it (`national_services`)."""

    __tablename__ = "national_number"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    number = SealedText("number_sealed")


class ProtectedIdentity(Model):
    """A protected person: keyed hash and mark, nothing else. It suppresses; it is in no list, export or count.

    `marked_at_utc` is when an extract last said so.
    """

    __tablename__ = "protected_identity"

    identity_hash: Mapped[str] = mapped_column(KeyedHash(), unique=True)
    marked_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class KeptApart(Model):
    """Two records of the same name and birth date that somebody found to be two persons; the lower id is first."""

    __tablename__ = "kept_apart"

    first_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), index=True)

    __table_args__ = (UniqueConstraint("first_id", "second_id"),)
