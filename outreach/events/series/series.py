"""What a series must be before it is kept. Pure.

A household chooses one event of a series. Two are the least that there is something to choose between.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from outreach.errors import N_, OutreachError
from outreach.events.event import one_line

LEAST_EVENTS = 2
LONGEST_TITLE = 120


class SeriesTitleError(OutreachError):
    """The title is missing, too long or taken."""


class SeriesEventsError(OutreachError):
    """The events cannot be a series together."""


@dataclass(frozen=True)
class Member:
    """An event as a series sees it. `other_series`: the title of another series that it is in, else empty."""

    event_id: int
    title: str
    other_series: str


def checked_title(typed: str) -> str:
    """Return the title as one line. Raises SeriesTitleError."""
    title = one_line(typed)
    if not title:
        raise SeriesTitleError(N_("Skriv hva serien heter."))
    if len(title) > LONGEST_TITLE or not title.isprintable():
        raise SeriesTitleError(N_("Navnet kan ha høyst %(most)s tegn, uten usynlige tegn."), most=LONGEST_TITLE)
    return title


def checked_members(chosen: Collection[int], known: Sequence[Member]) -> tuple[int, ...]:
    """Return the ids of the events in `chosen`, which may be a series together. Raises SeriesEventsError."""
    members = [member for member in known if member.event_id in chosen]
    if len(members) < LEAST_EVENTS:
        raise SeriesEventsError(N_("Velg minst to arrangementer."))
    for member in members:
        if member.other_series:
            raise SeriesEventsError(
                N_("%(title)s er med i serien %(series)s. Ta det ut der først."),
                title=member.title,
                series=member.other_series,
            )
    return tuple(member.event_id for member in members)
