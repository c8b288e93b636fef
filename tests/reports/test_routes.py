import pytest
from flask.testing import FlaskClient

from outreach.accounts.roles import Role
from tests.factories.accounts import sign_in
from tests.factories.invitations import make_invited

PATHS = ("/admin/", "/admin/arrangementer/ny-i-modum-2026")


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 303


def test_the_overview_of_an_empty_installation_says_what_to_do(client: FlaskClient) -> None:
    sign_in(client)
    assert "Ingen arrangementer ennå" in client.get("/admin/").get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_staff_see_how_it_goes(client: FlaskClient, path: str) -> None:
    make_invited(1985, 1987)
    sign_in(client, role=Role.READER)
    page = client.get(path)
    assert page.status_code == 200
    assert "Invitert" in page.get_data(as_text=True)


def test_an_unknown_event_is_not_found(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/admin/arrangementer/ingenting").status_code == 404
