import re
from io import BytesIO

import icalendar
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from outreach import clock
from outreach.database import db
from outreach.formats.short_code import grouped
from outreach.tickets import service
from outreach.tickets.models import Ticket
from outreach.tickets.queries import calendar_secret
from tests.factories.events import make_event
from tests.factories.tickets import make_ticket

TAILS = ("", ".svg", ".png", ".pdf", ".ics")


@pytest.fixture
def ticket(app: Flask) -> Ticket:
    return make_ticket(make_event(), persons=4)


@pytest.fixture
def path(ticket: Ticket) -> str:
    return f"/billett/{service.code_of(ticket)}"


def test_show_ticket_names_nobody_and_shows_number_and_code(client: FlaskClient, ticket: Ticket, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "Gjelder 4 personer" in page.text
    assert grouped(service.code_of(ticket)) in page.text
    assert "Modum kulturhus" in page.text
    assert not re.search("Åse|Bjørn|Emma|Lien", page.text)
    assert 'href="/svar">Skriv koden fra brevet</a>' in page.text
    assert "/i/" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_show_ticket_takes_the_qr_in_capitals_and_a_typed_code(client: FlaskClient, ticket: Ticket) -> None:
    code = service.code_of(ticket)
    assert client.get(f"/BILLETT/{code}").status_code == 200
    assert client.get(f"/billett/{grouped(code).lower()}").status_code == 200


def test_the_png_reads_back_as_the_page_of_the_ticket(client: FlaskClient, ticket: Ticket, path: str) -> None:
    answer = client.get(f"{path}.png")
    assert answer.mimetype == "image/png"
    found = zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)).convert("L"))
    assert [code.text for code in found] == [f"HTTP://LOCALHOST/BILLETT/{service.code_of(ticket)}"]


def test_the_svg_is_an_image_without_text(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")


def test_the_calendar_file_is_the_guests_own(client: FlaskClient, ticket: Ticket, path: str) -> None:
    answer = client.get(f"{path}.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert str(calendar["METHOD"]) == "PUBLISH"
    entry = calendar.walk("VEVENT")[0]
    assert str(entry["UID"]) == f"ticket-{ticket.id}.{calendar_secret(ticket.id)}@localhost"
    assert str(entry["URL"]) == f"http://localhost{path}"


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("code", ["CDFHJKMNPRTVWXYC", "2222222222222222", "x", "2" * 400])
def test_a_code_that_is_none_is_404(app: Flask, client: FlaskClient, code: str, tail: str) -> None:
    assert client.get(f"/billett/{code}{tail}").status_code == 404


def test_a_revoked_ticket_says_so_and_cancels_in_the_calendar(client: FlaskClient, ticket: Ticket, path: str) -> None:
    before = icalendar.Calendar.from_ical(client.get(f"{path}.ics").data).walk("VEVENT")[0]
    assert service.revoke(ticket.invitation_id, clock.now_utc())
    db.session.commit()
    page = client.get(path)
    assert page.status_code == 410
    assert '<h1 class="ds-heading">Billetten gjelder ikke lenger</h1>' in page.text
    assert 'href="/svar">Skriv koden fra brevet</a>' in page.text
    assert client.get(f"{path}.svg").status_code == 410
    calendar = icalendar.Calendar.from_ical(client.get(f"{path}.ics").data)
    after = calendar.walk("VEVENT")[0]
    assert (str(calendar["METHOD"]), str(after["STATUS"])) == ("CANCEL", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_replaced_ticket_says_so_and_the_new_one_works(client: FlaskClient, ticket: Ticket, path: str) -> None:
    service.replace(ticket.id, seen=1, now=clock.now_utc())
    db.session.commit()
    page = client.get(path)
    assert page.status_code == 410
    assert "byttet ut med en ny" in page.text
    db.session.refresh(ticket)
    assert client.get(f"/billett/{service.code_of(ticket)}").status_code == 200


def test_the_ticket_of_a_cancelled_event_says_so(client: FlaskClient, ticket: Ticket, path: str) -> None:
    db.session.execute(db.text("update event set state = 'cancelled'"))
    db.session.commit()
    assert "Arrangementet er avlyst" in client.get(path).text
    assert b"METHOD:CANCEL" in client.get(f"{path}.ics").data


def test_guessing_is_slowed_down_and_the_right_code_comes_in_after_the_wait(client: FlaskClient, path: str) -> None:
    right = path.removeprefix("/billett/")
    statuses = [client.get(f"/billett/{wrong}").status_code for wrong in _near(right, 25)]
    assert statuses[:20] == [404] * 20
    assert statuses[-1] == 429
    late = clock.now_utc().replace(minute=2)
    clock.set_clock(lambda: late)
    assert client.get(path).status_code == 200


def _near(code: str, count: int) -> list[str]:
    """Return codes with the same selector and a right check character, but another secret."""
    from outreach.formats.short_code import TICKET, compute

    return [compute(TICKET, code[:6], number.to_bytes(16, "big")) for number in range(1, count + 1)]


@pytest.mark.parametrize("tail", TAILS)
def test_a_ticket_takes_no_posts(client: FlaskClient, path: str, tail: str) -> None:
    assert client.post(path + tail).status_code in (400, 405)
    assert db.session.scalar(select(Ticket.state)) == "valid"
