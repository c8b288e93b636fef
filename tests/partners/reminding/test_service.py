"""Partners are reminded once of what they have not answered or done, and of nothing else."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.partners.models import Participation
from outreach.partners.participation import State
from outreach.partners.participations import service
from outreach.partners.reminding.service import remind
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.partners import make_participation

WEEK = timedelta(days=7)


def queued(kind: str) -> int:
    return len(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all())


def asked() -> Participation:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    db.session.commit()
    return row


@pytest.mark.parametrize(("after", "reminders"), [(WEEK, 0), (WEEK + timedelta(seconds=1), 1), (timedelta(days=25), 0)])
def test_who_has_not_answered_is_reminded_after_a_week_until_the_event(
    app: Flask, after: timedelta, reminders: int
) -> None:
    asked()
    for _ in range(3):
        remind(now=NOW + after)
    assert queued(service.REMINDER_KIND) == reminders


@pytest.mark.parametrize("is_coming", [True, False])
def test_who_has_answered_is_left_alone(app: Flask, is_coming: bool) -> None:
    service.answer(asked(), is_coming=is_coming, actor=COMMAND, now=NOW)
    remind(now=NOW + 2 * WEEK)
    assert queued(service.REMINDER_KIND) == 0


def test_who_was_never_asked_is_not_reminded(app: Flask) -> None:
    make_participation(make_event(), state=State.ASKED)
    remind(now=NOW + 2 * WEEK)
    assert queued(service.REMINDER_KIND) == 0


@pytest.mark.parametrize(("days", "reminders"), [(4, 0), (3, 1), (0, 1), (-1, 1)])
def test_a_task_is_reminded_of_three_days_before_once(app: Flask, days: int, reminders: int) -> None:
    row = make_participation(make_event())
    service.add_task(row, "Send logo", date(2026, 11, 2) + timedelta(days=days), actor=COMMAND, now=NOW)
    for _ in range(3):
        remind(now=NOW)
    assert queued(service.TASK_KIND) == reminders


@pytest.mark.parametrize("state", [State.ASKED, State.DECLINED, State.WITHDRAWN])
def test_only_who_comes_is_reminded_of_tasks(app: Flask, state: State) -> None:
    row = make_participation(make_event(), state=state)
    service.add_task(row, "Send logo", date(2026, 11, 3), actor=COMMAND, now=NOW)
    remind(now=NOW)
    assert queued(service.TASK_KIND) == 0


def test_a_task_that_is_done_is_not_reminded_of(app: Flask) -> None:
    row = make_participation(make_event())
    task = service.add_task(row, "Send logo", date(2026, 11, 3), actor=COMMAND, now=NOW)
    service.mark_task(row, task, is_done=True, actor=COMMAND, now=NOW)
    remind(now=NOW)
    assert queued(service.TASK_KIND) == 0
