"""Settings: a bad value stops the start with one line that names the variable."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from outreach.settings import SettingError, Settings


def _settings(folder: Path, **environ: str) -> Settings:
    return Settings.from_env({"INSTANCE_DIR": str(folder), **environ})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ORGANISATION_COLOUR", ""),
        ("ORGANISATION_COLOUR", "red"),
        ("ORGANISATION_COLOUR", "8c1d18"),
        ("ORGANISATION_COLOUR", "#8c1"),
        ("ORGANISATION_COLOUR", "#8c1d18;}"),
        ("ORGANISATION_COLOUR", "#8c1d1g"),
        ("ORGANISATION_NUMBER", "12345678"),
        ("ORGANISATION_NAME", " "),
        ("PUBLIC_URL", "treffpunkt.modum.kommune.no"),
        ("CONTACT_EMAIL", "servicetorget"),
        ("MUNICIPALITY_NUMBERS", "3316,62"),
        ("RELEASE_ABOVE", "-1"),
        ("SYNTHETIC_NUMBERS", "maybe"),
        ("MAIL_URL", "ftp://mail"),
        ("BOUNCE_ADDRESS", "retur"),
        ("BOUNCE_ADDRESS", "åse@modum.example"),
        ("BOUNCE_ADDRESS", "<retur@modum.example>"),
        ("BOUNCE_ADDRESS", "retur@modum.example\r\nRCPT TO:x@y.example"),
        ("SMS_URL", "http://sms.example/send"),
        ("SMS_URL", "https:///send"),
        ("SMS_SENDER", "Modum kommune"),
        ("SMS_SENDER", "Ål"),
        ("SMS_SENDER", "12"),
        ("DKIM_DOMAIN", "annen.example"),
        ("DKIM_DOMAIN", "example"),
        ("DKIM_DOMAIN", "kommune-modum.example"),
        ("MAILBOX_URL", "pop3://post.example"),
        ("MAILBOX_URL", "imaps://post.example/INBOX"),
        ("MAILBOX_URL", "imaps://retur:pass@"),
        ("MAILBOX_URL", "maildir:retur"),
        ("MAILBOX_URL", "maildir://retur/mappe"),
    ],
)
def test_a_bad_value_is_refused_by_name_in_one_line(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        _settings(tmp_path, **{variable: value})
    line = str(refused.value)
    assert line.startswith(f"{variable}: ")
    assert "\n" not in line


@pytest.mark.parametrize(("given", "read"), [("#8C1D18", "#8c1d18"), (" #ffd000 ", "#ffd000")])
def test_colour_is_read_in_either_case(tmp_path: Path, given: str, read: str) -> None:
    assert _settings(tmp_path, ORGANISATION_COLOUR=given).organisation_colour == read


def test_colour_is_modums_when_none_is_given(tmp_path: Path) -> None:
    assert _settings(tmp_path).organisation_colour == "#123e8c"


@pytest.mark.parametrize("url", ["", "maildir:/var/mail/retur", "imaps://retur:p%40ss@post.example:993/INBOX"])
def test_a_mailbox_that_can_be_read_is_taken(tmp_path: Path, url: str) -> None:
    assert _settings(tmp_path, MAILBOX_URL=url).mailbox_url == url


@pytest.mark.parametrize(
    ("environ", "sender"),
    [
        ({}, "Modum"),
        ({"MUNICIPALITY_NAME": "Øvre Eiker"}, "Ovre Eiker"),
        ({"MUNICIPALITY_NAME": "Nore og Uvdal"}, "Nore og Uvd"),
        ({"SMS_SENDER": "2077"}, "2077"),
    ],
)
def test_a_text_message_is_from_a_name_that_phones_show(tmp_path: Path, environ: dict[str, str], sender: str) -> None:
    assert _settings(tmp_path, **environ).sms_sender == sender


def _key_file(folder: Path, bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "dkim.pem").write_bytes(pem)
    return str(folder / "dkim.pem")


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"DKIM_SELECTOR": ""}, "DKIM_SELECTOR"),
        ({"DKIM_SELECTOR": "a b;c"}, "DKIM_SELECTOR"),
        ({"DKIM_KEY_FILE": ""}, "DKIM_KEY_FILE"),
        ({"DKIM_KEY_FILE": "/nowhere"}, "DKIM_KEY_FILE"),
        ({"DKIM_KEY_FILE": __file__}, "DKIM_KEY_FILE"),
    ],
)
def test_a_signature_needs_all_that_it_is_made_of(tmp_path: Path, changes: dict[str, str], variable: str) -> None:
    whole = {"DKIM_DOMAIN": "modum.example", "DKIM_SELECTOR": "tp1", "DKIM_KEY_FILE": _key_file(tmp_path, 2048)}
    read = _settings(tmp_path, **whole)
    assert (read.dkim_domain, read.dkim_selector) == ("modum.example", "tp1")
    assert "PRIVATE" not in repr(read)
    with pytest.raises(SettingError, match=f"^{variable}: "):
        _settings(tmp_path, **{**whole, **changes})


def test_a_weak_key_signs_nothing(tmp_path: Path) -> None:
    whole = {"DKIM_DOMAIN": "modum.example", "DKIM_SELECTOR": "tp1", "DKIM_KEY_FILE": _key_file(tmp_path, 1024)}
    with pytest.raises(SettingError, match="2048"):
        _settings(tmp_path, **whole)


WHOLE_SVARUT = {
    "SVARUT_ACCOUNT": "1f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f11",
    "SVARUT_INTEGRATION_ID": "2f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f12",
    "SVARUT_PASSWORD": "hemmelig",
}


def _maskinporten(folder: Path) -> dict[str, str]:
    return {
        "MASKINPORTEN_CLIENT_ID": "8bafe1a2-klient",
        "MASKINPORTEN_KEY_ID": "tp-2026",
        "MASKINPORTEN_KEY_FILE": _key_file(folder, 2048),
    }


def test_no_national_service_is_on_unless_it_is_named(tmp_path: Path) -> None:
    services = _settings(tmp_path).services
    assert (services.maskinporten, services.krr_url, services.svarut) == (None, "", None)
    assert not services.needs_numbers
    alone = _settings(tmp_path, **_maskinporten(tmp_path)).services
    assert alone.maskinporten is not None
    assert not alone.needs_numbers, "a client that asks nobody about anybody"


@pytest.mark.parametrize(
    ("chosen", "needs_numbers"),
    [
        ({"KRR_URL": "https://kontaktregisteret.no/rest/v2/personer"}, True),
        (WHOLE_SVARUT, False),
        ({**WHOLE_SVARUT, "SVARUT_DIGITAL": "no"}, False),
        ({**WHOLE_SVARUT, "SVARUT_DIGITAL": "yes"}, True),
    ],
)
def test_numbers_are_needed_only_by_a_service_that_must_name_people(
    tmp_path: Path, chosen: dict[str, str], needs_numbers: bool
) -> None:
    read = _settings(tmp_path, **_maskinporten(tmp_path), **chosen)
    assert read.services.needs_numbers is needs_numbers
    assert "PRIVATE" not in repr(read)
    assert "hemmelig" not in repr(read)


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"MASKINPORTEN_CLIENT_ID": ""}, "MASKINPORTEN_CLIENT_ID"),
        ({"MASKINPORTEN_KEY_ID": " "}, "MASKINPORTEN_KEY_ID"),
        ({"MASKINPORTEN_KEY_ID": "to ord"}, "MASKINPORTEN_KEY_ID"),
        ({"MASKINPORTEN_KEY_FILE": "/nowhere"}, "MASKINPORTEN_KEY_FILE"),
        ({"MASKINPORTEN_KEY_FILE": __file__}, "MASKINPORTEN_KEY_FILE"),
        ({"MASKINPORTEN_URL": "http://maskinporten.no/"}, "MASKINPORTEN_URL"),
        ({"KRR_URL": "kontaktregisteret.no"}, "KRR_URL"),
        ({"KRR_URL": "http://kontaktregisteret.no/rest/v2/personer"}, "KRR_URL"),
        ({"ENHETSREGISTERET_URL": "http://data.brreg.no/enhetsregisteret/api"}, "ENHETSREGISTERET_URL"),
        ({"ENHETSREGISTERET_URL": "data.brreg.no"}, "ENHETSREGISTERET_URL"),
        ({"SVARUT_ACCOUNT": ""}, "SVARUT_ACCOUNT"),
        ({"SVARUT_ACCOUNT": "konto 7"}, "SVARUT_ACCOUNT"),
        ({"SVARUT_INTEGRATION_ID": "x"}, "SVARUT_INTEGRATION_ID"),
        ({"SVARUT_PASSWORD": ""}, "SVARUT_PASSWORD"),
        ({"SVARUT_PASSWORD": "hemme\r\nlig"}, "SVARUT_PASSWORD"),
        ({"SVARUT_URL": "ftp://svarut.ks.no"}, "SVARUT_URL"),
        ({"SVARUT_DIGITAL": "kanskje"}, "SVARUT_DIGITAL"),
        ({"SVARUT_COST_CODE": "har mellomrom"}, "SVARUT_COST_CODE"),
        ({"SVARUT_COST_CODE": "x" * 21}, "SVARUT_COST_CODE"),
        ({**dict.fromkeys(WHOLE_SVARUT, ""), "SVARUT_DIGITAL": "yes"}, "SVARUT_ACCOUNT"),
    ],
)
def test_a_national_service_that_is_half_there_stops_the_start(
    tmp_path: Path, changes: dict[str, str], variable: str
) -> None:
    whole = {**_maskinporten(tmp_path), **WHOLE_SVARUT, "KRR_URL": "https://kontaktregisteret.no/rest/v2/personer"}
    _settings(tmp_path, **whole)
    with pytest.raises(SettingError, match=f"^{variable}: "):
        _settings(tmp_path, **{**whole, **changes})


@pytest.mark.parametrize("asks", [{"KRR_URL": "https://kontaktregisteret.no/rest/v2/personer"}, WHOLE_SVARUT])
def test_a_service_behind_maskinporten_needs_a_client_there(tmp_path: Path, asks: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="MASKINPORTEN_CLIENT_ID"):
        _settings(tmp_path, **asks)


def test_the_open_business_register_is_off_until_set_and_needs_no_client_and_no_numbers(tmp_path: Path) -> None:
    assert _settings(tmp_path).services.business_register_url == ""
    services = _settings(tmp_path, ENHETSREGISTERET_URL="https://data.brreg.no/enhetsregisteret/api/").services
    assert services.business_register_url == "https://data.brreg.no/enhetsregisteret/api"
    assert not services.needs_numbers


def test_keys_made_on_the_first_run_are_for_the_owner_alone_and_stay(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = Settings.from_env({"INSTANCE_DIR": str(tmp_path / "ny")})
    finally:
        os.umask(before)
    files = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "ny").iterdir() if path.is_file()}
    assert {"secret_key", "register_key"} <= files.keys()
    assert set(files.values()) == {0o600}
    assert Settings.from_env({"INSTANCE_DIR": str(tmp_path / "ny")}).secret_key == made.secret_key
