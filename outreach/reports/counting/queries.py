"""Counts the figures of one event from its rows: two statements for all that is about households, whatever their
number, one for days, one for the waiting list, two for partners; and what later capabilities count. Arrivals are folded
already, by the doors' own state.
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from outreach.audience.models import AudienceList, AudienceMember
from outreach.checkin.crowd.service import crowd_of
from outreach.clock import OSLO
from outreach.database import db
from outreach.database.hours import hour_of, read_hour
from outreach.events.models import Event
from outreach.events.series.queries import same_series
from outreach.invitations.models import Invitee
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS, REMINDER_WAVE
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.reports.counting.counters import counted_by
from outreach.reports.counting.partners import queries as partners
from outreach.reports.figures import NO, YES, CountedGroup, Figures, arrivals_of, days_of, parts_of, waitlist_of
from outreach.reports.funnel import Funnel
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets.models import Ticket

_ADULT_YEARS = 18
_DELIVERED = ("handed_over", "delivered")
_BUCKETS = ("postcode", "channel", "language", "wave", "segment", "children")
_SUMS = ("invited", "delivered", "answered", "attending")


def count(event: Event, funnel: Funnel) -> Figures:
    """Return the figures of `event` as its rows are now; `funnel`: its funnel, counted already."""
    crowd = crowd_of(event.id)
    parts = parts_of([*_households(event), *_arrived(event, crowd.persons_by_ticket)])
    parts.update(days_of(_answers_by_hour(event.id)))
    parts.update(arrivals_of(crowd.came, starts_at_utc=event.starts_at_utc))
    parts.update(waitlist_of(_waiting_by_state(event.id)))
    parts.update(partners.count(event))
    parts.update(counted_by(current_app, event.id))
    return Figures(funnel, parts)


def _households(event: Event) -> list[CountedGroup]:
    """Return each group of households that are alike, but for who came."""
    walk = _walk(event).subquery()
    buckets = [walk.c[name] for name in _BUCKETS]
    sums = [func.count(), *(func.sum(walk.c[name]) for name in _SUMS)]
    rows = db.session.execute(select(*buckets, *sums).group_by(*buckets).order_by(*buckets))
    width = len(_BUCKETS)
    return [CountedGroup(row[:width], *(int(value or 0) for value in row[width:])) for row in rows]


def _arrived(event: Event, came: Mapping[int, int]) -> list[CountedGroup]:
    """Return the households that came, one by one: how many came by the ticket, but not beyond what it says."""
    if not came:
        return []
    walk = _walk(event).subquery()
    tickets = select(*(walk.c[name] for name in _BUCKETS), Ticket.id, Ticket.persons)
    mine = tickets.join(Ticket, Ticket.invitation_id == walk.c.invitation_id).where(Ticket.state == "valid")
    return [
        CountedGroup(buckets, attended=min(came[ticket], persons))
        for *buckets, ticket, persons in db.session.execute(mine.order_by(Ticket.id))
        if ticket in came
    ]


def _walk(event: Event) -> Select[Any]:
    """Return the SELECT with a row for each invitation: its buckets, and how many persons came how far."""
    party = _parties(event)
    letter, reminder = aliased(OutboxMessage), aliased(OutboxMessage)
    recipient = func.concat("invitation:", party.c.invitation_id)
    children = func.coalesce(Rsvp.extra_children, 0)
    extra = children + func.coalesce(Rsvp.extra_adults, 0)
    return (
        select(
            party.c.invitation_id,
            func.coalesce(party.c.postcode, "").label("postcode"),
            func.coalesce(letter.channel, "").label("channel"),
            func.coalesce(Rsvp.language, "").label("language"),
            case((reminder.state.in_(_DELIVERED), str(REMINDER_WAVE)), else_=str(FIRST_WAVE)).label("wave"),
            func.coalesce(party.c.segment, "").label("segment"),
            case((or_(party.c.youngest >= _first_child_year(event), children > 0), YES), else_=NO).label("children"),
            party.c.invited,
            case((letter.state.in_(_DELIVERED), party.c.invited), else_=0).label("delivered"),
            party.c.answered,
            case((Rsvp.state == "attending", party.c.coming + extra), else_=0).label("attending"),
        )
        # As the funnel finds it, by the recipient: an invitation that moved within a series keeps its letters.
        .outerjoin(letter, and_(letter.kind == LETTER_KINDS[FIRST_WAVE], letter.recipient == recipient))
        .outerjoin(reminder, and_(reminder.kind == LETTER_KINDS[REMINDER_WAVE], reminder.recipient == recipient))
        .outerjoin(Rsvp, Rsvp.invitation_id == party.c.invitation_id)
    )


def _parties(event: Event) -> Subquery:
    """Return a row for each invitation of the event with anybody in it: where they live, by which segment, how many."""
    segment = _segments(event.id)
    return (
        select(
            Invitee.invitation_id,
            func.min(Person.postcode).label("postcode"),
            func.max(Person.birth_year).label("youngest"),
            func.min(segment.c.segment).label("segment"),
            func.count(Invitee.id).label("invited"),
            func.count(PersonAnswer.id).label("answered"),
            func.sum(case((PersonAnswer.is_coming, 1), else_=0)).label("coming"),
        )
        .outerjoin(Person, Person.id == Invitee.person_id)
        .outerjoin(PersonAnswer, PersonAnswer.invitee_id == Invitee.id)
        .outerjoin(segment, segment.c.person_id == Invitee.person_id)
        .where(Invitee.event_id == event.id)
        .group_by(Invitee.invitation_id)
        .subquery()
    )


def _segments(event_id: int) -> Subquery:
    """Return by which segment each person came on a list of the event, or of one in a series with it, from which the
    invitation may have moved; of several, one."""
    named = select(AudienceMember.person_id, func.min(AudienceList.segment).label("segment"))
    listed = named.join(AudienceList, AudienceList.id == AudienceMember.list_id)
    mine = listed.where(AudienceList.event_id.in_(same_series(event_id)), AudienceMember.is_included)
    return mine.group_by(AudienceMember.person_id).subquery()


def _first_child_year(event: Event) -> int:
    """Return the year of birth from which somebody is a child in the year of the event."""
    return event.starts_at_utc.astimezone(OSLO).year - _ADULT_YEARS + 1


def _answers_by_hour(event_id: int) -> dict[Any, int]:
    """Return how many households first answered in which hour."""
    hour = hour_of(Rsvp.answered_at_utc, db.engine.dialect.name).label("hour")
    hours = select(hour).where(Rsvp.event_id == event_id).subquery()
    rows = db.session.execute(select(hours.c.hour, func.count()).group_by(hours.c.hour).order_by(hours.c.hour))
    return {read_hour(value): number for value, number in rows}


def _waiting_by_state(event_id: int) -> dict[str, int]:
    wanted = select(WaitPlace.state, func.count()).where(WaitPlace.event_id == event_id)
    return dict(db.session.execute(wanted.group_by(WaitPlace.state).order_by(WaitPlace.state)).all())
