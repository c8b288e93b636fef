"""Gives each meetup a made-up host, with the link on its way, through the services that staff and hosts use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from outreach.audit.actor import COMMAND
from outreach.events.models import Event
from outreach.hosts import service
from outreach.hosts.host import HostDetails
from outreach.outbox.states import Channel

_HOSTS = (
    HostDetails(name="Eira Oppdiktet", channel=Channel.EMAIL, contact="eira@student.example", language="nb"),
    HostDetails(name="Storm Oppdiktet", channel=Channel.SMS, contact="+4799900901", language="nn"),
    HostDetails(name="Noor Oppdiktet", channel=Channel.EMAIL, contact="noor@student.example", language="en"),
)
_NOTES = """Lokalet åpner en time før. Nøkkelen får dere i baren.
Maten kommer en halv time før start. Ring kommunen hvis noe mangler."""


def load_hosts(meetups: Sequence[Event], *, now: datetime) -> None:
    """Put a host on the list of each meetup; one has written to the organiser, the last has yet to get the link."""
    asked_at = now - timedelta(days=2)
    for number, (event, details) in enumerate(zip(meetups, _HOSTS, strict=False)):
        row = service.add(event, details, actor=COMMAND, now=asked_at)
        service.tell_all(event, _NOTES, actor=COMMAND, now=asked_at)
        if number < len(_HOSTS) - 1:
            service.send_link(row, seen_sends=0, actor=COMMAND, now=asked_at)
        if number == 0:
            service.write_to_organiser(row, "Har vi noen som kan ta bilder?", language="nb", now=now)
