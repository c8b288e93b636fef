"""Staff keep partners and contacts; what cannot be right is told, and nothing that was typed is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.partners.models import Contact, Organisation
from tests.factories.accounts import sign_in
from tests.factories.partners import contact_of, made_up_number, make_partner
from tests.pages import forms_of, send


@pytest.fixture
def staff(app: Flask, client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


def _form(client: FlaskClient, path: str, field: str):
    return next(form for form in forms_of(client.get(path)) if field in form.values or field in form.choices)


def test_a_partner_is_made_and_shown(staff: FlaskClient) -> None:
    number = made_up_number()
    answer = send(
        staff, _form(staff, "/admin/partnere/ny", "number"), name=" Åmot  Idrettslag ", number=number, kind="club",
        website="amot-il.example", about="Ski og fotball.\r\n\r\nAlle er velkomne.",
    )  # fmt: skip
    assert answer.status_code == 303
    row = db.session.scalars(select(Organisation)).one()
    assert (row.name, row.number, row.website) == ("Åmot Idrettslag", number, "https://amot-il.example")
    assert row.about == "Ski og fotball.\n\nAlle er velkomne."
    page = staff.get(answer.location).text
    assert "Lag eller forening" in page
    assert "Åmot Idrettslag" in staff.get("/admin/partnere").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Skriv navnet på partneren."),
        ({"number": "974760674"}, "kontrollsifferet stemmer ikke"),
        ({"number": "12"}, "Et organisasjonsnummer har 9 sifre"),
        ({"website": "javascript:alert(1)"}, "Denne lenken kan vi ikke vise."),
        ({"kind": "ukjent"}, "Velg hva slags partner det er."),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_typed_is_lost(
    staff: FlaskClient, values: dict[str, str], words: str
) -> None:
    typed = {"name": "Modum Trevare AS", "kind": "business", "about": "Vi lager dører.", **values}
    answer = send(staff, _form(staff, "/admin/partnere/ny", "number"), **typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Vi lager dører." in answer.text
    assert db.session.scalars(select(Organisation)).all() == []


def test_two_partners_cannot_have_one_number(staff: FlaskClient) -> None:
    first, second = make_partner(), make_partner(name="Snarum Kafé")
    form = _form(staff, "/admin/partnere/ny", "number")
    answer = send(staff, form, name="En til", kind="club", number=first.number)
    assert answer.status_code == 422
    assert "En annen partner har dette organisasjonsnummeret." in answer.text
    form = _form(staff, f"/admin/partnere/{second.id}/endre", "number")
    answer = send(staff, form, number=first.number)
    assert answer.status_code == 422
    assert "Snarum Kafé" in answer.text
    db.session.expire_all()
    assert second.number != first.number


def test_a_contact_is_kept_sealed_and_agrees_or_does_not(staff: FlaskClient) -> None:
    row = make_partner()
    first = contact_of(row).id
    form = _form(staff, f"/admin/partnere/{row.id}/kontakter/ny", "email")
    answer = send(staff, form, name="Åse Snekker", role="Styreleder", email="Ase@Trevare.example", has_agreed="y")
    assert answer.status_code == 303
    contact = db.session.scalars(select(Contact).where(Contact.id != first)).one()
    assert (contact.name, contact.role, contact.email) == ("Åse Snekker", "Styreleder", "Ase@trevare.example")
    assert contact.may_be_written_to
    form = _form(staff, f"/admin/partnere/{row.id}/kontakter/{contact.id}", "email")
    del form.values["has_agreed"]
    assert send(staff, form).status_code == 303
    db.session.expire_all()
    assert not contact.may_be_written_to
    assert contact.agreed_at_utc is not None, "when they had said yes is still known"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": ""}, "Skriv e-postadressen"),
        ({"email": "berit"}, "Skriv e-postadressen slik"),
        ({"name": ""}, "Skriv navnet."),
        ({"email": "BERIT@trevare.example"}, "Denne adressen står allerede"),
    ],
)
def test_a_contact_that_cannot_be_right_is_told(staff: FlaskClient, values: dict[str, str], words: str) -> None:
    row = make_partner()
    form = _form(staff, f"/admin/partnere/{row.id}/kontakter/ny", "email")
    answer = send(staff, form, **{"name": "Per", "email": "per@trevare.example", **values})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_contact_of_another_partner_is_not_found_here(staff: FlaskClient) -> None:
    row, other = make_partner(), make_partner()
    contact = row.contacts[0]
    assert staff.get(f"/admin/partnere/{other.id}/kontakter/{contact.id}").status_code == 404


def test_a_look_is_written_down_and_everything_can_be_erased(staff: FlaskClient) -> None:
    row = make_partner()
    page = staff.get(f"/admin/partnere/{row.id}")
    assert "berit@trevare.example" in page.text
    assert "partner.look" in set(db.session.scalars(select(AuditEntry.act)))
    contact = contact_of(row).id
    forms = forms_of(staff.get(f"/admin/partnere/{row.id}/kontakter/{contact}"))
    assert send(staff, next(form for form in forms if form.action.endswith("/slett"))).status_code == 303
    assert db.session.scalars(select(Contact)).all() == []
    forms = forms_of(staff.get(f"/admin/partnere/{row.id}"))
    assert send(staff, next(form for form in forms if form.action.endswith("/slett"))).status_code == 303
    assert db.session.scalars(select(Organisation)).all() == []
    assert staff.get(f"/admin/partnere/{row.id}").status_code == 404
