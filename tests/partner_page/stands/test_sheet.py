from datetime import date

import pypdfium2
import zxingcpp
from flask import Flask

from outreach.partner_page.stands.service import stand_pdf
from tests.factories.events import make_event
from tests.factories.partners import make_participation, make_partner_with_logo


def test_the_sheet_says_whose_it_is_and_its_code_leads_to_the_stand(app: Flask) -> None:
    row = make_participation(make_event(), make_partner_with_logo(name="Åmot Idrettslag \u2603"))
    row.place = "Stand 4"
    with app.test_request_context():
        document = pypdfium2.PdfDocument(stand_pdf(row, today=date(2026, 11, 2)))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    for words in ("Åmot Idrettslag", "Ny i Modum-kveld 2026", "Stand 4", "Skann koden"):
        assert words in text
    [code] = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    assert code.text == f"http://localhost/stand/{row.selector.lower()}"
    assert code.text.removeprefix("http://") in text.replace("\r\n", "")
