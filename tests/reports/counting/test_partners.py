"""Who took part, what they offered and what guests left is counted, kept when the event is settled, and told."""

import csv
import io
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.partner_page import erasure
from outreach.partner_page.interest import Purpose
from outreach.partners.opportunity import Kind as OfferKind
from outreach.partners.organisation import Kind
from outreach.partners.participation import Role, State
from outreach.reports.figures import Dimension
from outreach.reports.reading.queries import figures_of
from outreach.reports.settling import service as settling
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.interests import make_interest
from tests.factories.partners import make_offer, make_participation, make_partner


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event with two partners that come, one that does not, and what guests left at the first."""
    event = make_event()
    first, club = make_partner(), make_partner(name="Skiklubben", kind=Kind.CLUB)
    row = make_participation(event, first)
    make_participation(event, first, Role.SPEAKER)
    make_participation(event, club, state=State.DECLINED)
    make_participation(event, club, Role.HOST, state=State.WITHDRAWN)
    make_offer(first)
    make_offer(first, kind=OfferKind.JOB, title="Selger", is_approved=False)
    make_offer(first, kind=OfferKind.JOB, title="Ute", apply_by=date(2026, 11, 20))
    make_offer(club, kind=OfferKind.VOLUNTEER, title="Trener")
    for number in range(6):
        purpose = Purpose.WORK if number else Purpose.OTHER
        make_interest(row, contact=f"gjest{number}@gjest.example", purpose=purpose)
    other = make_participation(make_event(slug="et-annet"), club)
    make_interest(other, contact="annen@gjest.example")
    return event


def settle(event: Event) -> None:
    settling.settle(event, actor=COMMAND, now=event.ends_at_utc + timedelta(days=1))
    db.session.commit()


def test_counts_what_is_of_this_event_alone(event: Event) -> None:
    figures = figures_of(event)
    assert figures.table(Dimension.PARTNER) == {
        "": {"listed": 3, "confirmed": 2, "declined": 1, "silent": 0},
        "speaker": {"listed": 1, "confirmed": 1, "declined": 0, "silent": 0},
        "stand": {"listed": 2, "confirmed": 1, "declined": 1, "silent": 0},
    }
    assert figures.table(Dimension.PARTNER_KIND) == {"business": {"confirmed": 2}}
    # The offer that waits, the one whose last day was before the event and that of a partner who declined are not told.
    assert figures.table(Dimension.OFFER) == {"": {"offers": 1}, "apprenticeship": {"offers": 1}}
    assert figures.table(Dimension.INTEREST) == {
        "": {"interests": 6},
        "other": {"interests": 1},
        "work": {"interests": 5},
    }


def test_what_is_kept_stays_when_guests_are_erased(event: Event) -> None:
    settle(event)
    before = dict(figures_of(event).parts)
    erasure.erase_event_people(event.id)
    db.session.commit()
    assert dict(figures_of(event).parts) == before
    assert before[(Dimension.INTEREST, "", "interests")] == 6


def test_staff_read_exact_numbers_and_files_hide_small_ones(client: FlaskClient, event: Event) -> None:
    settle(event)
    clock.set_clock(lambda: event.ends_at_utc + timedelta(days=1))
    sign_in(client, role="organiser")
    page = client.get(f"/admin/arrangementer/{SLUG}/rapport").text
    for words in ("Partnere og muligheter", "Henvendelser ved standene", "Partnere som kom, etter slag"):
        assert words in page
    years = client.get("/admin/rapporter").text
    assert "Partnere og muligheter, år for år" in years
    text = client.get(f"/admin/arrangementer/{SLUG}/rapport.csv").get_data().decode("utf-8-sig")
    told = {(row[3], row[4], row[5]): row[6] for row in csv.reader(io.StringIO(text), delimiter=";")}
    left = {of: told[("Henvendelser ved standene", of, "Henvendelser")] for of in ("I alt", "Noe annet")}
    assert left == {"I alt": "6", "Noe annet": "<5"}
    assert told[("Henvendelser ved standene", "Jobb, læreplass eller oppgave", "Henvendelser")] == "<5"
    assert told[("Partnere etter rolle", "Stand", "Svarte ikke")] == "0"
    pdf = pypdfium2.PdfDocument(client.get(f"/admin/arrangementer/{SLUG}/rapport.pdf").get_data())
    words = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert "Partnere og muligheter" in words
    assert "Muligheter som ble tilbudt" in words
