"""Privacy and accessibility pages are true to the settings; the logo is the one that the settings name."""

import dataclasses
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.national_services import NationalServices, SvarUt
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
