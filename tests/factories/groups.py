"""Groups in social media for tests, made as staff make them."""

from typing import Any

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.contact_point.groups import service
from outreach.contact_point.groups.group import GroupDetails
from outreach.contact_point.groups.models import SocialGroup
from outreach.database import db
from outreach.events.event import City


def make_group(**values: Any) -> SocialGroup:
    """Return a committed group of Oslo, with `values` over it."""
    usual = {"city": City.OSLO, "name": "Modum i Oslo", "url": "https://grupper.example/modum-i-oslo"}
    row = service.add(GroupDetails(**{**usual, **values}), actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return row
