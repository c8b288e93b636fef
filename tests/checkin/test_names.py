"""Names at the door: whose, how they are sealed, who may turn them on, and that phones are told."""

import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.checkin.choices.door_choices import needs_of, stored_needs
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.names.name_index import Comer, NamedTicket, names_for_door, sealed_index
from outreach.checkin.names.service import pin_of
from outreach.checkin.names.shift_pin import DIGITS, check_digit, printed, shift_pin
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.tickets.models import Ticket
from tests.factories.accounts import sign_in
from tests.factories.checkin import code_of, make_event, opened_names, pair_phone
from tests.factories.events import SLUG
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import Form, forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/dorer"


@pytest.fixture
def evening(app: Flask) -> Any:
    return make_event()


def turned_on(event: Any) -> str:
    """Turn names on and return the PIN."""
    choosing.search_names(event, is_on=True, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return pin_of(event.id, choices_of(event.id))


def guests(phone: Any, pin: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(opened_names(phone.get("names").json, pin))["guests"]
    return found


@given(st.binary(min_size=32, max_size=32), st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_found_by_the_check_digit(secret: bytes, place: int, more: int) -> None:
    pin = shift_pin(secret)
    assert (len(pin), pin.isdigit()) == (DIGITS, True)
    assert check_digit(pin[:-1]) == pin[-1]
    wrong = f"{pin[:place]}{(int(pin[place]) + more) % 10}{pin[place + 1 :]}"
    assert check_digit(wrong[:-1]) != wrong[-1]


def test_a_pin_is_read_out_in_groups() -> None:
    assert printed("1234567812345670") == "1234 5678 1234 5670"


@pytest.mark.parametrize(
    ("comers", "names"),
    [
        ([("Åse", True), ("Emma", False), ("Bjørn", True)], ("Åse", "Bjørn")),
        ([("Emma", False), ("Liv", False)], ("Emma",)),
        ([], ()),
    ],
)
def test_a_party_is_found_by_its_adults(comers: list[tuple[str, bool]], names: tuple[str, ...]) -> None:
    assert names_for_door([Comer(*one) for one in comers]) == names


def test_the_length_of_the_names_does_not_count_the_guests() -> None:
    tickets = [NamedTicket((f"Gjest {n}",), f"e{n}", f"ref:{n}.1", 1) for n in range(20)]
    assert len(sealed_index(tickets[:1], bytes(32))) == len(sealed_index(tickets, bytes(32)))


def test_needs_of_the_door_are_stored_and_no_others() -> None:
    assert needs_of(stored_needs(["interpreter", "allergy", "wheelchair"])) == ("wheelchair", "interpreter")
    assert needs_of("") == ()


def test_names_come_only_when_chosen_and_open_with_the_pin_alone(client: FlaskClient, evening: Any) -> None:
    invitation = make_household(evening)
    give_answer(invitation, answer_for(invitation, True, False, True))
    phone = pair_phone(client, evening)
    assert phone.get("names").status_code == 404
    assert phone.get("changes").json["names_version"] == ""
    pin = turned_on(evening)
    told = phone.get("changes").json
    fetched = phone.get("names")
    assert fetched.json["version"] == told["names_version"] != ""
    assert "Lien" not in fetched.text
    [guest] = guests(phone, pin)
    assert (guest["names"], guest["persons"], guest["needs"]) == (["Åse Lien", "Emma Lien"], 2, "")
    [line] = phone.get("roster").json["entries"]
    assert guest["entry"] == line["entry"]
    [ticket] = db.session.scalars(select(Ticket))
    assert phone.results(phone.scan(guest["reference"], persons=2))[0]["class"] == "first"
    assert code_of(ticket) not in json.dumps(guest)
    with pytest.raises(InvalidTag):
        opened_names(fetched.json, shift_pin(bytes(32)))
    assert phone.get("names", **{"If-None-Match": fetched.headers["ETag"]}).status_code in {200, 304}


def test_a_new_pin_opens_what_is_fetched_from_then_on_and_the_old_one_does_not(
    client: FlaskClient, evening: Any
) -> None:
    phone, old = pair_phone(client, evening), turned_on(evening)
    before = phone.get("changes").json["names_version"]
    choosing.renew_pin(evening, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    new = pin_of(evening.id, choices_of(evening.id))
    assert phone.get("changes").json["names_version"] != before
    assert guests(phone, new) == []
    with pytest.raises(InvalidTag):
        opened_names(phone.get("names").json, old)


def test_who_must_be_looked_at_by_hand_is_in_no_index(client: FlaskClient, evening: Any) -> None:
    pin, phone = turned_on(evening), pair_phone(client, evening)
    for name in ("Vanlig", "Holdt", "Husstand"):
        invitation = make_household(evening, (name,))
        give_answer(invitation, answer_for(invitation, True))
    home = Household(dwelling_hash="x", set_aside_reason="by_hand")
    db.session.add(home)
    for person in db.session.scalars(select(Person)):
        person.is_held_back = person.given_name == "Holdt"
        person.household = home if person.given_name == "Husstand" else None
    db.session.commit()
    assert [guest["names"] for guest in guests(phone, pin)] == [["Vanlig Lien"]]


def test_a_protected_person_makes_phones_fetch_the_names_anew(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    turned_on(evening)
    before = phone.get("changes").json
    choosing.forget_protected(person_ids=[1], now=clock.now_utc())
    db.session.commit()
    after = phone.get(f"changes?since={before['version']}").json
    assert after["names_version"] != before["names_version"]
    assert after["full"] is True


def test_phones_are_told_the_needs_that_were_chosen_and_no_others(client: FlaskClient, evening: Any) -> None:
    pin, phone = turned_on(evening), pair_phone(client, evening)
    invitation = make_household(evening)
    wishes = (
        NeedWish(NeedKind.WHEELCHAIR, ""),
        NeedWish(NeedKind.INTERPRETER, "polsk"),
        NeedWish(NeedKind.ALLERGY, "nøtt"),
    )
    give_answer(invitation, answer_for(invitation, True, True, True, needs=wishes))
    sealed = phone.get("roster").json
    assert guests(phone, pin)[0]["needs"] == ""
    choosing.tell_needs(evening, ["wheelchair", "allergy"], actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    assert guests(phone, pin)[0]["needs"] == "w"
    renewed = phone.get(f"roster?since={sealed['version']}").json
    assert renewed["full"] is True
    assert [len(one["sealed"]) for one in renewed["entries"]] == [len(one["sealed"]) for one in sealed["entries"]]
    assert renewed["entries"] != sealed["entries"]


def _form(page: Any, end: str) -> Form:
    return next(form for form in forms_of(page) if form.action.endswith(end))


def test_the_door_lead_turns_names_on_sees_the_pin_and_turns_them_off(client: FlaskClient, evening: Any) -> None:
    sign_in(client, role="door-lead")
    assert "PIN-koden:" not in client.get(PAGE).text
    assert send(client, _form(client.get(PAGE), "/navn/pa")).status_code == 303
    pin = printed(pin_of(evening.id, choices_of(evening.id)))
    assert pin in client.get(PAGE).text
    send(client, _form(client.get(PAGE), "/ny-pin"))
    assert pin not in client.get(PAGE).text
    send(client, _form(client.get(PAGE), "/behov"), needs=["wheelchair"])
    assert choices_of(evening.id).told_needs == ("wheelchair",)
    send(client, _form(client.get(PAGE), "/navn/av"))
    assert choices_of(evening.id).has_names is False
