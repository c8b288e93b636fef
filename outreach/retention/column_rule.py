"""What is said of a stored column: how sensitive it is, why it is kept, how long, and what erases it. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """How sensitive a column is."""

    NONE = "none"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


class Kept(StrEnum):
    """Which clock ends the keeping; its days are the setting that is named."""

    EVENT = "until RETENTION_EVENT_DAYS after the event"
    NEEDS = "until RETENTION_NEEDS_DAYS after the event"
    REGISTER = "until replaced by a newer extract, at most RETENTION_REGISTER_DAYS after the extract's date"
    MEMORY = "RETENTION_MEMORY_DAYS after the event"
    STAGING = "until accepted or discarded, at most 24 hours"
    UPLOAD = "until accepted or discarded, at most one hour"
    WITHDRAWN = "until the person takes it back"
    MARK = "while the register marks the person as protected"
    SIGNED_UP = (
        "until the person erases it; 30 days after the last consent is withdrawn; or 14 days after the third question, "
        "each 14 days, that begins 365 days after they last said that they want to stay"
    )
    PARTNER = (
        "30 days after the contact said no; with the partner, RETENTION_MEMORY_DAYS after it took part or changed last"
    )
    UNCONFIRMED = "until confirmed, at most 3 days"
    EMPLOYED = "while the account is in use"
    SESSION = "until the session ends"
    COUNTING = "some hours: as long as the counting window"
    ARCHIVE = "kept: documentation without persons (arkivlova § 5)"
    AUDIT = "kept: references only, no personal text"


@dataclass(frozen=True)
class ColumnRule:
    """One column: `eraser` is "module:function" under `outreach`, empty where nothing personal is stored."""

    data_class: DataClass
    purpose: str
    kept: Kept
    eraser: str = ""


def rules_of(table: str, kept: Kept, eraser: str, *groups: tuple[DataClass, str, str]) -> dict[str, ColumnRule]:
    """Return the rules of `table` by "table.column"; each group is (class, columns with blanks between, purpose)."""
    return {
        f"{table}.{column}": ColumnRule(data_class, purpose, kept, eraser)
        for data_class, columns, purpose in groups
        for column in columns.split()
    }
