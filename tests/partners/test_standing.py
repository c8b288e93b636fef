import json

import pytest

from outreach.partners.standing import STANDING_WORDS, Registered, Standing, UnreadableUnitError, registered

NUMBER = "310000000"


def unit(**values: object) -> bytes:
    return json.dumps({"organisasjonsnummer": NUMBER, "navn": "MODUM TREVARE AS", **values}).encode()


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({}, Standing.ACTIVE),
        ({"konkurs": False, "underAvvikling": False}, Standing.ACTIVE),
        ({"konkurs": True, "underAvvikling": True}, Standing.BANKRUPT),
        ({"underAvvikling": True}, Standing.CLOSING),
        ({"underTvangsavviklingEllerTvangsopplosning": True}, Standing.CLOSING),
        ({"slettedato": "2025-01-01", "konkurs": True}, Standing.GONE),
    ],
)
def test_tells_how_an_organisation_stands(values: dict[str, object], standing: Standing) -> None:
    assert registered(200, unit(**values), NUMBER) == Registered(standing, "MODUM TREVARE AS")


def test_tells_one_that_is_not_there_from_one_that_was_taken_out() -> None:
    assert registered(404, b"", NUMBER) == Registered(Standing.UNKNOWN)
    assert registered(410, b"{}", NUMBER) == Registered(Standing.GONE)


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (429, b""), (301, b""), (200, b"<html>"), (200, b"[]"), (200, b"{}"),
     (200, unit(organisasjonsnummer="974760673")), (200, unit(navn=None))],
)  # fmt: skip
def test_an_answer_that_its_document_does_not_know_says_nothing(status: int, body: bytes) -> None:
    with pytest.raises(UnreadableUnitError):
        registered(status, body, NUMBER)


def test_a_name_cannot_hide_characters() -> None:
    assert registered(200, unit(navn="TRE\u202eVARE\n AS"), NUMBER).name == "TRE VARE AS"


def test_every_standing_has_words() -> None:
    assert set(STANDING_WORDS) == set(Standing)
