import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import sign_in
from tests.pages import forms_of, send


def test_staff_add_and_take_back_a_suppression(client: FlaskClient) -> None:
    sign_in(client, role="privacy")
    [form] = [form for form in forms_of(client.get("/admin/reservasjoner")) if "contact" in form.values]
    assert "Ingen står på lista" in client.get("/admin/reservasjoner").text
    assert send(client, form, button="add", contact="Per@Gjest.example").status_code == 303
    page = client.get("/admin/reservasjoner").text
    assert "Adressen står nå på lista." in page
    assert "En ansatt" in page
    assert "gjest.example" not in page.lower()
    assert send(client, form, button="take_back", contact="per@gjest.example").status_code == 303
    assert "1 oppføring er tatt av lista." in client.get("/admin/reservasjoner").text


@pytest.mark.parametrize(("contact", "words"), [("", "Skriv en e-postadresse"), ("Åse", "Skriv en e-postadresse som")])
def test_a_contact_that_is_none_is_shown_beside_the_field(client: FlaskClient, contact: str, words: str) -> None:
    sign_in(client)
    [form] = [form for form in forms_of(client.get("/admin/reservasjoner")) if "contact" in form.values]
    answer = send(client, form, button="add", contact=contact)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
