"""Use cases of yearly goals: set one, take one away. Never commits."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.reports.goals import queries
from outreach.reports.goals.goal import Goal, checked
from outreach.reports.models import YearlyGoal


def set_goal(goal: Goal, *, actor: Actor, now: datetime) -> None:
    """Keep `goal`. Raises GoalFaultError."""
    one = checked(goal)
    row = YearlyGoal(
        year=one.year,
        kind=one.kind.value,
        event_kind=one.event_kind,
        measure=one.measure,
        wanted=one.wanted,
        due_on=one.due_on,
        words=one.words,
    )
    db.session.add(row)
    db.session.flush()
    record("goal.set", subject_kind="goal", subject_id=row.id, actor=actor, now=now, year=one.year)


def take_away(goal_id: int, *, actor: Actor, now: datetime) -> int:
    """Take a goal away and return its year. Raises NotFoundError."""
    row = queries.goal_row(goal_id)
    year = row.year
    record("goal.take_away", subject_kind="goal", subject_id=row.id, actor=actor, now=now, year=year)
    db.session.delete(row)
    db.session.flush()
    return year
