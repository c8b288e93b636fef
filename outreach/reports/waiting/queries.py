"""Counts what waits for a person who may do it; nothing is counted for whoever may not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from outreach.accounts.roles import Permission
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import queries as letters
from outreach.messages.deciding import queries as deciding
from outreach.people.joining import queries as joining
from outreach.register import queries as register
from outreach.register.households.arranging import queries as households
from outreach.register.households.arranging.queries import Shown
from outreach.register.stages import Stage


@dataclass(frozen=True)
class Waiting:
    """How much waits of each sort. `releases`: (slug, title) of events with a mailing that this person may release."""

    extracts: int = 0
    households: int = 0
    doubles: int = 0
    messages: int = 0
    releases: tuple[tuple[str, str], ...] = ()

    @property
    def is_any(self) -> bool:
        """Say whether anything waits."""
        return bool(self.extracts or self.households or self.doubles or self.messages or self.releases)


def waiting(*, user_id: int, may: Callable[[Permission], bool], limit: int, now: datetime) -> Waiting:
    """Return what waits for the staff user. `limit`: a mailing to more households needs another person's release."""
    may_edit_people = may(Permission.PEOPLE_EDIT)
    return Waiting(
        extracts=_extracts(now) if may(Permission.REGISTER_IMPORT) else 0,
        households=households.count(Shown.WAITING) if may_edit_people else 0,
        doubles=joining.open_pair_count() if may_edit_people else 0,
        messages=sum(batch.number for batch in deciding.batches()) if may(Permission.MESSAGE_DECIDE) else 0,
        releases=_releases(user_id, limit) if may(Permission.MAILING_RELEASE) else (),
    )


def _extracts(now: datetime) -> int:
    """Return how many uploads wait for a person, not for the worker."""
    waits = {Stage.COLUMNS, Stage.WAITING}
    return sum(one.stage in waits for one in register.waiting(now=now))


def _releases(user_id: int, limit: int) -> tuple[tuple[str, str], ...]:
    ids = letters.events_to_release(user_id, limit)
    wanted = select(Event.slug, Event.title).where(Event.id.in_(ids)).order_by(Event.starts_at_utc, Event.id)
    return tuple((slug, title) for slug, title in db.session.execute(wanted))
