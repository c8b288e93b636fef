"""The page of the audit trail: records by title while they exist, then by number; guests never by name."""

from typing import Any

from flask.testing import FlaskClient

from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.database import db
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.mailings import make_mailing
from tests.factories.partners import make_participation, make_partner
from tests.factories.people import make_person
from tests.statements import noted

PAGE = "/admin/logg"


def _note(act: str, kind: str, number: int | None, **details: Any) -> None:
    record(act, subject_kind=kind, subject_id=number, actor=SYSTEM, now=NOW, **details)


def _selects(client: FlaskClient, page: str = PAGE) -> int:
    with noted() as seen:
        assert client.get(page).status_code == 200
    return sum(statement.lstrip().upper().startswith("SELECT") for statement in seen)


def test_show_audit_log_calls_records_by_their_titles(client: FlaskClient) -> None:
    event = make_event(slug="kveld", title="Velkomst & kaffe, 100 % gratis")
    organisation = make_partner(name="Modum <b>Næringsråd</b>")
    participation = make_participation(event, organisation)
    mailing = make_mailing(event)
    _note("event.change", "event", event.id)
    _note("partner.change", "partner", organisation.id)
    _note("partner.ask", "participation", participation.id)
    _note("mailing.create", "mailing", mailing.id, event_id=event.id)
    sign_in(client, role="privacy")
    text = client.get(PAGE).text
    assert "Arrangement: Velkomst &amp; kaffe, 100 % gratis" in text
    assert "Partner: Modum &lt;b&gt;Næringsråd&lt;/b&gt;" in text
    assert "Partner på et arrangement: Modum &lt;b&gt;Næringsråd&lt;/b&gt; – Velkomst &amp; kaffe, 100 % gratis" in text
    assert "Utsending: Praktisk informasjon til dem som kommer – Velkomst &amp; kaffe, 100 % gratis" in text
    for number in (event.id, organisation.id, participation.id, mailing.id):
        assert str(number) not in text


def test_show_audit_log_says_the_number_of_what_is_gone_and_of_guests(client: FlaskClient) -> None:
    event = make_event(slug="borte", title="Kvelden som er borte")
    person = make_person(family_name="Bråthen")
    _note("event.change", "event", event.id)
    _note("person.look", "person", person.id, event_id=event.id)
    db.session.delete(event)
    sign_in(client, role="privacy")
    text = client.get(PAGE).text
    assert text.count(str(event.id)) == 3, "made, changed, and beside the person"
    assert (str(person.id) in text, "Bråthen" in text, "Kvelden som er borte" in text) == (True, False, False)


def test_titles_are_looked_up_in_one_statement_however_many_rows(client: FlaskClient) -> None:
    sign_in(client, role="privacy")
    _note("event.change", "event", make_event(slug="kvelden").id)
    db.session.commit()
    alone = _selects(client)
    for number in range(12):
        event = make_event(slug=f"kveld-{number}", title=f"Kveld {number}")
        _note("event.change", "event", event.id)
        _note("mailing.create", "mailing", make_mailing(event).id, event_id=event.id)
    db.session.commit()
    assert "Kveld 11" in client.get(PAGE).text
    assert _selects(client) == alone
