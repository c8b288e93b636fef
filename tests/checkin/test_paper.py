"""The guest list on paper: who stands on it, how marks are read, and how they are held up against the scans."""

import json
import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.door_feed import utc_text
from outreach.checkin.names.name_index import Comer, Party
from outreach.checkin.paper.guest_list import LINES_A_SHEET, sheets
from outreach.checkin.paper.marks import OTHERS, Difference, Line, read_marks
from outreach.checkin.paper.service import bring_in
from outreach.database import db
from outreach.people.models import Person
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.checkin import code_of, make_event, pair_phone
from tests.factories.events import SLUG
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import Form, forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/papir"


def party(number: int, surname: str, *names: str, persons: int = 1) -> Party:
    comers = tuple(Comer(name, True) for name in names)
    return Party(number, "234567", 1, persons, surname, comers)


def test_lines_stand_by_surname_in_norwegian_order_and_go_on_from_sheet_to_sheet() -> None:
    found = [
        party(1, "Åsen", "Kari Åsen"),
        party(2, "Berg", "Ola Berg", "Liv Moe"),
        party(3, "Ødegård", "Zoë Ødegård"),
        party(4, "", "Madonna"),
    ]
    [lines] = sheets(found)
    assert [line.names for line in lines] == ["Madonna", "Berg, Ola; Liv Moe", "Ødegård, Zoë", "Åsen, Kari"]
    many = sheets(party(n, f"Navn{n:03}", f"Per Navn{n:03}") for n in range(LINES_A_SHEET + 1))
    assert [[one.number for one in lines][-1] for lines in many] == [LINES_A_SHEET, LINES_A_SHEET + 1]
    assert sheets([]) == []


@pytest.mark.parametrize(
    ("typed", "marks", "faults"),
    [
        ({}, {"1": 0, "2": 0, OTHERS: 0}, []),
        ({"1": " 2 ", "2": "99", OTHERS: "500"}, {"1": 2, "2": 99, OTHERS: 500}, []),
        ({"1": "100", "2": "-1", OTHERS: "501"}, {}, ["1", "2", OTHERS]),
        ({"1": "to", "2": "²", OTHERS: "1.5"}, {}, ["1", "2", OTHERS]),
        ({"3": "7"}, {"1": 0, "2": 0, OTHERS: 0}, []),
    ],
)
def test_marks_are_read_or_named_as_faults(typed: dict[str, str], marks: dict[str, int], faults: list[str]) -> None:
    assert read_marks(typed, [1, 2]) == (marks, faults)


@pytest.mark.parametrize(
    ("came", "scanned", "difference", "missing"),
    [
        (2, 2, None, 0),
        (0, 0, None, 0),
        (2, 0, Difference.ONLY_ON_PAPER, 2),
        (3, 1, Difference.MORE_ON_PAPER, 2),
        (1, 3, Difference.MORE_SCANNED, 0),
        (0, 1, Difference.MORE_SCANNED, 0),
    ],
)
def test_paper_and_phones_differ_in_three_ways(
    came: int, scanned: int, difference: Difference | None, missing: int
) -> None:
    line = Line(1, 1, came, scanned)
    assert (line.difference, line.missing) == (difference, missing)


@pytest.fixture
def evening(app: Flask) -> Any:
    """Return an event that three households come to: Ask, Bo and Cato, three persons each."""
    event = make_event()
    for name in ("Ask", "Bo", "Cato"):
        invitation = make_household(event, (name, f"{name}a", f"{name}b"))
        give_answer(invitation, answer_for(invitation, True, True, True))
    return event


@pytest.fixture
def lead(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="door-lead")
    return client


def form(client: FlaskClient, end: str, page: str = PAGE) -> Form:
    return next(form for form in forms_of(client.get(page)) if form.action.endswith(end))


def test_the_list_is_printed_with_a_qr_for_each_sheet_and_locked_as_a_file(lead: FlaskClient, evening: Any) -> None:
    assert send(lead, form(lead, "/papir")).status_code == 303
    pdf = send(lead, form(lead, "/pdf"))
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="gjesteliste.pdf"'
    text = pypdfium2.PdfDocument(pdf.data)[0].get_textpage().get_text_range()
    assert "Lien, Ask; Aska Lien; Askb Lien" in text
    assert "ark 1 av 1" in text
    locked = send(lead, form(lead, "/fil")).text
    assert "Lien" not in locked
    told = json.loads(re.search(r'id="sealed">(.*?)</script>', locked)[1])
    assert told["iterations"] == 600_000


def test_what_was_marked_is_held_up_against_the_scans_and_what_lacks_is_brought_in_once(
    lead: FlaskClient, evening: Any
) -> None:
    send(lead, form(lead, "/papir"))
    phone = pair_phone(lead.application.test_client(), evening)
    tickets = list(db.session.scalars(db.select(Ticket).order_by(Ticket.id)))
    lines = dict(db.session.execute(db.text("select ticket_id, number from paper_line")).all())
    ask, bo, cato = sorted(tickets, key=lambda ticket: lines[ticket.id])
    at = {"scanned_at_utc": utc_text(NOW - timedelta(hours=1))}
    phone.results(phone.scan(code_of(bo), persons=1, **at), phone.scan(code_of(cato), persons=3, **at))
    sheet = f"{PAGE}/ark/1"
    refused = send(lead, form(lead, "/ark/1", sheet), **{"1": "mange", OTHERS: "2"})
    assert refused.status_code == 422
    assert "Nr. 1: Skriv et tall fra 0 til 99." in refused.text
    send(lead, form(lead, "/ark/1", sheet), **{"1": "2", "2": "3", "3": "2", OTHERS: "4"})
    page = lead.get(PAGE).text
    assert "Står bare på papiret." in page
    assert "Flere på papiret." in page
    assert "Flere skannet enn merket." in page
    assert crowd_of(evening.id).arrived == 4
    send(lead, form(lead, "/for-inn"))
    db.session.rollback()
    crowd = crowd_of(evening.id)
    assert {ask.id: 2, bo.id: 3, cato.id: 3} == crowd.persons_by_ticket
    assert (crowd.walked_in, crowd.clashes) == (4, [])
    assert bring_in(evening, actor=COMMAND, now=clock.now_utc()) == 0
    assert send(lead, form(lead, "/ark/1", sheet), **{"1": "1"}).status_code == 409
    assert send(lead, Form(action=PAGE, values=form(lead, "/pdf").values)).status_code == 409


def test_who_may_no_longer_be_shown_has_no_name_on_a_list_made_before(lead: FlaskClient, evening: Any) -> None:
    send(lead, form(lead, "/papir"))
    db.session.execute(db.update(Person).where(Person.given_name_sealed.is_not(None)).values(is_held_back=True))
    db.session.commit()
    assert "Lien" not in lead.get(f"{PAGE}/ark/1").text
    assert lead.get(f"{PAGE}/ark/2").status_code == 404
