"""Every SELECT of groups and their clicks, always ordered: by city, then by name."""

from datetime import date, timedelta

from sqlalchemy import func, select

from outreach.contact_point.groups.group import WEEKS_SHOWN
from outreach.contact_point.groups.models import GroupClick, SocialGroup
from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events.event import City
from outreach.events.models import Event
from outreach.formats.norwegian_order import order_key

_CITIES = [City.OSLO, City.BERGEN, City.TRONDHEIM, City.MODUM]


class GroupGoneError(NotFoundError):
    """A short link leads nowhere: its group was taken away, or there never was one."""

    message = N_("Denne lenken fører ikke til noen gruppe lenger.")
    page = "group_gone"


def everything() -> list[SocialGroup]:
    """Return every group."""
    return sorted(db.session.scalars(select(SocialGroup)), key=_order)


def of_event(event_id: int) -> list[SocialGroup]:
    """Return the groups of the city where the event is."""
    wanted = select(SocialGroup).join(Event, Event.city == SocialGroup.city).where(Event.id == event_id)
    return sorted(db.session.scalars(wanted), key=_order)


def count() -> int:
    """Return how many groups there are."""
    return db.session.scalar(select(func.count()).select_from(SocialGroup)) or 0


def by_id(group_id: int) -> SocialGroup:
    """Return a group. Raises NotFoundError."""
    row: SocialGroup | None = db.session.get(SocialGroup, group_id)
    if row is None:
        raise NotFoundError
    return row


def by_short(short: str) -> SocialGroup:
    """Return the group that a short link leads to, in any case. Raises GroupGoneError."""
    row: SocialGroup | None = db.session.scalar(select(SocialGroup).where(SocialGroup.short == short.upper()))
    if row is None:
        raise GroupGoneError
    return row


def event_ids_in(city: str) -> list[int]:
    """Return the events whose pages show the groups of a city."""
    return list(db.session.scalars(select(Event.id).where(Event.city == city).order_by(Event.id)))


def clicks_by_group() -> dict[int, int]:
    """Return how often the link of each group was followed, ever."""
    wanted = select(GroupClick.group_id, func.sum(GroupClick.clicks)).group_by(GroupClick.group_id)
    return {group: int(number) for group, number in db.session.execute(wanted.order_by(GroupClick.group_id))}


def clicks_by_day(today: date) -> dict[date, int]:
    """Return how often any link was followed on each day of the weeks that are shown."""
    since = today - timedelta(weeks=WEEKS_SHOWN)
    wanted = select(GroupClick.day, func.sum(GroupClick.clicks)).where(GroupClick.day >= since)
    rows = db.session.execute(wanted.group_by(GroupClick.day).order_by(GroupClick.day))
    return {day: int(number) for day, number in rows}


def _order(row: SocialGroup) -> tuple[int, str, int]:
    return _CITIES.index(City(row.city)), order_key(row.name), row.id
