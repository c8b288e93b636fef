"""The municipality's colour is a setting, and everything that shows a colour follows it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from outreach import create_app
from outreach.database import db
from outreach.formats.colour_scale import light_scale
from outreach.settings import Settings

RED = "#8c1d18"
_MODUM_STEPS = {light_scale("#123e8c").text_default, light_scale("#123e8c").background_tinted, "#123e8c"}
_HEX = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


def _app_in(folder: Path, colour: str) -> Flask:
    app = create_app(Settings.from_env({"INSTANCE_DIR": str(folder), "ORGANISATION_COLOUR": colour}))
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def red(tmp_path: Path) -> Iterator[FlaskClient]:
    app = _app_in(tmp_path, RED)
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def _address_of(client: FlaskClient, name: str) -> str:
    page = client.get("/tilgjengelighet").get_data(as_text=True)
    return next(address for address in re.findall(r'href="(/static/[^"]+)"', page) if name in address)


def test_pages_load_the_colour_after_the_theme_and_before_our_own_rules(red: FlaskClient) -> None:
    page = red.get("/tilgjengelighet").get_data(as_text=True)
    sheets = re.findall(r'rel="stylesheet" href="/static/([^?"]+)', page)
    assert sheets == ["vendor/designsystemet/designsystemet.css", "organisation/colours.css", "css/site.css"]
    assert f'<meta name="theme-color" content="{light_scale(RED).text_default}">' in page
    assert "<style" not in page


def test_style_sheet_has_the_settings_colour_and_is_kept_for_a_year(red: FlaskClient) -> None:
    sheet = red.get(_address_of(red, "colours.css"))
    assert sheet.mimetype == "text/css"
    assert f"--ds-color-accent-base-default:{RED}" in sheet.get_data(as_text=True)
    assert "max-age=31536000, immutable" in sheet.headers["Cache-Control"]


def test_style_sheet_is_small_when_compressed(red: FlaskClient) -> None:
    packed = red.get(_address_of(red, "colours.css"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 1_000


def test_another_colour_has_another_address(red: FlaskClient, client: FlaskClient) -> None:
    for name in ("colours.css", "mark.svg"):
        assert _address_of(red, name) != _address_of(client, name)
    assert red.get(_address_of(client, "colours.css")).headers["Cache-Control"] == "no-cache"


def test_mark_is_drawn_in_the_colour(red: FlaskClient) -> None:
    assert f'fill="{RED}"' in red.get(_address_of(red, "mark.svg")).get_data(as_text=True)


def test_door_app_is_known_by_the_colour_and_keeps_it_offline(red: FlaskClient) -> None:
    assert red.get("/door/manifest.webmanifest").json["theme_color"] == light_scale(RED).text_default
    worker = red.get("/door/sw.js").get_data(as_text=True)
    assert _address_of(red, "colours.css") in worker
    assert _address_of(red, "mark.svg") in worker


def test_mail_is_written_in_the_colour(tmp_path: Path) -> None:
    app = _app_in(tmp_path, RED)
    with app.test_request_context("/"):
        mail = render_template("layouts/email.html")
    found = {value.lower() for value in _HEX.findall(mail)}
    assert light_scale(RED).text_default in found
    assert not found & _MODUM_STEPS


@pytest.mark.parametrize("path", sorted(Path("templates").rglob("*.*")), ids=str)
def test_no_template_names_a_step_of_one_municipalitys_colour(path: Path) -> None:
    assert not {value.lower() for value in _HEX.findall(path.read_text(encoding="utf-8"))} & _MODUM_STEPS
