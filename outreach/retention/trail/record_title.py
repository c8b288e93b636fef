"""Which records the rows of the audit trail speak of, and how they are called on its page. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = tuple[str, int]
# Details that are the number of a record, and the kind of record it is. `joined` is a count in another act: a count is
# the number of no record, so it stays as it is.
_RECORDS = {"event": "event", "event_id": "event", "joined": "event", "left": "event", "list_id": "audience_list"}


@dataclass(frozen=True)
class RecordTitle:
    """What a record is called now, and the title of the event it belongs to ("" when it is of none)."""

    title: str
    event_title: str | None = ""


def records_of(details: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    """Yield (name of the detail, record) of each detail that is the number of a record."""
    for name, value in details.items():
        if name in _RECORDS and isinstance(value, int):
            yield name, (_RECORDS[name], value)
