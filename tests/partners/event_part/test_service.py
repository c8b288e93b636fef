"""An event's public page shows the partners that come, and their logos; nobody else's."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events import service as event_service
from outreach.partners.logo import logo_mark, logo_png
from outreach.partners.models import Organisation
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import State
from outreach.partners.participations import service
from tests.conftest import NOW
from tests.factories.events import SLUG, make_event
from tests.factories.partners import make_participation, make_partner, picture

PAGE = f"/arrangement/{SLUG}"


def with_logo(row: Organisation) -> str:
    png = logo_png(picture())
    organisations.set_logo(row, png, logo_mark(png), actor=COMMAND, now=NOW)
    db.session.commit()
    return f"/partnerlogo/{row.id}-{row.logo_mark}.png"


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [(State.ASKED, False), (State.CONFIRMED, True), (State.DECLINED, False), (State.WITHDRAWN, False)],
)
def test_the_page_shows_those_who_come_and_nobody_else(client: FlaskClient, state: State, is_shown: bool) -> None:
    row = make_participation(make_event(), make_partner(website="https://www.trevare.example/om"), state=state)
    logo = with_logo(row.organisation)
    page = client.get(PAGE).text
    assert ("Modum Trevare AS" in page) is is_shown
    assert (logo in page) is is_shown
    assert (client.get(logo).status_code == 200) is is_shown
    assert "berit@trevare.example" not in page
    assert "Berit" not in page
    if is_shown:
        assert 'href="https://www.trevare.example/om" rel="noreferrer nofollow"' in page


def test_the_page_changes_when_a_partner_answers(client: FlaskClient) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    assert "Modum Trevare AS" not in client.get(PAGE).text
    clock.set_clock(lambda: NOW + timedelta(seconds=5))
    service.answer(row, is_coming=True, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    assert "Modum Trevare AS" in client.get(PAGE).text


def test_a_partners_words_can_do_no_harm(client: FlaskClient) -> None:
    make_participation(make_event(), make_partner(name="<script>x</script>", about="<img src=x onerror=y>"))
    page = client.get(PAGE).text
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_a_logo_is_public_only_while_it_is_shown_and_by_its_own_mark(app: Flask, client: FlaskClient) -> None:
    alone = make_partner()
    assert client.get(with_logo(alone)).status_code == 404
    row = make_participation(make_event(publish=False))
    path = with_logo(row.organisation)
    assert client.get(path).status_code == 404, "guests do not see the event yet"
    event_service.publish_event(row.event, NOW)
    db.session.commit()
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(path.replace(row.organisation.logo_mark, "0" * 16)).status_code == 404


def test_an_event_without_partners_says_nothing_of_them(client: FlaskClient) -> None:
    make_event()
    assert "Disse møter du" not in client.get(PAGE).text
