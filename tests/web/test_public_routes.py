"""Privacy and accessibility pages are true to the settings; the logo is the one that the settings name."""

import dataclasses
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.checkin.choices.door_choices import DOOR_NEEDS
from outreach.national_services import NationalServices, SvarUt
from outreach.retention.column_rule import DataClass
from outreach.retention.data_map import DATA_MAP
from outreach.settings import Settings


@pytest.mark.parametrize("path", ["/personvern", "/tilgjengelighet"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page_opens_in_every_language(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.get_data(as_text=True)


def test_privacy_page_tells_the_periods_in_force(
    app: Flask, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = dataclasses.replace(
        settings, retention_event_days=41, retention_register_days=42, contact_phone="11 22 33 44"
    )
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", changed)
    page = client.get("/personvern").get_data(as_text=True)
    assert "41 dager" in page
    assert "42 dager" in page
    assert '<a class="ds-link" href="tel:+4711223344">11\u00a022\u00a033\u00a044</a>' in page


def test_logo_is_shown_and_sent_when_there_is_one(
    app: Flask, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", dataclasses.replace(settings, logo_path=str(file)))
    assert 'src="/logo"' in client.get("/personvern").get_data(as_text=True)
    with client.get("/logo") as answer:
        assert answer.data == file.read_bytes()


def test_without_a_logo_the_address_is_empty(client: FlaskClient) -> None:
    assert client.get("/logo").status_code == 404


def test_post_to_a_page_that_is_only_read_says_so(client: FlaskClient) -> None:
    assert client.post("/personvern").status_code in (400, 405)


@pytest.mark.parametrize(
    ("services", "says", "is_silent_on"),
    [
        (NationalServices(), ["Vi lagrer ikke fødselsnummer."], ["kontakt- og reservasjonsregisteret", "SvarUt"]),
        (
            NationalServices(krr_url="https://kontaktregisteret.no/rest/v2/personer"),
            ["Vi lagrer fødselsnummeret til voksne", "kontakt- og reservasjonsregisteret"],
            ["Vi lagrer ikke fødselsnummer.", "SvarUt"],
        ),
        (
            NationalServices(svarut=SvarUt("https://svarut.ks.no", "a", "b", "c", is_digital=False, cost_code="")),
            ["Vi lagrer ikke fødselsnummer.", "KS SvarUt"],
            ["Da får SvarUt også fødselsnummeret ditt.", "kontakt- og reservasjonsregisteret"],
        ),
        (
            NationalServices(svarut=SvarUt("https://svarut.ks.no", "a", "b", "c", is_digital=True, cost_code="")),
            ["Vi lagrer fødselsnummeret til voksne", "Da får SvarUt også fødselsnummeret ditt."],
            ["Vi lagrer ikke fødselsnummer."],
        ),
    ],
)
def test_the_privacy_page_says_which_national_services_are_on(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    services: NationalServices,
    says: list[str],
    is_silent_on: list[str],
) -> None:
    settings = app.extensions["treffpunkt.settings"]
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", dataclasses.replace(settings, services=services))
    page = client.get("/personvern").text
    assert all(words in page for words in says)
    assert not any(words in page for words in is_silent_on)


TOLD_OF_TABLES = {
    "attempt_counter": "et kjennetegn av nettadressen",
    "contact_memory": "At du har fått invitasjon, uten navn og adresse",
    "desk_note": "Det vi skriver ned når du ringer eller kommer innom.",
    "event_host": "Er du vert på et arrangement",
    "household": "og av boligen",
    "invitee": "Har du meldt deg på selv, uten brev fra oss",
    "national_number": "fødselsnummer",
    "need": "det du selv skriver at du trenger",
    "open_party": "Har du meldt deg på selv, uten brev fra oss",
    "open_request": "Bekrefter du ikke, sletter vi det etter tre dager.",
    "outbox_message": "sende billett og beskjeder om arrangementet",
    "partner_contact": "Snakker du for en partner",
    "person": "navn, fødselsdato, adresse, om du er bosatt, når du flyttet, og hvor du flyttet fra.",
    "protected_identity": "Vi har bare et kjennetegn, så ingen setter deg på en liste.",
    "question": "Spørsmål du stiller oss, og det du gir oss å svare på.",
    "question_reply": "Det du svarer på spørsmål fra dem som arrangerer.",
    "returned_letter": "At et brev til deg kom i retur, og den nye adressen, hvis vi får den.",
    "rsvp": "E-postadressen og mobilnummeret ditt, hvis du gir oss dem.",
    "sign_up": "Er du med i kontaktpunktet",
    "sign_up_request": "Er du med i kontaktpunktet",
    "staged_chunk": "Mens vi leser inn en fil fra Folkeregisteret",
    "staged_extract": "Mens vi leser inn en fil fra Folkeregisteret",
    "stand_answer": "Skriver du til en partner ved en stand",
    "stand_interest": "Skriver du til en partner ved en stand",
    "suppression": "At du ikke vil ha mer fra oss, som en kode",
    "upload_chunk": "Mens vi leser inn en fil fra Folkeregisteret",
    "used_ballot": "At billetten din er brukt til å svare på spørreundersøkelsen",
}
# What these hold is written by staff, hosts and partners, of the event and not of its guests.
NOT_OF_GUESTS = {"door_choices", "host_notes", "participation", "staff_user"}


def _tables_that_know_somebody() -> set[str]:
    """Return the tables with what is sealed of a person, or a keyed mark of one."""
    marks = (
        "_sealed",
        ".identity_hash",
        ".weak_hash",
        ".dwelling_hash",
        ".contact_hash",
        ".subject_hash",
        "ballot_hash",
    )
    personal = {DataClass.PERSONAL, DataClass.SPECIAL}
    return {
        name.split(".")[0] for name, rule in DATA_MAP.items() if rule.data_class in personal and name.endswith(marks)
    }


def test_the_privacy_page_tells_of_every_table_that_knows_somebody(client: FlaskClient) -> None:
    assert _tables_that_know_somebody() - NOT_OF_GUESTS == set(TOLD_OF_TABLES)
    page = client.get("/personvern").text
    assert [table for table, words in TOLD_OF_TABLES.items() if words not in page] == []


def test_the_privacy_page_tells_what_those_at_the_door_can_see(client: FlaskClient) -> None:
    page = client.get("/personvern").text
    assert "De som står i døra, ser hvor mange dere er." in page
    assert "De kan søke på for- og etternavn" in page
    assert "gjesteliste med for- og etternavn" in page
    told = {"wheelchair": "rullestolplass", "hearing_loop": "teleslynge", "interpreter": "tolk"}
    assert set(told) == set(DOOR_NEEDS)
    assert all(words in page for words in told.values())
