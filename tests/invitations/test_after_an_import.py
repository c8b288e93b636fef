"""Letters that wait are recalled by themselves when an accepted extract says that their people are gone (R4)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.letters import read_pages
from tests.factories.people import national_number, ndjson, person_document, residence
from tests.register.test_routes import press, staged_page

NUMBERS = {name: national_number(date(1990, 4, 12), at) for at, name in enumerate(("Blir", "Kanarifugl"))}
CAME = [residence("2015-05-01", municipality="0301", is_current=False), residence("2026-03-01", street="Blirveien")]


def document(name: str, *homes: dict[str, Any], status: str = "bosatt", **more: Any) -> dict[str, Any]:
    names = [{"erGjeldende": True, "fornavn": name.upper(), "etternavn": "LIEN"}]
    state = [{"erGjeldende": True, "status": status}]
    return person_document(NUMBERS[name], *homes, navn=names, status=state, **more)


STAYS = document("Blir", *CAME)
HERE = [CAME[0], residence("2026-03-01", street="Kanariveien")]
LEFT = [*({**home, "erGjeldende": False} for home in HERE), residence("2026-10-01", municipality="0301")]
PROTECTED = {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "fortrolig"}]}


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (document("Kanarifugl", *HERE, status="doed"), "moved_away"),
        (document("Kanarifugl", *HERE, status="utflyttet"), "moved_away"),
        (document("Kanarifugl", *LEFT), "moved_away"),
        (None, "moved_away"),
        (document("Kanarifugl", *HERE, **PROTECTED), "by_hand"),
    ],
    ids=["died", "emigrated", "moved away", "no longer in the extract", "protected"],
)
def test_a_waiting_letter_is_recalled(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: Any, reason: str
) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], instance_dir=tmp_path / "instance")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    sign_in(client)
    both = ndjson([STAYS, document("Kanarifugl", *HERE)]).encode()
    press(client, staged_page(client, both, as_of="2026-10-31"), "/godta")
    make_event()
    invited = run(app, "invitations", "create", SLUG, "--segment", "moved-in", "--json")
    assert json.loads(invited)["invitations"] == 2
    after = ndjson([document for document in (STAYS, later) if document]).encode()
    press(client, staged_page(client, after, as_of="2026-11-01"), "/godta")
    run(app, "letters", "build", SLUG, "--out", str(tmp_path / "ut"))
    db.session.rollback()
    states = sorted((row.state, row.reason) for row in db.session.scalars(db.select(OutboxMessage)))
    assert states == [("handed_over", ""), ("withheld", reason)]
    printed = "".join(page.text for page in read_pages(tmp_path / "ut" / "letters-001.pdf"))
    assert "Blir" in printed
    assert "Kanari" not in printed


def run(app: Flask, *command: str) -> str:
    result = app.test_cli_runner().invoke(args=list(command))
    assert result.exit_code == 0, result.output
    return result.stdout
