"""What later capabilities count of an event, beside what reports count themselves. Pure.

In: the application's `extensions`. Out: parts of an event's figures. A part is kept when the event is settled, like all
others.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from outreach.reports.figures import Key

_EXTENSION = "treffpunkt.report_counters"
Count = Callable[[int], Mapping[Key, int]]


class Extensible(Protocol):
    """An application, as far as this module needs to know one."""

    extensions: dict[str, Any]


def count_by(app: Extensible, count: Count) -> None:
    """Have `count` tell more of the figures of an event, by its number."""
    app.extensions.setdefault(_EXTENSION, []).append(count)


def counted_by(app: Extensible, event_id: int) -> Counter[Key]:
    """Return what all of them count of the event."""
    found: Counter[Key] = Counter()
    for count in app.extensions.get(_EXTENSION, ()):
        found.update(count(event_id))
    return found
