"""Guests see what staff have approved, where they look for it, until its last day; and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audience.interest import Interest
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.mailings.newsletters.offers.service import MOST_TOLD, offered_to
from outreach.partners.models import Opportunity
from outreach.partners.opportunities import queries, service
from outreach.partners.opportunity import MOST_OPEN, Kind, PastDeadlineError, State, TooManyOpenError
from outreach.partners.participation import State as Answer
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.contact_point import make_sign_up, own_path
from tests.factories.events import SLUG, make_event
from tests.factories.partners import make_offer, make_participation, make_partner, offer_details
from tests.pages import forms_of, send

PAGE = f"/arrangement/{SLUG}"
TODAY = date(2026, 11, 2)


@pytest.fixture
def offer(app: Flask) -> Opportunity:
    return make_offer(make_participation(make_event()).organisation, is_approved=False)


@pytest.fixture
def staff(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client)
    return client


def press(staff: FlaskClient, row: Opportunity, end: str, **values: str):
    forms = forms_of(staff.get(f"/admin/muligheter/{row.id}"))
    return send(staff, next(form for form in forms if form.action.endswith(end)), **values)


def test_guests_see_it_once_staff_have_approved_it_and_no_more_when_it_is_taken_down(
    client: FlaskClient, staff: FlaskClient, offer: Opportunity
) -> None:
    assert "Lærling" not in client.get(PAGE).text
    assert "Les 1 mulighet fra en partner" in staff.get("/admin/").text
    clock.set_clock(lambda: NOW + timedelta(seconds=5))
    assert press(staff, offer, "/godkjenn").status_code == 303
    page = client.get(PAGE).text
    assert "Læreplass: Lærling i tømrerfaget" in page
    assert "Les mer hos trevare.example" in page
    clock.set_clock(lambda: NOW + timedelta(seconds=10))
    assert press(staff, offer, "/ta_ned").status_code == 303
    assert "Lærling" not in client.get(PAGE).text


def test_a_refusal_needs_a_reason_and_is_kept_from_guests(
    client: FlaskClient, staff: FlaskClient, offer: Opportunity
) -> None:
    empty = press(staff, offer, "/avvis")
    assert empty.status_code == 422
    assert "Skriv hvorfor, så partneren kan rette det." in empty.text
    assert press(staff, offer, "/avvis", why="Skriv hvor det er.").status_code == 303
    db.session.expire_all()
    assert (offer.state, offer.why) == (State.REFUSED, "Skriv hvor det er.")
    assert "Lærling" not in client.get(PAGE).text


def test_it_expires_by_itself_also_on_a_page_that_is_kept_rendered(client: FlaskClient, offer: Opportunity) -> None:
    service.approve(offer, actor=COMMAND, now=NOW, today=TODAY)
    offer.apply_by = date(2026, 11, 3)
    db.session.commit()
    clock.set_clock(lambda: datetime(2026, 11, 3, 22, 59, tzinfo=UTC))
    assert "Lærling" in client.get(PAGE).text
    clock.set_clock(lambda: datetime(2026, 11, 3, 23, 0, 1, tzinfo=UTC))
    assert "Lærling" not in client.get(PAGE).text, "past midnight in Oslo"


def test_the_page_is_rendered_once_until_something_changes(
    client: FlaskClient, offer: Opportunity, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.approve(offer, actor=COMMAND, now=NOW, today=TODAY)
    db.session.commit()
    asked: list[object] = []
    shown_of = queries.shown_of
    monkeypatch.setattr(queries, "shown_of", lambda *values: asked.append(values) or shown_of(*values))
    for second in range(1, 20, 2):
        clock.set_clock(lambda second=second: NOW + timedelta(seconds=second))
        assert client.get(PAGE).status_code == 200
    assert len(asked) == 1


@pytest.mark.parametrize("state", [Answer.ASKED, Answer.DECLINED, Answer.WITHDRAWN])
def test_what_is_offered_by_who_does_not_come_is_not_on_the_events_page(client: FlaskClient, state: Answer) -> None:
    make_offer(make_participation(make_event(), state=state).organisation)
    assert "Lærling" not in client.get(PAGE).text


def test_one_past_its_day_can_neither_be_posted_nor_approved(app: Flask, offer: Opportunity) -> None:
    with pytest.raises(PastDeadlineError):
        service.approve(offer, actor=COMMAND, now=NOW, today=date(2027, 3, 2))
    with pytest.raises(PastDeadlineError):
        make_offer(offer.organisation, apply_by=date(2026, 11, 1))


def test_what_a_partner_changes_waits_again_and_there_is_an_end_to_how_much_it_posts(app: Flask) -> None:
    row = make_offer(make_partner())
    service.change(row, offer_details(title="Ny"), actor=COMMAND, now=NOW, today=TODAY)
    assert row.state == State.WAITING
    for _ in range(MOST_OPEN - 1):
        make_offer(row.organisation)
    with pytest.raises(TooManyOpenError):
        make_offer(row.organisation)
    service.take_down(row, actor=COMMAND, now=NOW)
    assert make_offer(row.organisation)


def test_staff_post_for_a_partner_and_bad_input_is_told(staff: FlaskClient) -> None:
    row = make_partner()
    path = f"/admin/partnere/{row.id}/muligheter/ny"
    form = next(form for form in forms_of(staff.get(path)) if "title" in form.values)
    typed = {"kind": "job", "title": "Snekker", "text": "Fast jobb.", "apply_by": "2027-01-01", "link": ""}
    for wrong, words in (
        ({"apply_by": "2026-11-01"}, "Fristen er allerede ute. Velg en dag fram i tid."),
        ({"apply_by": ""}, "Skriv en dato"),
        ({"apply_by": "2062-01-01"}, "mer enn to år fram"),
        ({"link": "data:text/html,hei"}, "Denne lenken kan vi ikke vise."),
        ({"kind": "x"}, "Velg hva dere tilbyr."),
        ({"title": ""}, "Skriv en overskrift."),
    ):
        answer = send(staff, form, **{**typed, **wrong})
        assert answer.status_code == 422
        assert words in answer.text
        assert "Fast jobb." in answer.text
    assert send(staff, form, **typed).status_code == 303
    assert [one.state for one in queries.of_organisation(row.id)] == ["approved"]
    assert "Snekker" in staff.get("/admin/muligheter").text


def test_the_contact_points_page_shows_what_somebody_asked_for(client: FlaskClient) -> None:
    partner = make_partner()
    make_offer(partner, kind=Kind.JOB, title="Snekker")
    make_offer(partner, kind=Kind.PLOT, title="Tomt på Vikersund")
    make_offer(partner, kind=Kind.JOB, title="Hemmelig", is_approved=False)
    page = client.get(own_path(make_sign_up(interests=frozenset({Interest.JOBS})))).text
    assert "Jobb: Snekker" in page
    assert "Modum Trevare AS" in page
    assert "Tomt på Vikersund" not in page
    assert "Hemmelig" not in page


def test_a_newsletter_tells_of_what_fits_and_says_so_when_nothing_does(app: Flask) -> None:
    partner = make_partner()
    with app.test_request_context():
        assert offered_to([Interest.JOBS], "nb") == "Akkurat nå er det ingen nye muligheter."
        for number in range(MOST_TOLD + 2):
            make_offer(partner, kind=Kind.JOB, title=f"Jobb {number}", apply_by=date(2027, 1, 1 + number))
        told = offered_to([Interest.JOBS], "nb")
        assert told.startswith("Jobb: Jobb 0, Modum Trevare AS, søk innen 1. jan. 2027.")
        assert told.endswith("Og 2 til på siden din.")
        assert offered_to([Interest.JOBS], "en").startswith("Job: Jobb 0, Modum Trevare AS, apply by 1 Jan 2027.")
