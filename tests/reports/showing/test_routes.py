"""One event's report: exact for staff, small cells hidden in every file, and no file while figures can change."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.reports.published import Published
from outreach.reports.reading.queries import figures_of
from tests.factories.accounts import sign_in
from tests.factories.evening_figures import lived_evening
from tests.factories.events import SLUG, make_event
from tests.pages import forms_of, send

REPORT = f"/admin/arrangementer/{SLUG}/rapport"


@pytest.fixture
def lived(app: Flask) -> Event:
    event = lived_evening(app)
    clock.set_clock(lambda: event.ends_at_utc + timedelta(hours=1))
    return event


def _settle(client: FlaskClient) -> None:
    form = next(form for form in forms_of(client.get(REPORT)) if form.action == REPORT)
    assert send(client, form).status_code == 303


def test_staff_see_exact_numbers(client: FlaskClient, lived: Event) -> None:
    sign_in(client, role="reader")
    page = client.get(REPORT).text
    for words in (
        "Fra invitasjon til oppmøte",
        "Når svarene kom",
        "Når de kom",
        "Husstander med barn",
        "3370",
        "engelsk",
    ):
        assert words in page, words
    assert "skjult" not in page
    assert not any(form.action == REPORT for form in forms_of(client.get(REPORT))), "a reader does not settle"


def test_there_is_no_file_while_figures_can_change(client: FlaskClient, lived: Event) -> None:
    sign_in(client)
    assert client.get(f"{REPORT}.csv").status_code == 409
    _settle(client)
    assert client.get(f"{REPORT}.csv").status_code == 200


def test_files_hide_small_cells(client: FlaskClient, lived: Event) -> None:
    sign_in(client)
    _settle(client)
    text = client.get(f"{REPORT}.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Arrangement", "Dato", "By", "Fordelt på", "Gruppe", "Hva", "Antall"]
    numbers = [row[6] for row in rows[1:]]
    assert "<5" in numbers
    assert not any(number.isdecimal() and 0 < int(number) < 5 for number in numbers)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{REPORT}.xlsx").data))
    lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    cells = [str(int(row[6])) if isinstance(row[6], float) else str(row[6]) for row in lines[4:]]
    assert cells == numbers
    assert client.get(f"{REPORT}.pdf").data[:5] == b"%PDF-"
    fetched = db.session.scalars(select(AuditEntry.details).where(AuditEntry.act == "report.fetch")).all()
    assert sorted(fetched) == ['{"kind":"csv"}', '{"kind":"pdf"}', '{"kind":"xlsx"}']


def test_shares_and_charts_of_files_are_of_what_is_shown(app: Flask, lived: Event) -> None:
    published = Published(figures_of(lived))
    values = [value for _key, value in published.rows()]
    assert None in values
    assert all(value is None or not 0 < value < 5 for value in values)


def test_an_event_without_guests_has_a_report_that_says_so(client: FlaskClient, app: Flask) -> None:
    make_event()
    sign_in(client, role="reader")
    page = client.get(REPORT)
    assert page.status_code == 200
    assert "Ingen er invitert ennå" in page.text
