"""The printed ticket read back: words by another PDF library, each QR by another decoder."""

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from outreach.formats.short_code import grouped
from outreach.tickets import service
from tests.factories.events import make_event
from tests.factories.tickets import make_ticket

LONG = {
    "title": "Velkomstkveld for alle nye innbyggere i Modum med mat, musikk og møte med lag og foreninger i hele dalen",
    "venue": "Samfunnshuset " * 8,
    "venue_address": "Gata ved elva " * 12,
    "access_information": "Trinnfri inngang på baksiden.\n" * 12,
}


@pytest.mark.parametrize(("persons", "cards"), [(1, 1), (3, 3), (9, 4)])
@pytest.mark.parametrize("changes", [{}, LONG], ids=["usual", "longest texts"])
def test_it_has_the_ticket_and_a_card_for_each_of_a_few(
    client: FlaskClient, persons: int, cards: int, changes: dict[str, str]
) -> None:
    ticket = make_ticket(make_event(**changes), persons=persons)
    code = service.code_of(ticket)
    answer = client.get(f"/billett/{code}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="billett.pdf"'
    document = pypdfium2.PdfDocument(answer.data)
    # An access information of many lines pushes the cards to a second sheet; nothing is cut.
    assert len(document) == (2 if changes else 1)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("Trinnfri") == (12 if changes else 1)
    assert text.count(grouped(code)) == 1 + cards
    assert f"Gjelder {persons} person" in text
    assert b"/StructTreeRoot" in answer.data
    codes = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    assert codes == [f"HTTP://LOCALHOST/BILLETT/{code}"] * (1 + cards)


@pytest.mark.parametrize(
    ("title", "stop", "parking", "sheets"),
    [
        (LONG["title"], "Kulturhuset, to minutter å gå", "Bak huset", 1),
        ("Ny i Modum-kveld 2026", ("stopp " * 33).strip(), ("plass " * 33).strip(), 1),
        # Where they have no room below, the cards go to a sheet of their own, and none is cut in two.
        (LONG["title"], ("stopp " * 33).strip(), ("plass " * 33).strip(), 2),
    ],
)
def test_it_tells_of_stop_and_parking(client: FlaskClient, title: str, stop: str, parking: str, sheets: int) -> None:
    event = make_event(nearest_stop=stop, parking=parking, title=title)
    code = service.code_of(make_ticket(event, persons=4))
    pages = [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(client.get(f"/billett/{code}.pdf").data)
    ]
    assert f"Nærmeste stopp: {stop}" in pages[0]
    assert f"Parkering: {parking}" in pages[0]
    assert [page.count(grouped(code)) for page in pages] == ([5] if sheets == 1 else [1, 4])


def test_what_nobody_told_of_the_way_is_not_on_it(client: FlaskClient) -> None:
    code = service.code_of(make_ticket(make_event()))
    text = pypdfium2.PdfDocument(client.get(f"/billett/{code}.pdf").data)[0].get_textpage().get_text_range()
    assert "Nærmeste stopp" not in text
    assert "Parkering" not in text


def test_it_speaks_the_readers_language_and_names_nobody(client: FlaskClient) -> None:
    code = service.code_of(make_ticket(make_event(), persons=2))
    answer = client.get(f"/billett/{code}.pdf", headers={"Accept-Language": "en"})
    text = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert "For 2 people" in text
    assert not any(name in text for name in ("Åse", "Bjørn", "Emma", "Lien"))


def test_a_character_that_no_font_has_is_a_square_and_no_fault(client: FlaskClient) -> None:
    code = service.code_of(make_ticket(make_event(title="Fest 🎉 for nye")))
    assert client.get(f"/billett/{code}.pdf").status_code == 200


def test_a_revoked_ticket_is_not_printed(client: FlaskClient, app: Flask) -> None:
    ticket = make_ticket(make_event())
    code = service.code_of(ticket)
    service.revoke(ticket.invitation_id, ticket.changed_at_utc)
    assert client.get(f"/billett/{code}.pdf").status_code == 410
