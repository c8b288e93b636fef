"""What is counted of an evening adds up to its funnel, whichever way it is broken down, in few statements."""

from flask import Flask
from sqlalchemy import update

from outreach.audit.actor import SYSTEM
from outreach.database import db
from outreach.outbox.message import REMINDER_WAVE, invitation_letter
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.outbox.states import State
from outreach.reports.counting import queries as counting
from outreach.reports.figures import BY_HOUSEHOLD, MEASURES, Dimension
from outreach.reports.funnels import queries as funnels
from outreach.reports.reading.queries import figures_of
from outreach.reports.settling.service import settle_by_hand
from outreach.rsvp.swapping.service import swap
from tests.conftest import NOW
from tests.factories.audience import make_family, make_import
from tests.factories.evening_figures import FAMILIES, SINGLES, lived_evening
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations, invite_all
from tests.factories.series import make_series
from tests.statements import noted


def test_every_breakdown_adds_up_to_the_funnel(app: Flask) -> None:
    event = lived_evening(app)
    figures = figures_of(event)
    whole = figures.funnel.figures()
    assert whole["invited"] == 3 * FAMILIES + SINGLES
    assert whole["attended"]
    for dimension in BY_HOUSEHOLD:
        table = figures.table(dimension)
        for measure in MEASURES:
            assert sum(row[measure] for row in table.values()) == whole[measure], (dimension, measure)
        assert sum(row["households"] for row in table.values()) == FAMILIES + SINGLES
    assert sum(row["arrived"] for row in figures.table(Dimension.ARRIVAL).values()) == whole["attended"]


def test_tells_households_apart_by_what_they_are(app: Flask) -> None:
    figures = figures_of(lived_evening(app))
    assert {name: row["invited"] for name, row in figures.table(Dimension.POSTCODE).items()} == {
        "3360": SINGLES,
        "3370": 3 * FAMILIES,
    }
    assert figures.table(Dimension.CHILDREN)["yes"]["households"] == FAMILIES
    assert set(figures.table(Dimension.LANGUAGE)) == {"", "en", "nb"}
    assert figures.table(Dimension.LANGUAGE)[""]["answered"] == 0
    assert set(figures.table(Dimension.SEGMENT)) == {"moved-in"}
    assert figures.table(Dimension.WAVE)["2"]["households"] >= 2
    assert sum(row["answers"] for row in figures.table(Dimension.DAY).values()) == 11


def test_takes_as_many_statements_for_many_as_for_none(app: Flask) -> None:
    empty = make_event(slug="ingen")
    db.session.rollback()
    with noted() as few:
        counting.count(empty, funnels.counted_funnel(empty.id))
    of_none = _selects(few)
    event = lived_evening(app)
    db.session.rollback()
    with noted() as many:
        counting.count(event, funnels.counted_funnel(event.id))
    assert _selects(many) <= of_none + 4, "who came, and the doors' state, asked where a door has scanned"


def test_an_event_that_nobody_was_asked_to_has_no_parts(app: Flask) -> None:
    assert figures_of(make_event()).parts == {}


def test_whoever_moved_within_a_series_keeps_letters_and_segment(app: Flask) -> None:
    oslo, bergen = make_series(None, None)
    extract = make_import()
    for birth_years in ((1985, 1987), (1970,)):
        make_family(extract, *birth_years)
    invite_all(oslo)
    moved, stayed = sorted(event_invitations(oslo), key=lambda asked: -len(asked.invitees))
    reminder = invitation_letter(invitation_id=moved.id, event_id=oslo.id, wave=REMINDER_WAVE)
    queue([reminder], NOW)
    db.session.execute(update(OutboxMessage).values(state=State.HANDED_OVER.value))
    swap(moved, bergen.id, now=NOW)
    db.session.commit()
    live = {event.id: figures_of(event) for event in (oslo, bergen)}
    assert [live[event.id].funnel.figures()["delivered"] for event in (oslo, bergen)] == [1, 2]
    for dimension, bucket in ((Dimension.CHANNEL, "letter"), (Dimension.WAVE, "2"), (Dimension.SEGMENT, "moved-in")):
        table = {name: (row["invited"], row["delivered"]) for name, row in live[bergen.id].table(dimension).items()}
        assert table == {bucket: (2, 2)}, dimension
    assert {name: row["delivered"] for name, row in live[oslo.id].table(Dimension.CHANNEL).items()} == {"letter": 1}
    assert stayed.event_id == oslo.id
    for event in (oslo, bergen):
        settle_by_hand(event, actor=SYSTEM, now=event.ends_at_utc)
        db.session.commit()
        kept = figures_of(event)
        assert (kept.funnel, dict(kept.parts)) == (live[event.id].funnel, dict(live[event.id].parts))


def _selects(statements: list[str]) -> int:
    return sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in statements)
