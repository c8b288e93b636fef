"""Who moves home is thanked once and moved over; who was taken for somebody else says so and stays."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.contact_point import erasure, queries, service
from outreach.contact_point.listing import queries as listing
from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.database.downward import announce
from outreach.messages.composers import Withheld, composer_of
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.people.models import Person
from tests.conftest import NOW
from tests.contact_point.test_service import in_register
from tests.factories.contact_point import make_sign_up
from tests.pages import forms_of, send

HOME_ON = date(2027, 6, 1)
LATER = NOW + timedelta(days=240)


def path_of(row: SignUp) -> str:
    return f"/kontaktpunkt/min/{queries.code_of(row.selector, row.generation).lower()}"


def extract(person: Person, moved_in_on: date | None, *, is_resident: bool = True) -> None:
    """Have the next extract say of `person` what it says."""
    person.moved_in_on, person.is_resident = moved_in_on, is_resident
    db.session.commit()
    clock.set_clock(lambda: LATER)
    announce("register_read")
    db.session.commit()


def thanks() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == service.HOME_KIND)))


@pytest.fixture
def away(app: Flask) -> tuple[Person, SignUp]:
    return in_register(), make_sign_up()


def test_who_moves_home_is_thanked_once_and_moved_over(app: Flask, away: tuple[Person, SignUp]) -> None:
    person, row = away
    extract(person, HOME_ON)
    extract(person, HOME_ON)
    [message] = thanks()
    composer = composer_of(app, service.HOME_KIND)
    assert composer is not None
    mail = composer.compose(message)
    assert mail.subject == "Velkommen hjem!"  # type: ignore[union-attr]
    assert path_of(row).upper() in mail.text.upper()  # type: ignore[union-attr]
    assert "30. juli 2027" in mail.text  # type: ignore[union-attr]
    assert listing.numbers().purposes == {"news": 0, "invitations": 0}
    assert db.session.execute(queries.signed_up_persons(0)).all() == []
    service.ask_who_may_have_left(now=NOW + timedelta(days=400))
    assert row.asks == 0


def test_who_has_been_registered_at_home_all_the_time_or_lives_elsewhere_is_away(
    app: Flask, away: tuple[Person, SignUp]
) -> None:
    person, row = away
    extract(person, date(2004, 5, 1))
    extract(person, HOME_ON, is_resident=False)
    assert (thanks(), row.home_at_utc) == ([], None)
    assert listing.numbers().purposes["invitations"] == 1


def test_what_they_told_goes_a_month_later_and_not_before(app: Flask, away: tuple[Person, SignUp]) -> None:
    person, row = away
    extract(person, HOME_ON)
    erasure.erase_due(LATER + timedelta(days=30))
    assert queries.by_id(row.id) is not None
    erasure.erase_due(LATER + timedelta(days=30, seconds=1))
    db.session.commit()
    assert db.session.scalars(select(SignUp.id)).all() == []
    assert thanks() == []


def test_one_button_says_that_it_is_wrong_and_the_same_move_is_not_told_of_again(
    app: Flask, client: FlaskClient, away: tuple[Person, SignUp]
) -> None:
    person, row = away
    extract(person, HOME_ON)
    page = client.get(path_of(row))
    assert "Du har flyttet hjem" in page.text
    form = next(one for one in forms_of(page) if one.action.endswith("/bli"))
    assert "Du har flyttet hjem" not in client.get(send(client, form).location).text
    [message] = thanks()
    composer = composer_of(app, service.HOME_KIND)
    assert composer is not None
    assert composer.compose(message) == Withheld(Reason.ANSWERED)
    extract(person, HOME_ON)
    assert len(thanks()) == 1
    assert listing.numbers().purposes["invitations"] == 1


def test_somebody_tells_it_themselves(app: Flask, client: FlaskClient, away: tuple[Person, SignUp]) -> None:
    _person, row = away
    form = next(one for one in forms_of(client.get(path_of(row))) if one.action.endswith("/hjemme"))
    page = client.get(send(client, form).location)
    assert "Velkommen hjem, og takk for at du var med!" in page.text
    assert "Jeg har flyttet hjem" not in page.text
    assert listing.numbers().purposes == {"news": 0, "invitations": 0}
    assert thanks() == [], "the page has said it"


def test_the_text_message_says_it_too(app: Flask) -> None:
    person = in_register()
    make_sign_up(channel=Channel.SMS, contact="+4799999901")
    extract(person, HOME_ON)
    composer = composer_of(app, service.HOME_KIND)
    assert composer is not None
    assert composer.compose(thanks()[0]).text.startswith("Velkommen hjem!")  # type: ignore[union-attr]


def test_the_way_in_is_there_to_give_on(client: FlaskClient, away: tuple[Person, SignUp]) -> None:
    assert "http://localhost/kontaktpunkt?by=friend" in client.get(path_of(away[1])).text
