"""Where the young person of a letter home lives now, as those at home say it. Pure.

That is all we take from others: no name, address or number, which are theirs to give (GDPR art. 5(1)(c)).
"""

from outreach.errors import N_, OutreachError
from outreach.events.event import Kind
from outreach.events.study_place import StudyPlace


class NoPlaceError(OutreachError):
    """No place of the list was chosen."""

    message = N_("Velg hvor de bor nå.")


def place_of(typed: str) -> StudyPlace:
    """Return the place that was chosen. Raises NoPlaceError."""
    try:
        return StudyPlace(typed)
    except ValueError:
        raise NoPlaceError from None


def asks_the_young(kind: str, *, is_signed_up: bool) -> bool:
    """Say whether letters to events of `kind` go home to young people who may live elsewhere."""
    return kind in (Kind.MEETUP, Kind.GATHERING) and not is_signed_up
