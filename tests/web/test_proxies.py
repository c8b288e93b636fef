"""Behind a trusted proxy a guest is counted by their own address; nobody else is believed."""

from pathlib import Path

import pytest
from flask import request

from outreach import create_app
from outreach.settings import Settings
from outreach.web.access import public
from outreach.web.throttle import client_address


@pytest.mark.parametrize(("proxies", "seen"), [("0", "127.0.0.1"), ("1", "198.51.100.7")])
def test_believes_the_forwarded_address_only_of_a_trusted_proxy(tmp_path: Path, proxies: str, seen: str) -> None:
    app = create_app(Settings.from_env({"INSTANCE_DIR": str(tmp_path), "TRUSTED_PROXIES": proxies}))
    app.add_url_rule("/who", view_func=public(lambda: f"{client_address()} {request.scheme}"), endpoint="who")
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}
    answer = app.test_client().get("/who", headers=headers).get_data(as_text=True)
    assert answer == f"{seen} {'https' if proxies == '1' else 'http'}"
