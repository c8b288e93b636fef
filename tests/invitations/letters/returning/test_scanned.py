"""A code from a hand, a camera, and a hand-held scanner whose keyboard layout is another."""

import pytest

from outreach.formats.short_code import INVITATION, TICKET, MistypedCodeError, MistypedLengthError, compute, grouped
from outreach.invitations.letters.returning.scanned import ForeignCodeError, TicketCodeError, letter_code
from outreach.invitations.personal_link import qr_url

CODE = compute(INVITATION, "K7MF2", b"a fixed mac of sixteen bytes")
TICKET_CODE = compute(TICKET, "K7MF2C", b"a fixed mac of sixteen bytes")
HTTPS = qr_url("https://treffpunkt.modum.example", CODE, keeps_case=False)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        grouped(CODE),
        grouped(CODE).lower(),
        f" {CODE[:4]} {CODE[4:8]} {CODE[8:]} ",
        HTTPS,
        HTTPS.lower(),
        # A scanner set to an American keyboard, on a Norwegian one: ":" is "Ø", "/" is "-", "-" is "+".
        HTTPS.replace(":", "Ø").replace("/", "-"),
        # The field was not empty when the next letter was scanned.
        f"{compute(INVITATION, 'CCCCC', bytes(16))}{HTTPS}",
        f"{CODE[:5]}{CODE}",
    ],
)
def test_reads_the_code_of_a_letter(text: str) -> None:
    assert letter_code(text).text == CODE


@pytest.mark.parametrize("text", [TICKET_CODE, f"https://treffpunkt.modum.example/billett/{TICKET_CODE}"])
def test_a_ticket_is_told_from_a_letter(text: str) -> None:
    with pytest.raises(TicketCodeError):
        letter_code(text)


@pytest.mark.parametrize("text", ["https://www.modum.example/nyheter/sommer", "(01)07038010000010(17)261231"])
def test_a_foreign_code_is_told_from_a_mistyped_one(text: str) -> None:
    with pytest.raises(ForeignCodeError):
        letter_code(text)


@pytest.mark.parametrize("text", ["", CODE[:-1], CODE[:4]])
def test_a_short_one_is_told_with_its_length(text: str) -> None:
    with pytest.raises(MistypedLengthError):
        letter_code(text)


def test_a_wrong_character_is_found_before_the_database_is_asked() -> None:
    wrong = ("2" if CODE[0] != "2" else "3") + CODE[1:]
    with pytest.raises(MistypedCodeError):
        letter_code(wrong)
