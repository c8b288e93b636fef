"""`flask audit link` and `verify`: a whole trail exits 0, a changed one 1 with a line that says where."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from outreach.audit import service
from outreach.audit.actor import SYSTEM
from outreach.audit.models import AuditEntry
from outreach.database import db
from tests.conftest import NOW


@pytest.fixture
def trail(app: Flask) -> Iterator[Flask]:
    """Return the application with three linked rows."""
    service._anchor_path().unlink(missing_ok=True)
    for number in range(3):
        service.record("event.change", subject_kind="event", subject_id=number, actor=SYSTEM, now=NOW)
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["audit", "link"])
    assert (result.exit_code, result.output) == (0, "Kjedet 3 nye rader. Kjeden har 3.\n")
    yield app
    service._anchor_path().unlink(missing_ok=True)


def test_verify_says_that_the_trail_is_whole(trail: Flask) -> None:
    result = trail.test_cli_runner().invoke(args=["audit", "verify"])
    assert (result.exit_code, result.output) == (0, "Loggen er hel: 3 rader, 3 i kjeden.\n")
    result = trail.test_cli_runner().invoke(args=["audit", "verify", "--json"])
    assert json.loads(result.stdout) == {"entries": 3, "linked": 3, "faults": []}


def test_verify_says_where_the_trail_was_changed(trail: Flask) -> None:
    db.session.execute(update(AuditEntry).values(subject_id=77))
    db.session.commit()
    result = trail.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert result.stderr == "Loggen er endret. Antall feil: 3. Den første: rad 1 endret.\n"
    result = trail.test_cli_runner().invoke(args=["audit", "verify", "--json"])
    assert result.exit_code == 1
    assert [fault["kind"] for fault in json.loads(result.stdout)["faults"]] == ["edited"] * 3


def test_a_new_anchor_is_a_named_act(trail: Flask) -> None:
    service._anchor_path().unlink()
    assert trail.test_cli_runner().invoke(args=["audit", "link"]).exit_code == 1
    result = trail.test_cli_runner().invoke(args=["audit", "accept-head"])
    assert result.output == "Kjeden er forankret på nytt ved rad 3.\n"
    assert trail.test_cli_runner().invoke(args=["audit", "link"]).exit_code == 0
    assert trail.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
