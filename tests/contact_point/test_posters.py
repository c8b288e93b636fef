"""Posters of the study cities read back: their words by another PDF library, their QR by another decoder."""

import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient

from tests.factories.accounts import sign_in

SIZES = {"a3": (842, 1191), "a4": (595, 842)}
TITLES = {"nb": "Studerer du i Bergen?", "nn": "Studerer du i Bergen?", "en": "Do you study in Bergen?"}


@pytest.mark.parametrize("form", ["a3", "a4"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_city_has_a_poster_of_its_own(client: FlaskClient, form: str, language: str) -> None:
    sign_in(client, role="organiser")
    answer = client.get(f"/admin/kontaktpunkt/plakat/bergen-{form}-{language}.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'"kontaktpunkt-bergen-{form}-{language}.pdf"')
    [page] = pypdfium2.PdfDocument(answer.data)
    assert tuple(map(round, page.get_size())) == SIZES[form]
    words = " ".join(page.get_textpage().get_text_range().split())
    assert TITLES[language] in words
    assert "localhost/kontaktpunkt?by=bergen" in words.replace(" ", "")
    [code] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert code.text == "http://localhost/kontaktpunkt?by=bergen"
    assert b"/StructTreeRoot" in answer.data


def test_the_page_leads_to_a_poster_for_each_city_in_its_language(client: FlaskClient) -> None:
    sign_in(client, role="organiser")
    page = client.get("/admin/kontaktpunkt", headers={"Accept-Language": "nn"}).text
    for city in ("oslo", "bergen", "trondheim"):
        for form in SIZES:
            assert f"/admin/kontaktpunkt/plakat/{city}-{form}-nn.pdf" in page
    assert "/plakat/other" not in page


@pytest.mark.parametrize("which", ["other-a4-nb", "friend-a4-nb", "oslo-flygeblad-nb", "oslo-a4-uk"])
def test_no_other_poster_is_made(client: FlaskClient, which: str) -> None:
    sign_in(client, role="organiser")
    assert client.get(f"/admin/kontaktpunkt/plakat/{which}.pdf").status_code == 404
