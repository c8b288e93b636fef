"""`flask messages try-services`: whether the national services that are switched on let us in."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from outreach.national_services import NationalServices
from tests.factories.national import SvarUtServer


def _run(app: Flask, monkeypatch: pytest.MonkeyPatch, services: NationalServices) -> Any:
    settings = replace(app.extensions["treffpunkt.settings"], services=services)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    return app.test_cli_runner().invoke(args=["messages", "try-services"])


def test_says_that_none_is_switched_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(app, monkeypatch, NationalServices())
    assert (done.exit_code, done.stdout) == (0, "Ingen av tjenestene er slått på.\n")


def test_says_which_service_lets_us_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with SvarUtServer().running() as server:
        services = replace(server.services(), krr_url=f"{server.url}/rest/v2/personer")
        done = _run(app, monkeypatch, services)
        assert done.exit_code == 0, done.output
        assert done.stdout == "KRR: slipper oss inn.\nSvarUt: slipper oss inn.\n"
        assert server.asked_about == ["0"], "a reference that no letter has"
        server.password = "another"
        refused = _run(app, monkeypatch, services)
    assert refused.exit_code == 1
    assert "SvarUt: slipper oss ikke inn" in refused.stdout
    assert "svarer ikke slik den skal" in refused.stderr
