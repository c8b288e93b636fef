from datetime import UTC, datetime

from flask.testing import FlaskClient

from outreach import clock
from outreach.accounts.roles import Role
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.pages import forms_of, send


def test_an_organiser_may_not_erase(client: FlaskClient) -> None:
    sign_in(client, role=Role.ORGANISER)
    assert client.get("/admin/sletting").status_code == 403


def test_privacy_sees_what_goes_when_and_can_do_it_now(client: FlaskClient) -> None:
    make_invited(1985, 1987)
    clock.set_clock(lambda: datetime(2027, 2, 24, 8, 0, tzinfo=UTC))
    sign_in(client, role=Role.PRIVACY)
    page = client.get("/admin/sletting")
    [form] = [form for form in forms_of(page) if form.action.endswith("/sletting")]
    done = client.get(send(client, form).headers["Location"])
    assert "Slettingen er kjørt" in done.get_data(as_text=True)
    assert "Ingenting skal slettes nå" in done.get_data(as_text=True)


def test_an_event_that_holds_nobody_is_not_called_overdue(client: FlaskClient) -> None:
    make_event()
    clock.set_clock(lambda: datetime(2027, 2, 24, 8, 0, tzinfo=UTC))
    sign_in(client, role=Role.PRIVACY)
    assert "Ingenting skal slettes nå" in client.get("/admin/sletting").text
