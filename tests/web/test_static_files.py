"""The site's own files: small on the wire, kept long when their address names their content."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from outreach.database import db
from outreach.web.further_languages import look_again
from tests.factories.events import make_event

_BUDGET_BYTES = 100_000
_ADDRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@pytest.mark.parametrize("page", ["/personvern", "/"])
def test_first_view_of_a_public_page_fits_the_budget(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    addresses = set(_ADDRESS.findall(answer.get_data(as_text=True)))
    files = [client.get(address, headers={"Accept-Encoding": "gzip"}) for address in addresses]
    assert all(file.status_code == 200 for file in files)
    assert len(answer.data) + sum(len(file.data) for file in files) < _BUDGET_BYTES


@pytest.mark.parametrize(("language", "letters"), [("uk", "cyrillic"), ("pl", "polish")])
def test_a_further_language_fits_the_budget_with_the_letters_that_its_browser_loads(
    client: FlaskClient, language: str, letters: str
) -> None:
    make_event().letter_languages = "nb,uk,pl"
    db.session.commit()
    look_again()
    answer = client.get(f"/svar?lang={language}")
    assert f'<html lang="{language}"' in answer.text
    addresses = {*_ADDRESS.findall(answer.text), f"/static/fonts/inter-{letters}-wght-normal.woff2"}
    files = [client.get(address, headers={"Accept-Encoding": "gzip"}) for address in addresses]
    assert all(file.status_code == 200 for file in files)
    assert len(answer.data) + sum(len(file.data) for file in files) < _BUDGET_BYTES


def test_style_is_compressed_for_those_who_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/static/css/site.css", headers={"Accept-Encoding": "identity"})
    packed = client.get("/static/css/site.css", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_font_is_sent_as_it_is(client: FlaskClient) -> None:
    font = client.get("/static/fonts/inter-latin-wght-normal.woff2", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in font.headers
    assert font.mimetype == "font/woff2"


def test_known_content_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/css/site.css", headers={"Accept-Encoding": "gzip"})
    again = client.get(
        "/static/css/site.css", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""


def test_only_an_address_that_names_its_content_is_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/personvern").get_data(as_text=True)
    marked = next(address for address in _ADDRESS.findall(page) if "site.css" in address)
    assert "immutable" in client.get(marked).headers["Cache-Control"]
    assert client.get("/static/css/site.css?v=wrong").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["../wsgi.py", "%2e%2e/wsgi.py", "css", "css/none.css", ""])
def test_nothing_outside_the_folder_is_sent(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
