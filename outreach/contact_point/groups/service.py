"""Use cases of groups: add, change, take away, count a click; and what events' pages show of them. Never commits.

Groups stand on the pages of the events in their city, so whatever changes one touches those.
"""

from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import CursorResult, update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.contact_point.groups import queries
from outreach.contact_point.groups.group import MOST_GROUPS, SHORT, GroupDetails, TooManyGroupsError, short_path
from outreach.contact_point.groups.models import GroupClick, SocialGroup
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.events import service as events
from outreach.events.page_parts import add_part
from outreach.events.words import CITY_WORDS
from outreach.formats.short_code import new_selector

SUBJECT = "social_group"
_UNSYNCHRONISED = {"synchronize_session": False}


def install(app: Flask) -> None:
    """Have events' pages show the groups of their city."""
    add_part(app, "contact_point/groups/_on_event_page.html", on_event_page)


def on_event_page(event_id: int) -> dict[str, Any]:
    """Return what an event's page shows: the groups of its city."""
    return {"groups": queries.of_event(event_id), "short_path": short_path}


def shown_everywhere() -> dict[str, Any]:
    """Return what the pages of those who sign up show: all groups, with their cities."""
    return {"groups": queries.everything(), "short_path": short_path, "cities": CITY_WORDS}


def add(details: GroupDetails, *, actor: Actor, now: datetime) -> SocialGroup:
    """Keep a group and give it a short link. Raises TooManyGroupsError."""
    if queries.count() >= MOST_GROUPS:
        raise TooManyGroupsError
    row = SocialGroup(
        city=details.city.value,
        name=details.name,
        url=details.url,
        short=new_selector(SHORT),
        created_at_utc=now,
        changed_at_utc=now,
    )
    db.session.add(row)
    _changed(row, "group.add", cities={row.city}, actor=actor, now=now)
    return row


def change(row: SocialGroup, details: GroupDetails, *, actor: Actor, now: datetime) -> None:
    """Give a group other details; the short link stays, so that what hangs on walls leads there too."""
    cities = {row.city, details.city.value}
    row.city, row.name, row.url, row.changed_at_utc = details.city.value, details.name, details.url, now
    _changed(row, "group.change", cities=cities, actor=actor, now=now)


def take_away(row: SocialGroup, *, actor: Actor, now: datetime) -> None:
    """Take a group away with its numbers; the short link leads nowhere any more."""
    db.session.delete(row)
    _changed(row, "group.take_away", cities={row.city}, actor=actor, now=now)


def count_click(group_id: int, day: date) -> None:
    """Add one to the clicks of a day. Nothing else of it is kept."""
    mine = (GroupClick.group_id == group_id, GroupClick.day == day)
    one_more = update(GroupClick).where(*mine).values(clicks=GroupClick.clicks + 1)
    result = db.session.execute(one_more, execution_options=_UNSYNCHRONISED)
    assert isinstance(result, CursorResult)
    if result.rowcount == 0 and not insert_if_free(GroupClick, id=new_id(), group_id=group_id, day=day, clicks=1):
        db.session.execute(one_more, execution_options=_UNSYNCHRONISED)


def _changed(row: SocialGroup, act: str, *, cities: set[str], actor: Actor, now: datetime) -> None:
    db.session.flush()
    record(act, subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    events.touch_page([one for city in sorted(cities) for one in queries.event_ids_in(city)], now)
