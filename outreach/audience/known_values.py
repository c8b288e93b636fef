"""What was known of a person for each condition, kept with a frozen list as a short text. Pure: values in, JSON out."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from outreach.audience.why_words import PlainValue

_OSLO = ZoneInfo("Europe/Oslo")


def plain(value: Any) -> PlainValue:
    """Return a value as it is kept and put in words: a moment as its day in Europe/Oslo, a day as ISO text."""
    if isinstance(value, datetime):
        return value.astimezone(_OSLO).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else str(value)


def to_json(values: Iterable[Any]) -> str:
    """Return `values` as JSON."""
    return json.dumps([plain(value) for value in values], separators=(",", ":"))


def of_json(text: str, count: int) -> Sequence[PlainValue]:
    """Return `count` values that `to_json` wrote; all None for a list from before they were kept."""
    values: list[PlainValue] = json.loads(text) if text else []
    return values if len(values) == count else [None] * count
