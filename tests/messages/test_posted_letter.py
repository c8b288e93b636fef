from email import message_from_bytes
from typing import Any

import pytest

from outreach.messages.posted_letter import PostedLetter, content_type_of
from outreach.people.postal_address import PostalAddress
from tests.openapi_schema import Document

SEND = Document("ks-svarut-send-v2.json")
HOME = PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")


def _letter(**changes: Any) -> PostedLetter:
    usual: dict[str, Any] = {
        "title": "Invitasjon: Ny i Modum-kveld",
        "name": "Elegant Sofapute",
        "address": HOME,
        "pdf": b"%PDF-1.7 \r\n--treffpunkt\r\n\x00\xff",
        "group": "ny-i-modum-2026 invitation:7:1",
        "answer_url": "https://treffpunkt.example/i/ABCD",
        "answer_words": "Svar på invitasjonen",
    }
    return PostedLetter(**{**usual, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"national_id": "12849022499", "cost_code": "NYIMODUM"},
        {"address": PostalAddress(("c/o Lien", "Eksempelveien 12", "Bygg B", "H0101"), "3370", "VIKERSUND")},
        {"address": PostalAddress(("Hauptstrasse 1",), "10115", "BERLIN", "Tyskland")},
        {"title": "x" * 2000, "group": "y" * 200},
    ],
)
def test_is_a_shipment_by_the_services_own_document(changes: dict[str, Any]) -> None:
    assert SEND.faults("Forsendelse", _letter(**changes).shipment(1234)) == []


def test_says_what_it_is_and_for_whom() -> None:
    told = _letter().shipment(1234)
    assert told["eksternReferanse"] == "1234"
    assert told["kunDigitalLevering"] is False
    assert told["mottaker"] == {
        "navn": "Elegant Sofapute", "adresselinje1": "Eksempelveien 12", "postnummer": "3370", "poststed": "VIKERSUND",
    }  # fmt: skip
    assert "lenker" not in told, "paper has no links, and the code in it is for the household alone"
    assert "konteringskode" not in told


def test_names_the_adult_by_number_only_to_go_digital_first() -> None:
    told = _letter(national_id="12849022499").shipment(1)
    assert told["mottaker"]["digitalId"] == "12849022499"
    assert told["lenker"] == [{"url": "https://treffpunkt.example/i/ABCD", "tekst": "Svar på invitasjonen"}]


def test_no_address_line_is_lost_and_a_foreign_one_names_its_country() -> None:
    many = PostalAddress(("c/o Lien", "Eksempelveien 12", "Bygg B", "H0101"), "3370", "VIKERSUND")
    assert _letter(address=many).shipment(1)["mottaker"]["adresselinje3"] == "Bygg B, H0101"
    abroad = PostalAddress(("Hauptstrasse 1",), "10115", "BERLIN", "Tyskland")
    assert _letter(address=abroad).shipment(1)["mottaker"]["land"] == "Tyskland"


def test_the_body_has_the_shipment_first_and_the_file_whole() -> None:
    letter = _letter()
    body = letter.content(1)
    message = message_from_bytes(f"Content-Type: {content_type_of(body)}\r\n\r\n".encode() + body)
    first, second = message.get_payload()
    assert first.get_content_type() == "application/json"
    assert (second.get_filename(), second.get_payload(decode=True)) == ("invitasjon.pdf", letter.pdf)


def test_shows_nobody_in_a_log() -> None:
    shown = repr(_letter(national_id="12849022499"))
    assert not any(told in shown for told in ("Sofapute", "12849022499", "Eksempelveien", "ABCD"))
