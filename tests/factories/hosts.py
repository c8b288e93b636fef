"""Hosts of events for tests, made as staff make them. Made-up people only."""

from typing import Any

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.hosts import queries, service
from outreach.hosts.host import HostDetails
from outreach.hosts.models import EventHost
from outreach.outbox.states import Channel


def host_details(**values: Any) -> HostDetails:
    """Return what staff type of a host, with `values` over it."""
    usual = {"name": "Eira Vertsdal", "channel": Channel.EMAIL, "contact": "eira@student.example", "language": "nb"}
    return HostDetails(**{**usual, **values})


def make_host(event: Event, *, is_sent: bool = False, **values: Any) -> EventHost:
    """Return a committed host of the event, who has got the link when `is_sent`."""
    row = service.add(event, host_details(**values), actor=COMMAND, now=clock.now_utc())
    if is_sent:
        service.send_link(row, seen_sends=0, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return row


def host_token(row: EventHost) -> str:
    """Return the code of a host's page, as its link has it."""
    return queries.code_of(row).lower()
