"""Figures are kept once, a day after the event, and stay when the people are erased."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import SYSTEM
from outreach.database import db
from outreach.invitations.models import Invitee
from outreach.reports import queries
from outreach.reports.models import EventBreakdown, SettledEvent
from outreach.reports.reading.queries import figures_of
from outreach.reports.settling import service
from outreach.reports.settling.service import NotOverError
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from tests.conftest import NOW
from tests.factories.evening_figures import lived_evening
from tests.factories.events import make_event

CLOCKS = Clocks(event_days=90, register_days=396, memory_days=730)


def test_keeps_the_figures_a_day_after_the_end_and_once(app: Flask) -> None:
    event = lived_evening(app)
    live = figures_of(event)
    assert service.settle_due(event.ends_at_utc + timedelta(hours=23)) == 0
    due = event.ends_at_utc + timedelta(days=1)
    assert service.settle_due(due) == 1
    db.session.commit()
    assert service.settle_due(due) == 0
    assert queries.settled_at(event.id) == due
    kept = figures_of(event)
    assert (kept.funnel, dict(kept.parts)) == (live.funnel, dict(live.parts))


def test_figures_stay_when_the_people_are_erased(app: Flask) -> None:
    event = lived_evening(app)
    before = figures_of(event)
    later = event.ends_at_utc + timedelta(days=100)
    retention.run(clocks=CLOCKS, today=later.date(), now=later)
    db.session.commit()
    assert db.session.scalars(select(Invitee)).all() == []
    after = figures_of(event)
    assert (after.funnel, dict(after.parts)) == (before.funnel, dict(before.parts))
    assert {"event_id", "dimension", "bucket", "measure", "value", "id"} == set(EventBreakdown.__table__.c.keys())


def test_an_event_that_is_not_over_is_not_settled_by_hand(app: Flask) -> None:
    event = make_event()
    with pytest.raises(NotOverError):
        service.settle_by_hand(event, actor=SYSTEM, now=NOW)
    assert service.settle_by_hand(event, actor=SYSTEM, now=event.ends_at_utc) is True
    assert service.settle_by_hand(event, actor=SYSTEM, now=event.ends_at_utc) is False
    assert len(db.session.scalars(select(SettledEvent)).all()) == 1
