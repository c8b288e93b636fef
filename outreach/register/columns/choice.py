"""How a person says a file is to be read: field to header, encoding, sheet. Pure; written and read as JSON.

In a mapping an empty header says that the file has no such column.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.register.formats import headers
from outreach.register.formats.extract import ReadOptions
from outreach.register.formats.looking import FileLook, Recognition
from outreach.register.problems import UnusableFileError


@dataclass(frozen=True)
class Choice:
    """What was chosen; empty parts are found out from the file."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    sheet: str = ""

    def options(self, *, protection_is_checked: bool) -> ReadOptions:
        """Return the choice as the formats take it."""
        return ReadOptions(
            mapping=self.mapping,
            protection_is_checked=protection_is_checked,
            encoding=self.encoding,
            sheet=self.sheet,
        )

    def to_json(self) -> str:
        """Return the choice as JSON."""
        return json.dumps([dict(self.mapping), self.encoding, self.sheet], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Choice":
        """Return the choice that `to_json` wrote; `{}` is no choice."""
        return cls(*json.loads(text)) if text != "{}" else cls()


def mapping_of(look: FileLook) -> dict[str, str]:
    """Return the whole mapping, field to header, "" for each field that no column has; empty without columns."""
    return {field: look.mapping.get(field, "") for field in headers.FIELDS} if look.columns else {}


def with_fields(look: FileLook, fields: Sequence[str]) -> FileLook:
    """Return `look` with the field that a person chose for each column, in the order of the columns."""
    chosen = (
        replace(column, field=field, why=Recognition.CHOSEN if field else Recognition.NONE)
        for column, field in zip(look.columns, fields, strict=True)
    )
    return replace(look, columns=tuple(chosen))


def fault_in(look: FileLook, *, protection_is_checked: bool) -> UnusableFileError | None:
    """Return what is missing among the columns of a table, by name, or None when it can be read."""
    if not look.columns:
        return None
    found = {column.field: at for at, column in enumerate(look.columns) if column.field}
    try:
        headers.refuse_incomplete(found, protection_is_checked=protection_is_checked)
    except UnusableFileError as error:
        return error
    return None


def needs_a_person(look: FileLook, *, protection_is_checked: bool) -> bool:
    """Say whether somebody must look at the columns before the file is read: something is missing or only guessed."""
    is_guessed = any(column.why in (Recognition.CONTENT, Recognition.DIVIDED) for column in look.columns)
    return is_guessed or fault_in(look, protection_is_checked=protection_is_checked) is not None
