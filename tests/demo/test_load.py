"""The demo fills an empty database through the real services, once, and tells how to sign in."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.accounts.models import StaffUser
from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.demo.looking_back.service import GUESTS
from outreach.demo.past_years import YEARS
from outreach.events.event import Kind
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.partner_page.models import StandInterest
from outreach.partners.models import Opportunity, Participation
from outreach.people.models import Person
from outreach.reports.figures import Dimension
from outreach.reports.funnels.queries import funnel
from outreach.reports.goals.queries import standings
from outreach.reports.years.queries import past_events
from outreach.retention.models import ErasureReceipt
from outreach.rsvp.desk.models import DeskNote
from outreach.rsvp.models import Need
from outreach.surveys.queries import counts as survey_counts
from outreach.surveys.survey import results
from tests.conftest import NOW, emptied_afterwards

PEOPLE = 600


def load(app: Flask, *more: str) -> str:
    result = app.test_cli_runner().invoke(args=["demo", "load", "--people", str(PEOPLE), *more])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def loaded(whole_app: Flask) -> Iterator[str]:
    """Load the demo once for all who only look at it; return what the command said."""
    with emptied_afterwards(whole_app):
        yield load(whole_app)


def events() -> list[Event]:
    """Return the evening that was and the one that is coming, after those of earlier years."""
    evenings = select(Event).where(Event.kind == Kind.NY_I_MODUM.value).order_by(Event.starts_at_utc)
    return list(db.session.scalars(evenings))[-2:]


def test_the_meetups_ahead_are_a_series(loaded: str) -> None:
    meetups = db.session.scalars(select(Event).where(Event.series_id.is_not(None)).order_by(Event.city)).all()
    assert [event.city for event in meetups] == ["bergen", "oslo", "trondheim"]
    assert len({event.series_id for event in meetups}) == 1
    assert all(event.starts_at_utc > NOW for event in meetups)


def test_fills_an_empty_database_and_says_how_to_sign_in(loaded: str) -> None:
    assert "admin@modum.example" in loaded
    assert "Passord for alle: " in loaded
    assert db.session.scalar(select(func.count()).select_from(StaffUser)) == 5
    past, coming = events()
    assert past.ends_at_utc < NOW < coming.starts_at_utc


def test_the_evening_that_was_has_guests_who_came_and_the_other_has_answers(loaded: str) -> None:
    past, coming = (funnel(event.id).figures() for event in events())
    assert past["invited"] >= past["answered"] >= past["attending"] >= past["attended"] > 0
    assert past["no_show"] > 0
    assert coming["attending"] > 0
    assert coming["attended"] == 0
    assert db.session.scalar(select(func.count()).select_from(Need)) > 0


def test_earlier_years_are_figures_that_add_up_and_nothing_else(loaded: str) -> None:
    earlier = past_events(dimension=Dimension.CHILDREN)[:-1]
    assert len(earlier) == 2 * YEARS
    for event in earlier:
        assert event.funnel.checked().attended > 0
        assert sum(value for (_of, _bucket, measure), value in event.parts.items() if measure == "invited") == (
            event.funnel.invited
        )
    ids = [event.id for event in db.session.scalars(select(Event))]
    assert set(db.session.scalars(select(ErasureReceipt.event_id).distinct())) - {None} < set(ids)
    assert results(survey_counts(events()[0].id)).number == GUESTS
    assert len(standings(NOW.year, NOW.date())) == 4
    assert db.session.scalar(select(func.count()).select_from(DeskNote)) == 3


def test_young_people_have_signed_up_and_some_of_them_are_in_the_register(loaded: str) -> None:
    rows = db.session.scalars(select(SignUp)).all()
    assert len(rows) > 10
    assert {row.channel for row in rows} == {"email", "sms"}
    assert any(row.person_id for row in rows)
    assert not [row for row in rows if row.is_unlisted and row.name]
    waiting = OutboxMessage.kind.startswith("contact_") & (OutboxMessage.state == "queued")
    assert not db.session.scalars(select(OutboxMessage.id).where(waiting)).all()


def test_partners_take_part_offer_and_wait_for_us(loaded: str, whole_app: Flask) -> None:
    _past, coming = events()
    rows = db.session.scalars(select(Participation)).all()
    assert {row.event_id for row in rows} == {coming.id}
    assert {row.state for row in rows} == {"asked", "confirmed", "declined"}
    assert set(db.session.scalars(select(Opportunity.state))) == {"approved", "waiting"}
    page = whole_app.test_client().get(f"/arrangement/{coming.slug}").text
    assert "Modum Trevare AS (oppdiktet)" in page
    assert "Lærling i trevarefaget" in page
    assert db.session.scalar(select(func.count()).select_from(StandInterest)) == 1


def test_a_second_load_is_refused_kindly_and_adds_nothing(loaded: str, whole_app: Flask) -> None:
    people = db.session.scalar(select(func.count()).select_from(Person))
    again = whole_app.test_cli_runner().invoke(args=["demo", "load"])
    assert again.exit_code == 1
    assert "Databasen er i bruk" in again.output
    assert "ikke lastet på nytt" in load(whole_app, "--if-empty")
    assert db.session.scalar(select(func.count()).select_from(Person)) == people


def test_the_young_are_asked_to_the_meetups_and_answer_in_all_ways(loaded: str) -> None:
    meetups = db.session.scalars(select(Event).where(Event.kind == Kind.MEETUP.value).order_by(Event.city)).all()
    figures = {event.city: funnel(event.id).figures() for event in meetups if event.starts_at_utc > NOW}
    assert all(one["attending"] > 0 for one in figures.values())
    assert figures["oslo"]["invited"] > figures["oslo"]["answered"] > figures["oslo"]["attending"]
    assert figures["oslo"]["delivered"] > 0
    lives_in = set(db.session.scalars(select(Invitation.lives_in).distinct())) - {""}
    assert lives_in == {"bergen", "other"}
    assert db.session.scalar(select(func.count()).select_from(SignUp).where(SignUp.home_at_utc.is_not(None))) == 2
