"""Events are made, changed, published and cancelled in one transaction with their audit row and announcement."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.downward import listen
from outreach.events import queries, service
from outreach.events.event import EventDetailsError
from outreach.events.models import Event
from tests.conftest import NOW
from tests.factories.events import SLUG, event_details, make_event

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def heard(app: Flask) -> list[tuple[str, int]]:
    """Return what was announced, in order; listens on this test's application only."""
    kept = dict(app.extensions.get("treffpunkt.downward", {}))
    app.extensions.pop("treffpunkt.downward", None)
    found: list[tuple[str, int]] = []
    for name in ("event_changed", "event_terms_changed", "event_facts_changed", "event_cancelled"):
        listen(app, name, lambda event_id, now, name=name: found.append((name, event_id)))
    yield found
    app.extensions["treffpunkt.downward"] = kept


def test_makes_a_draft_with_its_audit_row(app: Flask) -> None:
    event = service.create_event(event_details(), NOW)
    db.session.commit()
    assert queries.by_slug(SLUG).state == "draft"
    row = db.session.scalars(select(AuditEntry)).one()
    assert (row.act, row.subject_id, row.details) == ("event.create", event.id, '{"state":"draft"}')


def test_a_taken_slug_is_refused_and_the_rest_of_the_transaction_lives(app: Flask) -> None:
    make_event()
    other = service.create_event(event_details(slug="et-annet"), NOW)
    with pytest.raises(service.SlugTakenError):
        service.create_event(event_details(), NOW)
    with pytest.raises(service.SlugTakenError):
        service.change_event(other, event_details(), NOW)
    db.session.commit()
    assert {event.slug for event in queries.all_events()} == {"et-annet", SLUG}


def test_a_change_raises_the_sequence_and_is_announced(heard: list[tuple[str, int]]) -> None:
    event = make_event()
    assert service.change_event(event, event_details(venue="Frydenberg"), LATER)
    db.session.commit()
    assert (event.venue, event.sequence, event.changed_at_utc) == ("Frydenberg", 1, LATER)
    assert heard == [("event_changed", event.id), ("event_facts_changed", event.id)]
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "event.change")).one()
    assert row.details == '{"fields":["venue"]}'


def test_of_more_room_nobody_hears_and_of_another_last_day_only_letters_and_mailings(
    heard: list[tuple[str, int]],
) -> None:
    event = make_event()
    assert service.change_event(event, event_details(capacity=7), LATER)
    assert (event.capacity, event.sequence, event.changed_at_utc) == (7, 0, LATER)
    assert heard == [("event_terms_changed", event.id)]
    deadline = event.answer_by - timedelta(days=1)
    assert service.change_event(event, event_details(capacity=8, answer_by=deadline), LATER)
    assert (event.sequence, event.revision, heard[1:]) == (0, 1, [("event_changed", event.id)])
    heard.clear()
    assert service.change_event(event, event_details(capacity=8, answer_by=deadline, description="Kom!"), LATER)
    assert (event.sequence, event.revision, heard) == (0, 2, [("event_changed", event.id)])


def test_a_change_that_changes_nothing_tells_nobody(heard: list[tuple[str, int]]) -> None:
    event = make_event()
    assert not service.change_event(event, event_details(), LATER)
    assert (event.sequence, heard) == (0, [])


def test_cancelling_twice_is_as_once(heard: list[tuple[str, int]]) -> None:
    event = make_event()
    service.cancel_event(event, LATER)
    service.cancel_event(event, LATER)
    assert (event.state, event.sequence, heard) == ("cancelled", 1, [("event_cancelled", event.id)])


def test_a_cancelled_event_is_neither_changed_nor_published(app: Flask) -> None:
    event = make_event()
    service.cancel_event(event, LATER)
    with pytest.raises(service.EventCancelledError):
        service.change_event(event, event_details(venue="Frydenberg"), LATER)
    with pytest.raises(service.EventCancelledError):
        service.publish_event(event, LATER)


def test_publishing_shows_the_event_to_guests(app: Flask) -> None:
    event = make_event(publish=False)
    assert queries.published() == []
    service.publish_event(event, LATER)
    assert (queries.published(), event.sequence) == ([event], 0)


def test_details_that_cannot_be_used_store_nothing(app: Flask) -> None:
    with pytest.raises(EventDetailsError):
        service.create_event(event_details(title="", capacity=0), NOW)
    assert db.session.scalars(select(Event)).all() == []


def test_guests_see_no_draft_and_no_past_event_among_the_coming(app: Flask) -> None:
    make_event(publish=False, slug="et-utkast")
    make_event(
        slug="i-fjor",
        starts_at_utc=datetime(2025, 11, 26, 17, tzinfo=UTC),
        ends_at_utc=datetime(2025, 11, 26, 20, tzinfo=UTC),
        answer_by=datetime(2025, 11, 23, tzinfo=UTC).date(),
    )
    assert queries.coming(NOW) == []
    assert [event.slug for event in queries.for_feed(None)] == ["i-fjor"]
    assert queries.for_feed("oslo") == []
