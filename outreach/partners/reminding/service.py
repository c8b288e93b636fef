"""Queues reminders to partners when their time has come, each once: the outbox's purpose decides. Never commits."""

from datetime import datetime

from outreach.clock import OSLO
from outreach.database import db
from outreach.partners.participation import task_reminder_from, unanswered_since
from outreach.partners.participations import queries
from outreach.partners.participations.service import REMINDER_KIND, TASK_KIND, queue


def remind(*, now: datetime) -> None:
    """Remind those who have not answered for a week, and those with a task due in three days. Listens to
    "sending_begins"."""
    for row in queries.unanswered(unanswered_since(now), now):
        row.reminded_at_utc = now
        queue(row, REMINDER_KIND, f"partner-reminder:{row.generation}", now=now)
    for task, row in queries.tasks_due(task_reminder_from(now.astimezone(OSLO).date()), now):
        task.reminded_for = task.due_on
        queue(row, TASK_KIND, f"partner-task:{task.id}:{task.due_on:%Y%m%d}", now=now, task_id=task.id)
    db.session.flush()
