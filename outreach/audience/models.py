"""Saved segments, and a segment frozen as a list: each person in it, or left out, with the reason."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime
from outreach.people.models import Household, Person

# Each count asks which households are set aside: few among many. As a literal, since neither database can tell that a
# parameter is the empty text of the index.
IS_SET_ASIDE = Household.set_aside_reason != literal_column("''")
Index("ix_household_is_set_aside", Household.id, sqlite_where=IS_SET_ASIDE, postgresql_where=IS_SET_ASIDE)
# A count reads these from the index alone. The rows are ten times as wide, and those of a large municipality
# do not stay in memory.
_JUDGED = (
    Person.is_resident,
    Person.status,
    Person.household_id,
    Person.seen_import_id,
    Person.is_held_back,
    Person.seen_as_of,
    Person.postcode,
    Person.study_city,
)
Index("ix_person_judged_by_birth_year", Person.birth_year, Person.moved_in_on, *_JUDGED)
Index("ix_person_judged_by_moved_in_on", Person.moved_in_on, Person.birth_year, *_JUDGED)
# The members of a household are found by it too. A count of most people reads it from end to end: homes that come in
# order are told apart without a look at those before.
_JUDGED_AT_HOME = (column for column in _JUDGED if column is not Person.household_id)
Index("ix_person_judged_by_household", Person.household_id, Person.birth_year, Person.moved_in_on, *_JUDGED_AT_HOME)
_HAS_NO_ADDRESS = Person.address_sealed.is_(None)
Index("ix_person_without_address", Person.id, sqlite_where=_HAS_NO_ADDRESS, postgresql_where=_HAS_NO_ADDRESS)


class SavedSegment(Model):
    """A rule (`rule.Rule` as JSON) under the name that staff gave it; `slug` is what commands and addresses say.

    `revision` counts changes, so that of two who change it at once the second is told. An archived segment is not
    offered any more; lists that were made by it stay.
    """

    __tablename__ = "segment"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    rule_json: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(BigId)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(BigId)
    archived_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AudienceList(Model):
    """One use of a segment for one event, with its window (both ends included).

    `name`, `rule_json` and `rule_text` (bokmål, a line a condition) are as they were then, seen from the extract of
    `as_of`: what happens to the segment later changes nothing here. Lists from before rules were kept have none.
    """

    __tablename__ = "audience_list"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    segment: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    rule_json: Mapped[str] = mapped_column(Text, default="", server_default="")
    rule_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    as_of: Mapped[date | None] = mapped_column(Date)
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    frozen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class AudienceMember(Model):
    """One person of a frozen list. `reason` is an exclusion reason when left out, else the segment's reason.

    `known_json`: what was known of the person for each condition of the list's rule, in its order.
    """

    __tablename__ = "audience_member"

    list_id: Mapped[int] = mapped_column(BigId, ForeignKey("audience_list.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    is_included: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(30))
    known_json: Mapped[str] = mapped_column(Text, default="", server_default="")

    __table_args__ = (UniqueConstraint("list_id", "person_id"),)
