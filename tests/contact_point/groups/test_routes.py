"""Groups get short links that count clicks of nobody, stand where guests look, and are kept by staff."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.contact_point.groups.models import GroupClick, SocialGroup
from outreach.database import db
from outreach.events.event import City
from outreach.web.models import AttemptCounter
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.contact_point import make_sign_up, token_of_own
from tests.factories.events import SLUG, make_event
from tests.factories.groups import make_group
from tests.pages import Form, forms_of, send

PATH = "/admin/kontaktpunkt/grupper"
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone)"}


def clicks() -> list[tuple[object, int]]:
    db.session.rollback()
    return [(row.day, row.clicks) for row in db.session.scalars(select(GroupClick).order_by(GroupClick.day))]


def form_at(client: FlaskClient, path: str, end: str) -> Form:
    return next(form for form in forms_of(client.get(path)) if form.action.endswith(end))


@pytest.fixture
def staff(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, role="organiser")
    return client


def test_a_short_link_leads_on_and_counts_a_number_of_the_day_alone(client: FlaskClient) -> None:
    group = make_group()
    path = f"/g/{group.short.lower()}"
    for _ in range(3):
        answer = client.get(path, headers=PHONE)
        assert (answer.status_code, answer.location) == (302, "https://grupper.example/modum-i-oslo")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    clock.set_clock(lambda: NOW + timedelta(days=1))
    client.get(path.upper().replace("/G/", "/g/"), headers=PHONE)
    assert clicks() == [(NOW.date(), 3), ((NOW + timedelta(days=1)).date(), 1)]
    assert not db.session.scalars(select(AttemptCounter)).all(), "no address is kept"


def test_machines_and_looking_ahead_are_led_on_and_not_counted(client: FlaskClient) -> None:
    path = f"/g/{make_group().short.lower()}"
    client.head(path, headers=PHONE)
    client.get(path, headers={**PHONE, "Sec-Purpose": "prefetch"})
    answer = client.get(path, headers={"User-Agent": "facebookexternalhit/1.1"})
    assert answer.status_code == 302
    assert clicks() == []


def test_a_link_to_no_group_says_so(client: FlaskClient) -> None:
    answer = client.get("/g/22222")
    assert answer.status_code == 404
    assert "Denne lenken fører ikke til noen gruppe lenger." in answer.text
    assert 'href="/kontaktpunkt#grupper">Se gruppene våre</a>' in answer.text


def test_groups_stand_where_people_sign_up_and_on_pages_of_events_in_the_same_city(
    client: FlaskClient, staff: FlaskClient
) -> None:
    make_event(city=City.OSLO)
    home = make_event(slug="hjemme")
    before = client.get(f"/arrangement/{SLUG}").text
    assert "Bli med i gruppa" not in before
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    group = make_group()
    link = f'href="/g/{group.short.lower()}"'
    own = f"/kontaktpunkt/min/{token_of_own(make_sign_up())}?ny=1"
    for path in (f"/arrangement/{SLUG}", "/kontaktpunkt", "/kontaktpunkt/sendt", own):
        page = client.get(path).text
        assert link in page, path
        assert group.name in page, path
    assert link not in client.get(f"/arrangement/{home.slug}").text
    clock.set_clock(lambda: NOW + timedelta(minutes=2))
    send(staff, form_at(staff, f"{PATH}/{group.id}", "/slett"))
    for path in (f"/arrangement/{SLUG}", "/kontaktpunkt"):
        assert "/g/" not in client.get(path).text


def test_staff_add_and_change_a_group_and_its_short_link_stays(client: FlaskClient, staff: FlaskClient) -> None:
    assert "Ingen grupper ennå" in staff.get(PATH).text
    filled = {"city": "bergen", "name": " Modum i Bergen ", "url": "grupper.example/bergen"}
    assert send(staff, form_at(staff, PATH, "/grupper"), **filled).status_code == 303
    row = db.session.scalars(select(SocialGroup)).one()
    assert (row.city, row.name, row.url) == ("bergen", "Modum i Bergen", "https://grupper.example/bergen")
    short = row.short
    client.get(f"/g/{short.lower()}", headers=PHONE)
    page = staff.get(PATH).text
    assert f"http://localhost/g/{short.lower()}" in page
    assert "Klikk uke for uke" in page
    change = form_at(staff, f"{PATH}/{row.id}", str(row.id))
    assert send(staff, change, url="https://ny.example/bergen").status_code == 303
    assert client.get(f"/g/{short.lower()}").location == "https://ny.example/bergen"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Skriv navnet på gruppa."),
        ({"name": "x" * 81}, "For langt."),
        ({"url": ""}, "Skriv lenken til gruppa"),
        ({"url": "http://grupper.example/"}, "Lenken må begynne med https://"),
        ({"url": "javascript:alert(1)"}, "Denne lenken kan vi ikke vise."),
        ({"city": "stavanger"}, "Dette må rettes"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(staff: FlaskClient, changed: dict[str, str], words: str) -> None:
    filled = {"city": "oslo", "name": "Modum i Oslo", "url": "https://grupper.example/"}
    answer = send(staff, form_at(staff, PATH, "/grupper"), **{**filled, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert not db.session.scalars(select(SocialGroup)).all()
