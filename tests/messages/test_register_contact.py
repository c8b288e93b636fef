import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outreach.messages.register_contact import (
    NOBODY,
    RegisterContact,
    UnreadableAnswerError,
    contacts_in,
    first_reached,
    usable,
)
from outreach.outbox.states import Channel

EXTRACTS = Path(__file__).parents[1] / "extracts"
NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
EMAIL, SMS = Channel.EMAIL, Channel.SMS


def _person(**changes: Any) -> dict[str, Any]:
    contact = {
        "epostadresse": "Ase@gjest.example",
        "epostadresse_oppdatert": "2023-01-01T10:00:00Z",
        "epostadresse_sist_verifisert": "2026-06-01T10:00:00Z",
        "mobiltelefonnummer": "999 99 901",
        "mobiltelefonnummer_oppdatert": "2026-06-01T10:00:00Z",
        **changes.pop("contact", {}),
    }
    usual = {"status": "AKTIV", "varslingsstatus": "KAN_VARSLES", "reservasjon": "NEI", "kontaktinformasjon": contact}
    return {**usual, **changes}


def test_takes_address_and_number_in_the_form_in_which_we_write_them() -> None:
    assert usable(_person(), NOW) == RegisterContact("Ase@gjest.example", "+4799999901")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "SLETTET"},
        {"status": "IKKE_REGISTRERT"},
        {"status": "NYTT_VIRKE"},
        {"status": None},
        {"reservasjon": "JA"},
        {"reservasjon": None},
        {"varslingsstatus": "KAN_IKKE_VARSLES"},
        {"kontaktinformasjon": None},
        {"kontaktinformasjon": {}},
    ],
)
def test_uses_nothing_of_who_is_gone_reserved_or_not_to_be_told(changes: dict[str, Any]) -> None:
    assert usable(_person(**changes), NOW) == NOBODY


@pytest.mark.parametrize(
    ("updated", "verified", "is_used"),
    [
        ("2025-05-02T11:00:00Z", None, True),
        ("2025-05-02T10:59:59Z", None, False),
        ("2020-01-01T00:00:00Z", "2025-05-02T11:00:00Z", True),
        (None, "2025-05-02T10:59:59Z", False),
        ("2025-05-02T13:00:00+02", None, True),
        ("2025-05-02T12:59:59+02:00", None, False),
        ("2026-06-01T10:00:00", None, True),
        ("i fjor", None, False),
        (None, None, False),
        (20260601, None, False),
    ],
)
def test_details_older_than_eighteen_months_are_not_used(updated: Any, verified: Any, is_used: bool) -> None:
    dates = {"epostadresse_oppdatert": updated, "epostadresse_sist_verifisert": verified}
    found = usable(_person(contact=dates), NOW)
    assert bool(found.email) is is_used
    assert found.mobile == "+4799999901", "the number has dates of its own"


def test_eighteen_months_before_a_long_months_end_is_the_shorter_months_end() -> None:
    last_of_august = datetime(2026, 8, 31, 12, 0, tzinfo=UTC)
    on = {"epostadresse_oppdatert": "2025-02-28T12:00:00Z", "epostadresse_sist_verifisert": None}
    before = {"epostadresse_oppdatert": "2025-02-28T11:59:59Z", "epostadresse_sist_verifisert": None}
    assert usable(_person(contact=on), last_of_august).email
    assert not usable(_person(contact=before), last_of_august).email


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ({"epostadresse": "ingen adresse"}, RegisterContact("", "+4799999901")),
        ({"epostadresse": "a@b.example\r\nBcc: x"}, RegisterContact("", "+4799999901")),
        ({"mobiltelefonnummer": "12"}, RegisterContact("Ase@gjest.example", "")),
        ({"mobiltelefonnummer": "a@b.example"}, RegisterContact("Ase@gjest.example", "")),
    ],
)
def test_what_is_no_address_is_not_written_to(contact: dict[str, str], found: RegisterContact) -> None:
    assert usable(_person(contact=contact), NOW) == found


def test_reads_an_answer_of_the_register() -> None:
    found = contacts_in((EXTRACTS / "krr-personer-svar.json").read_bytes(), NOW)
    asked = json.loads((EXTRACTS / "krr-personer-foresporsel.json").read_text())["personidentifikatorer"]
    assert list(found) == asked
    assert [number for number, contact in found.items() if contact.email] == [asked[at] for at in (0, 6, 7, 13)]
    assert [number for number, contact in found.items() if contact.mobile] == [asked[at] for at in (0, 1, 7, 8)]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"personer": [1]}', b'{"personer": [{}]}', b'{"personer": null}']
)
def test_an_answer_that_is_none_is_no_answer(body: bytes) -> None:
    with pytest.raises(UnreadableAnswerError) as refused:
        contacts_in(body, NOW)
    assert not str(refused.value)


def test_a_contact_shows_itself_in_no_log() -> None:
    assert repr(RegisterContact("ase@gjest.example", "+4799999901")) == "RegisterContact()"


@pytest.mark.parametrize(
    ("contacts", "channels", "reached"),
    [
        ([], (EMAIL, SMS), None),
        ([NOBODY, NOBODY], (EMAIL, SMS), None),
        ([RegisterContact(mobile="1")], (EMAIL,), None),
        ([RegisterContact(mobile="1")], (EMAIL, SMS), (SMS, RegisterContact(mobile="1"))),
        ([RegisterContact(mobile="1"), RegisterContact("a", "2")], (EMAIL, SMS), (EMAIL, RegisterContact("a", "2"))),
        ([RegisterContact(mobile="1"), RegisterContact("a", "2")], (SMS, EMAIL), (SMS, RegisterContact(mobile="1"))),
        ([RegisterContact("a"), RegisterContact("b")], (EMAIL,), (EMAIL, RegisterContact("a"))),
    ],
)
def test_the_channels_order_goes_before_that_of_the_people(contacts: Any, channels: Any, reached: Any) -> None:
    assert first_reached(contacts, channels) == reached
