"""Parts of an event's public page that later capabilities add: who takes part, what they offer. Pure.

In: the application's `extensions`. Out: for an event, templates with their values. A part is rendered with the page, so
whoever changes what a part shows also touches the event (`events.service.touch_page`); what ends by a date ends with
the day, since the page is rendered anew each day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

_EXTENSION = "treffpunkt.event_page_parts"
Values = Callable[[int], Mapping[str, Any]]


class Extensible(Protocol):
    """An application, as far as this module needs to know one."""

    extensions: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A template that is included, and what it shows of this event."""

    template: str
    values: Mapping[str, Any]


def add_part(app: Extensible, template: str, values: Values) -> None:
    """Have `template` stand on the page of every event, with what `values` returns for the event's number."""
    app.extensions.setdefault(_EXTENSION, []).append((template, values))


def parts_of(app: Extensible, event_id: int) -> list[Part]:
    """Return the parts of an event's page, in the order in which they were added."""
    return [Part(template, values(event_id)) for template, values in app.extensions.get(_EXTENSION, ())]
