"""Posters read back: their words by another PDF library, their QR by another decoder, their tags."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from outreach.database import db
from outreach.events import service
from outreach.events.posters.poster import LONGEST_LEAD, PAPER, About, Form, UnprintableError, Words, poster
from outreach.formats.colour_scale import light_scale
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, event_details, make_event
from tests.pages import forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/plakat"
LINK = f"http://localhost/arrangement/{SLUG}"
SIZES = {Form.A3: (842, 1191), Form.A4: (595, 842), Form.FLYER: (842, 595)}
LONG = {
    "title": "Velkomstkveld for alle nye innbyggere i Modum med mat, musikk og møte med lag og foreninger i hele dalen",
    "venue": "Samfunnshuset " * 8,
    "venue_address": "Gata ved elva " * 12,
    "description": "Ord. " * 900,
}

_details = event_details()
ABOUT = About(
    title=_details.title,
    starts_at_utc=_details.starts_at_utc,
    ends_at_utc=_details.ends_at_utc,
    venue=_details.venue,
    venue_address=_details.venue_address,
    city="Modum",
    description=_details.description,
    page_url=LINK,
)
WORDS = Words("nb", "Skann koden", "QR-kode", "Ring 32 00 00 00")


def _poster(form: Form = Form.A4, **changes: str) -> dict[str, Any]:
    return poster(
        replace(ABOUT, **changes), WORDS, form, organisation="Modum", logo={"svg": ""}, colours=light_scale("#123e8c")
    )


def _read(pdf: bytes) -> tuple[pypdfium2.PdfDocument, str]:
    document = pypdfium2.PdfDocument(pdf)
    return document, " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def _codes(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("form", PAPER)
@pytest.mark.parametrize("changes", [{}, LONG], ids=["usual", "longest texts"])
def test_a_poster_is_one_tagged_page_that_says_what_when_and_where(
    client: FlaskClient, form: Form, changes: dict[str, str]
) -> None:
    event = make_event(**changes)
    sign_in(client, role="organiser")
    answer = client.get(f"{PAGE}/{form}-nb.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    document, text = _read(answer.data)
    assert [tuple(round(length) for length in page.get_size()) for page in document] == [SIZES[form]]
    for words in (" ".join(event.title.split()), "Torsdag 26. november 2026", "18.00–21.00", "Skann koden"):
        assert words in text.replace("\u2011", "-").replace("\u00a0", " "), words
    assert b"/StructTreeRoot" in answer.data
    codes = _codes(document[0].render(scale=3).to_pil())
    assert codes == [LINK] * (2 if form is Form.FLYER else 1)


@pytest.mark.parametrize(
    ("changes", "has_room"),
    [({}, True), ({"title": LONG["title"], "description": LONG["description"]}, True), (LONG, False)],
    ids=["usual", "long title", "longest texts"],
)
def test_a_flyer_tells_of_stop_and_parking_where_they_have_room(
    client: FlaskClient, changes: dict[str, str], has_room: bool
) -> None:
    stop, parking = ("stopp " * 33).strip(), ("plass " * 33).strip()
    make_event(nearest_stop=stop, parking=parking, **changes)
    sign_in(client, role="organiser")
    document, text = _read(client.get(f"{PAGE}/flygeblad-nb.pdf").data)
    assert len(document) == 1
    assert text.count(f"Nærmeste stopp: {stop} Parkering: {parking}") == (2 if has_room else 0)
    # Nothing is set over the field with the code, or below the sheet.
    words = document[0].get_textpage()
    asks = words.get_text_range().index("Skann")
    assert min(words.get_charbox(at)[1] for at in range(asks) if words.get_charbox(at)[3]) > words.get_charbox(asks)[3]
    assert min(words.get_charbox(at)[1] for at in range(asks, words.count_chars())) >= 0
    assert _codes(document[0].render(scale=3).to_pil()) == [LINK] * 2
    assert "Nærmeste stopp" not in _read(client.get(f"{PAGE}/a4-nb.pdf").data)[1]


def test_the_picture_to_look_at_is_the_poster(client: FlaskClient) -> None:
    make_event()
    sign_in(client, role="reader")
    answer = client.get(f"{PAGE}/a4-en.png")
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.size == (496, 702)
    assert _codes(picture.resize((1488, 2106))) == [LINK]


@pytest.mark.parametrize(("name", "size"), [("kvadrat", (1080, 1080)), ("deling", (1200, 630))])
def test_pictures_to_post_have_their_size_and_are_downloads(
    client: FlaskClient, name: str, size: tuple[int, int]
) -> None:
    make_event(**LONG)
    sign_in(client, role="organiser")
    answer = client.get(f"{PAGE}/{name}-nn.png")
    assert Image.open(io.BytesIO(answer.data)).size == size
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-{name}-nn.png"'


def test_words_to_paste_are_ready_in_each_language(client: FlaskClient) -> None:
    make_event(is_open_sign_up=True)
    sign_in(client, role="organiser")
    page = client.get(PAGE).text
    texts = re.findall(r"<textarea[^>]* readonly lang=\"(\w+)\">\n([^<]*)</textarea>", page)
    assert [language for language, _ in texts] == ["nb", "nn", "en"]
    for language, ask, month in (
        ("nb", "Meld deg på", "november"),
        ("nn", "Meld deg på", "november"),
        ("en", "Sign up", "November"),
    ):
        words = dict(texts)[language].splitlines()
        assert words[0] == "Ny i Modum-kveld 2026"
        assert month in words[1]
        assert words[2].startswith("Modum kulturhus, Vikersundgata 30")
        assert words[-1] == f"{ask}: {LINK}/pamelding"


def test_the_shared_picture_has_the_size_that_social_media_ask_for(client: FlaskClient) -> None:
    make_event()
    page = client.get(f"/arrangement/{SLUG}").text
    assert f'property="og:image" content="http://localhost/arrangement/{SLUG}/deling-nb.png?v=0"' in page
    answer = client.get(f"/arrangement/{SLUG}/deling-nb.png?v=0")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    assert len(answer.data) < 200_000
    again = client.get(f"/arrangement/{SLUG}/deling-nb.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_changed_event_has_another_picture_and_a_cancelled_or_secret_one_none(client: FlaskClient) -> None:
    event = make_event(publish=False)
    path = f"/arrangement/{SLUG}/deling-nb.png"
    assert client.get(path).status_code == 404
    service.publish_event(event, NOW)
    db.session.commit()
    first = client.get(path)
    service.change_event(event, event_details(title="Ny tittel"), NOW + timedelta(minutes=1))
    db.session.commit()
    second = client.get(path)
    assert first.status_code == second.status_code == 200
    assert first.data != second.data
    service.cancel_event(event, NOW)
    db.session.commit()
    assert client.get(path).status_code == 409
    sign_in(client, role="organiser")
    assert client.get(f"{PAGE}/a4-nb.pdf").status_code == 409
    assert "Ta ned dem som henger" in client.get(PAGE).text


def test_what_no_font_can_print_is_named_on_paper_and_left_out_of_the_picture(client: FlaskClient) -> None:
    make_event(title="Fest 🎉 for nye")
    sign_in(client, role="organiser")
    refused = client.get(f"{PAGE}/a4-nb.pdf")
    assert refused.status_code == 422
    assert "Disse tegnene kan ikke trykkes: 🎉" in refused.text
    assert client.get(f"/arrangement/{SLUG}/deling-nb.png").status_code == 200
    assert _poster(Form.SHARE, title="Fest 🎉 for nye")["title"] == "Fest for nye"
    with pytest.raises(UnprintableError):
        _poster(Form.A4, title="Fest 🎉 for nye")


def test_the_qr_alone_is_the_same_link(client: FlaskClient) -> None:
    make_event()
    sign_in(client, role="organiser")
    png = client.get(f"{PAGE}/qr.png")
    assert _codes(Image.open(io.BytesIO(png.data)).convert("L")) == [LINK]
    svg = client.get(f"{PAGE}/qr.svg")
    assert svg.mimetype == "image/svg+xml"
    assert svg.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-qr.svg"'


def test_the_page_offers_each_form_in_each_language_and_words_to_paste(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client, role="organiser")
    page = client.get(PAGE).text
    assert "Publiser det før du trykker noe" in page
    assert page.count(".pdf") == 9
    assert f"Les mer: {LINK}" in page


@pytest.mark.parametrize(
    ("venue", "address", "expected"),
    [
        ("Kulturhuset", "Storgata 2, 3370 Vikersund", "Storgata 2, 3370 Vikersund"),
        ("Kulturhuset", "", "Modum"),
        ("Modum kulturhus", "", ""),
        ("Kulturhuset", "Torget", "Torget, Modum"),
    ],
)
def test_the_city_is_told_once(venue: str, address: str, expected: str) -> None:
    assert _poster(venue=venue, venue_address=address)["address"] == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Kom!\n\nDet blir **mat**.", "Kom!\nDet blir mat."),
        ("Kort.\n\n" + "Lang. " * 80, "Kort."),
        ("Første setning er her. " + "ord " * 100, "Første setning er her."),
        ("", ""),
    ],
)
def test_the_lead_is_whole_paragraphs_or_else_a_sentence(description: str, expected: str) -> None:
    assert _poster(description=description)["lead"] == expected


def test_the_lead_is_never_long() -> None:
    assert 0 < len(_poster(description="ord " * 500)["lead"]) <= LONGEST_LEAD


def test_copying_makes_a_draft_and_opens_it(app: Flask, client: FlaskClient) -> None:
    make_event()
    sign_in(client, role="organiser")
    form = next(one for one in forms_of(client.get(f"/admin/arrangementer/{SLUG}/endre")) if "kopier" in one.action)
    answer = send(client, form)
    assert answer.location == "/admin/arrangementer/ny-i-modum-2027/endre"
    page = client.get(answer.location)
    assert "Kopien er en kladd" in page.text
    assert 'value="2027-11-25T18:00"' in page.text
    assert client.get("/arrangement/ny-i-modum-2027").status_code == 404
