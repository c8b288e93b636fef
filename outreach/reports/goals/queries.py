"""The goals of a year and what has happened in it: a fixed number of statements, however many events there are."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from outreach.clock import OSLO
from outreach.contact_point.models import SignUp
from outreach.contact_point.queries import has_yes
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.invitations.models import Invitee
from outreach.reports.figures import MEASURES
from outreach.reports.funnels import queries as funnels
from outreach.reports.goals.goal import CONTACT_POINT, SIGN_UPS, Goal, GoalKind, Happened, Standing, standing
from outreach.reports.models import YearlyGoal
from outreach.rsvp.models import PersonAnswer, Rsvp


def standings(year: int, today: date) -> list[Standing]:
    """Return how each goal of `year` stands, soonest first."""
    goals = _goals(year)
    happened = _happened(year) if goals else {}
    return [standing(goal, happened.get(goal.event_kind, Happened()), today) for goal in goals]


def years() -> list[int]:
    """Return the years that have goals, latest first."""
    return list(db.session.scalars(select(YearlyGoal.year).distinct().order_by(YearlyGoal.year.desc())))


def goal_row(goal_id: int) -> YearlyGoal:
    """Return one goal. Raises NotFoundError."""
    found = db.session.get(YearlyGoal, goal_id)
    if found is None:
        raise NotFoundError
    return found


def _goals(year: int) -> list[Goal]:
    rows = db.session.scalars(
        select(YearlyGoal).where(YearlyGoal.year == year).order_by(YearlyGoal.due_on, YearlyGoal.id)
    )
    return [
        Goal(
            kind=GoalKind(row.kind),
            event_kind=row.event_kind,
            wanted=row.wanted,
            due_on=row.due_on,
            words=row.words,
            year=row.year,
            measure=row.measure,
            id=row.id,
        )
        for row in rows
    ]


def _happened(year: int) -> dict[str, Happened]:
    """Return what there is of each kind of event in `year`, and of the contact point now."""
    events = _events_in(year)
    figures = _figures(events)
    found = {kind: _of_kind([event for event in events if event.kind == kind], figures) for kind in _kinds(events)}
    signed_up = db.session.scalar(select(func.count()).select_from(SignUp).where(has_yes())) or 0
    return {**found, CONTACT_POINT: Happened(sums={SIGN_UPS: signed_up})}


def _events_in(year: int) -> list[Event]:
    first, last = datetime(year, 1, 1, tzinfo=OSLO), datetime(year + 1, 1, 1, tzinfo=OSLO)
    wanted = select(Event).where(Event.starts_at_utc >= first, Event.starts_at_utc < last)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc, Event.id)))


def _kinds(events: Sequence[Event]) -> list[str]:
    return sorted({event.kind for event in events})


def _of_kind(events: Sequence[Event], figures: dict[int, dict[str, int]]) -> Happened:
    standing_ones = [event for event in events if event.state == "published"]
    sums: Counter[str] = Counter()
    for event in standing_ones:
        sums.update(figures[event.id])
    return Happened(
        drafts=sum(event.state == "draft" for event in events),
        published=len(standing_ones),
        invited_to=sum(figures[event.id]["invited"] > 0 for event in standing_ones),
        sums=dict(sums),
    )


def _figures(events: Sequence[Event]) -> dict[int, dict[str, int]]:
    """Return measures by event: those that were kept, else those that are counted in three statements for all. Who
    came, and which letters arrived, is counted when an event is settled."""
    ids = [event.id for event in events]
    kept = funnels.kept_funnels(ids)
    open_ids = [id_ for id_ in ids if id_ not in kept]
    counted = _counted(open_ids)
    return {id_: {name: getattr(kept[id_], name) for name in MEASURES} if id_ in kept else counted[id_] for id_ in ids}


def _counted(event_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    found = {id_: dict.fromkeys(MEASURES, 0) for id_ in event_ids}
    invited = select(Invitee.event_id, func.count()).where(Invitee.event_id.in_(event_ids)).group_by(Invitee.event_id)
    mine = Rsvp.event_id.in_(event_ids)
    answered = select(Rsvp.event_id, func.count()).join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id).where(mine)
    attending = select(Rsvp.event_id, func.sum(Rsvp.persons)).where(mine, Rsvp.state == "attending")
    statements = {
        "invited": invited.order_by(Invitee.event_id),
        "answered": answered.group_by(Rsvp.event_id).order_by(Rsvp.event_id),
        "attending": attending.group_by(Rsvp.event_id).order_by(Rsvp.event_id),
    }
    for measure, statement in statements.items():
        for event_id, number in db.session.execute(statement):
            found[event_id][measure] = int(number or 0)
    return found
