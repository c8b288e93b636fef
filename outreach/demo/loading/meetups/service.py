"""Makes the meetups of the coming weeks a series with hosts and groups, asks the young, and lets some of them answer.

Everything goes through the services that staff and guests use. The letters are printed between asking and answering, so
these are two.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from outreach.audit.actor import COMMAND
from outreach.demo import students
from outreach.demo.loading import queries
from outreach.demo.loading.groups.service import load_groups
from outreach.demo.loading.hosts.service import load_hosts
from outreach.events.event import City, EventDetails
from outreach.events.models import Event
from outreach.events.series.service import make_series
from outreach.events.service import create_event
from outreach.invitations.models import Invitation
from outreach.invitations.service import create_invitations
from outreach.rsvp import queries as rsvp_queries
from outreach.rsvp import service as rsvp
from outreach.rsvp.moved_away import service as moved_away
from outreach.rsvp.swapping import service as swapping


def ask_the_young(meetups: Sequence[EventDetails], *, asked_at: datetime, now: datetime, seed: int) -> list[Event]:
    """Publish the meetups, each with a host and a group of its city, and write home to the young, who may choose."""
    events = [create_event(one, asked_at - timedelta(days=2), publish=True) for one in meetups]
    title = f"Treff i studiebyene {events[0].starts_at_utc.year}"
    make_series(title, [event.id for event in events], now=asked_at, actor=COMMAND)
    load_hosts(events, now=now)
    load_groups(now=now, seed=seed)
    create_invitations(events[0], segment="young-away", since=None, until=None, now=asked_at, actor=COMMAND)
    return events


def answer(events: Sequence[Event], *, first: datetime, span: timedelta) -> None:
    """Let some households answer, one after the other, within `span` from `first`."""
    asked = queries.invitations(events[0].id)[: students.ANSWERS]
    place_of = {City(event.city): event.id for event in events if event.city}
    for number, invitation in enumerate(asked):
        _answer(invitation, place_of, students.reply(number), number, first + span * (number / len(asked)))


def _answer(
    invitation: Invitation, place_of: dict[City, int], reply: students.Reply | None, number: int, now: datetime
) -> None:
    if reply is None:
        return
    if reply.lives_in is not None:
        moved_away.tell(invitation, reply.lives_in, now=now)
        return
    if reply.city is not None:
        swapping.swap(invitation, place_of[reply.city], now=now)
    guests = rsvp_queries.guests(invitation.id)
    rsvp.answer(invitation, students.answer(guests, number, is_coming=reply.is_coming), now=now, language="nb")
