"""Extracts that are read before and after a change of the key."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Flask

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.register.formats.extract import ReadOptions
from outreach.register.service import Act, ImportResult, context_for, import_extract
from tests.factories.people import national_number, table, table_row

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
BIRTH = date(1990, 4, 12)
ANNE, BJORN, CILLE, DAG, EMIL = (national_number(BIRTH, serial) for serial in range(5))
ACT = Act(as_of=date(2026, 11, 2), actor=COMMAND, now=NOW)


def load(app: Flask, rows: list[dict[str, str]], *, days: int = 0, is_dry_run: bool = False) -> ImportResult:
    act = replace(ACT, as_of=date(2026, 11, 2 + days), is_dry_run=is_dry_run)
    context = context_for(app.extensions["treffpunkt.settings"], as_of=act.as_of, today=act.as_of)
    stream = io.BytesIO(table(rows, header=[*rows[0]]).encode())
    result = import_extract(stream, options=ReadOptions(), context=context, act=act)
    db.session.commit()
    db.session.expunge_all()
    return result


def extract() -> list[dict[str, str]]:
    """Return a table: two at one address without dwelling number, one alone, one protected, one without a number."""
    born = {"Fødselsdato": "12.04.1990"}
    shared = {"Bolignr": "", "Adresse": "Bakkegata 3", **born}
    return [
        table_row(ANNE, Fornavn="Anne", **shared),
        table_row(BJORN, Fornavn="Bjørn", **shared),
        table_row(CILLE, Fornavn="Cille", **born),
        table_row(DAG, Fornavn="Dag", Gradering="fortrolig", **born),
        table_row("", Fornavn="Nina", Adresse="Storgata 9", **born),
    ]


def rotate(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["people", "rotate-key"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    return result.output
