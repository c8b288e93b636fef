"""A partner posts what it offers by its own page, and touches nobody else's."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from outreach.database import db
from outreach.partners.models import Participation
from outreach.partners.opportunities import queries
from tests.factories.events import SLUG, make_event
from tests.factories.partners import make_offer, make_participation, make_partner, partner_token
from tests.pages import forms_of, send

TYPED = {"kind": "job", "title": "Snekker", "text": "Fast jobb.", "place": "Åmot", "apply_by": "2027-01-01", "link": ""}


@pytest.fixture
def row(client: FlaskClient) -> Participation:
    return make_participation(make_event())


def test_an_offer_waits_for_staff_and_can_be_changed_and_taken_down(client: FlaskClient, row: Participation) -> None:
    path = f"/partner/{partner_token(row)}"
    [form] = [form for form in forms_of(client.get(f"{path}/muligheter/ny")) if "title" in form.values]
    answer = send(client, form, **TYPED)
    assert answer.status_code == 303
    assert "Takk! Vi leser den" in client.get(answer.location).text
    [offer] = queries.of_organisation(row.organisation_id)
    assert offer.state == "waiting"
    assert "Snekker" not in client.get(f"/arrangement/{SLUG}").text
    [form] = [form for form in forms_of(client.get(f"{path}/muligheter/{offer.id}")) if "title" in form.values]
    assert form.values["apply_by"] == "2027-01-01"
    assert send(client, form, title="Tømrer").status_code == 303
    [down] = [form for form in forms_of(client.get(path)) if form.action.endswith("/ta-ned")]
    assert send(client, down).status_code == 303
    db.session.expire_all()
    assert (offer.title, offer.state) == ("Tømrer", "closed")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"apply_by": "2026-10-01"}, "Fristen er allerede ute. Velg en dag fram i tid."),
        ({"link": "https://modum.kommune.no@ond.example"}, "Denne lenken kan vi ikke vise."),
        ({"title": ""}, "Skriv en overskrift."),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, row: Participation, wrong: dict[str, str], words: str
) -> None:
    page = client.get(f"/partner/{partner_token(row)}/muligheter/ny")
    [form] = [form for form in forms_of(page) if "title" in form.values]
    answer = send(client, form, **{**TYPED, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Fast jobb." in answer.text
    assert queries.of_organisation(row.organisation_id) == []


def test_another_partners_offer_is_not_found(client: FlaskClient, row: Participation) -> None:
    foreign = make_offer(make_partner(), apply_by=date(2027, 1, 1))
    path = f"/partner/{partner_token(row)}/muligheter"
    assert client.get(f"{path}/{foreign.id}").status_code == 404
    [form] = [form for form in forms_of(client.get(f"{path}/ny")) if "title" in form.values]
    for end in (f"/{foreign.id}", f"/{foreign.id}/ta-ned"):
        form.action = path + end
        assert send(client, form, **TYPED).status_code == 404
    db.session.expire_all()
    assert (foreign.title, foreign.state) == ("Lærling i tømrerfaget", "approved")
