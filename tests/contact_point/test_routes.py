"""What staff see of the contact point: numbers, lists, an export that is safe, links and QR codes."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audience.interest import Interest
from outreach.audit.models import AuditEntry
from outreach.contact_point.listing.queries import numbers
from outreach.contact_point.models import SignUp
from outreach.contact_point.sign_up import Purpose
from outreach.database import db
from outreach.database.downward import announce
from outreach.events.study_place import StudyPlace
from outreach.outbox.states import Channel
from tests.factories.accounts import sign_in
from tests.factories.audience import make_import, make_person
from tests.factories.contact_point import make_sign_up
from tests.pages import forms_of, send

BASE = "/admin/kontaktpunkt"


@pytest.fixture
def people(app: Flask) -> list[SignUp]:
    made = [
        make_sign_up(name="Åse Berg", heard_by="oslo"),
        make_sign_up(
            name="=cmd|' /C calc'!A0",
            contact="+4741234567",
            channel=Channel.SMS,
            city=StudyPlace.BERGEN,
            finishing_year=None,
            interests=frozenset({Interest.PLOTS}),
            purposes=frozenset({Purpose.NEWS}),
        ),
        make_sign_up(name="Hemmelig Kanari", contact="h@student.example"),
    ]
    made[2].is_unlisted, made[2].name = True, ""
    db.session.commit()
    return made


def acts() -> list[str]:
    wanted = db.select(AuditEntry.act).where(AuditEntry.actor_kind == "staff").order_by(AuditEntry.at_utc)
    return sorted(act for act in db.session.scalars(wanted) if act.startswith("contact."))


def test_numbers_are_of_those_who_may_be_listed(app: Flask, people: list[SignUp]) -> None:
    found = numbers()
    assert (found.everybody, found.purposes) == (2, {"news": 2, "invitations": 1})
    assert found.cities == {"oslo": 1, "bergen": 1, "trondheim": 0, "other": 0}
    assert list(found.years.items()) == [(2028, 1), (None, 1)]
    assert {name: number for name, number in found.interests.items() if number} == {"jobs": 1, "events": 1, "plots": 1}
    assert found.heard_by == {"oslo": 1}


def test_the_page_shows_numbers_links_and_qr_codes(client: FlaskClient, people: list[SignUp]) -> None:
    sign_in(client)
    text = client.get(BASE).text
    for words in ("http://localhost/kontaktpunkt?by=bergen", "Plakat i Oslo", "Ikke oppgitt", "Tomter og boliger"):
        assert words in text, words
    picture = client.get(f"{BASE}/qr/bergen.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.text.startswith("<svg")
    assert client.get(f"{BASE}/qr/ukjent.svg").status_code == 404


def test_lists_name_those_who_may_be_named_and_the_look_is_in_the_log(
    client: FlaskClient, people: list[SignUp]
) -> None:
    sign_in(client)
    everybody, bergen = client.get(f"{BASE}/paameldte").text, client.get(f"{BASE}/paameldte?by=bergen").text
    assert "2 personer" in everybody
    assert "Åse Berg" in everybody
    assert "Åse Berg" not in bergen
    assert client.get(f"{BASE}/paameldte/{people[0].id}").status_code == 200
    assert client.get(f"{BASE}/paameldte/{people[2].id}").status_code == 404
    assert acts() == ["contact.list", "contact.list", "contact.look"]


@pytest.mark.parametrize("query", ["?side=0", "?side=9", "?by=paris"])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, people: list[SignUp], query: str) -> None:
    sign_in(client)
    assert client.get(f"{BASE}/paameldte{query}").status_code == 404


def test_the_export_runs_nothing_and_is_in_the_log(client: FlaskClient, people: list[SignUp]) -> None:
    sign_in(client)
    answer = client.get(f"{BASE}/paameldte.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in rows] == [10, 10, 10]
    by_name = {row[0]: row for row in rows[1:]}
    assert by_name["Åse Berg"][1:6] == ["Oslo", "OsloMet", "Sykepleie", "2028", "Jobber, Treff og arrangementer"]
    evil = by_name["'=cmd|' /C calc'!A0"]
    assert evil[7:9] == ["", "'+4741234567"]
    assert acts() == ["contact.export"]


def test_staff_match_somebody_whom_the_name_alone_does_not_tell(client: FlaskClient, people: list[SignUp]) -> None:
    names = {"given_name": "Åse Kristin", "family_name": "Bergheim", "birth_date": "2003-05-17", "birth_year": 2003}
    person, stranger = make_person(make_import(), **names), make_person(make_import())
    path = f"{BASE}/paameldte/{people[0].id}"
    sign_in(client)
    assert people[0].person_id is None
    form = next(form for form in forms_of(client.get(path)) if form.action.endswith("/kobling"))
    assert form.choices["person"] == [str(person.id), ""]
    assert client.post(form.action, data={**form.values, "person": str(stranger.id)}).status_code == 404
    assert send(client, form, person=str(person.id)).status_code == 303
    announce("register_read")
    db.session.commit()
    assert people[0].person_id == person.id, "the next extract does not undo it"
    form = next(form for form in forms_of(client.get(path)) if form.action.endswith("/kobling"))
    send(client, form, person="")
    db.session.expire_all()
    assert (people[0].person_id, people[0].is_matched_by_hand) == (None, True)
    assert acts().count("contact.match") == 2


def test_who_asks_by_phone_is_erased_by_whoever_may(client: FlaskClient, people: list[SignUp]) -> None:
    path = f"{BASE}/paameldte/{people[0].id}"
    sign_in(client)
    assert not [form for form in forms_of(client.get(path)) if form.action.endswith("/slett")]
    sign_in(client, role="privacy")
    form = next(form for form in forms_of(client.get(path)) if form.action.endswith("/slett"))
    assert send(client, form).status_code == 303
    assert client.get(path).status_code == 404
    assert "contact.erase" in acts()
