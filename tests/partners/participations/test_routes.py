"""Staff put partners on an event's list, settle what is settled by telephone, and take the list along."""

import io
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.partners.models import Participation, PartnerTask
from outreach.partners.participation import StandNeeds, State
from outreach.partners.participations import service
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.partners import make_participation, make_partner, partner_token
from tests.pages import Form, forms_of, send

LIST = f"/admin/arrangementer/{SLUG}/partnere"


@pytest.fixture
def staff(app: Flask, client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


def form_at(client: FlaskClient, path: str, end: str) -> Form:
    return next(form for form in forms_of(client.get(path)) if form.action.endswith(end))


def test_a_partner_is_put_on_the_list_and_asked(staff: FlaskClient) -> None:
    make_event()
    row = make_partner()
    added = send(staff, form_at(staff, LIST, "/partnere"), organisation=str(row.id), role="stand")
    assert added.status_code == 303
    assert "Ikke spurt ennå" in staff.get(LIST).text
    asked = send(staff, form_at(staff, added.location, "/spor"))
    page = staff.get(asked.location)
    assert "Invitasjonen er lagt i køen." in page.text
    assert "Ikke svart" in page.text
    again = send(staff, form_at(staff, added.location, "/spor"))
    assert "Invitasjonen er sendt før." in staff.get(again.location).text
    twice = send(staff, form_at(staff, LIST, "/partnere"), organisation=str(row.id), role="stand")
    assert twice.status_code == 422
    assert "Partneren står allerede på lista med denne rollen." in twice.text


@pytest.mark.parametrize(
    ("end", "state"), [("/kommer", "confirmed"), ("/kommer_ikke", "declined"), ("/trekk", "withdrawn")]
)
def test_an_answer_by_telephone_is_kept(staff: FlaskClient, end: str, state: str) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    assert send(staff, form_at(staff, f"{LIST}/{row.id}", end)).status_code == 303
    db.session.expire_all()
    assert row.state == state


def test_the_plan_is_kept_with_its_moment_and_a_bad_one_is_told(staff: FlaskClient) -> None:
    row = make_participation(make_event())
    form = form_at(staff, f"{LIST}/{row.id}", "/plan")
    wrong = send(staff, form, place="Stand 4", slot_title="Om tre", slot_time="halv sju")
    assert wrong.status_code == 422
    assert "Skriv klokkeslettet slik: 18.30." in wrong.text
    assert 'value="Om tre"' in wrong.text
    assert send(staff, form, place="Stand 4", slot_title="Om tre", slot_time="18.30").status_code == 303
    db.session.expire_all()
    assert (row.place, row.slot_title) == ("Stand 4", "Om tre")
    assert row.slot_at_utc is not None
    assert row.slot_at_utc.isoformat() == "2026-11-26T17:30:00+00:00"
    public = staff.get(f"/arrangement/{SLUG}").text
    assert "Stand 4" in public
    assert "Om tre, kl.\u00a018.30" in public


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "Skriv hva de skal gjøre."),
        ({"due_on": ""}, "Skriv en dato"),
        ({"due_on": "2026-11-01"}, "Fristen er allerede ute."),
        ({"due_on": "i morgen"}, "Skriv en dato"),
    ],
)
def test_a_task_that_cannot_be_right_is_told(staff: FlaskClient, values: dict[str, str], words: str) -> None:
    row = make_participation(make_event())
    form = form_at(staff, f"{LIST}/{row.id}", "/oppgaver")
    answer = send(staff, form, **{"text": "Send logo", "due_on": "2026-11-20", **values})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_fault_in_one_form_leaves_the_others_of_the_page_as_they_are_kept(staff: FlaskClient) -> None:
    row = make_participation(make_event())
    service.set_needs(row, StandNeeds(power=True, tables=4), actor=COMMAND, now=NOW)
    db.session.commit()
    wrong = send(staff, form_at(staff, f"{LIST}/{row.id}", "/oppgaver"), text="")
    assert wrong.status_code == 422
    needs = next(form for form in forms_of(wrong) if form.action.endswith("/behov"))
    assert (needs.values["power"], needs.values["tables"]) == ("y", "4")


def test_a_task_is_given_done_undone_and_taken_away(staff: FlaskClient) -> None:
    row = make_participation(make_event())
    page = f"{LIST}/{row.id}"
    assert send(staff, form_at(staff, page, "/oppgaver"), text="Send logo", due_on="2026-11-20").status_code == 303
    assert send(staff, form_at(staff, page, "/gjort")).status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(PartnerTask)).one().done_at_utc is not None
    assert send(staff, form_at(staff, page, "/ikke_gjort")).status_code == 303
    assert send(staff, form_at(staff, page, "/slett")).status_code == 303
    assert db.session.scalars(select(PartnerTask)).all() == []


def test_a_partner_of_another_event_is_not_found_here(staff: FlaskClient) -> None:
    make_event()
    other = make_participation(make_event(slug="en-annen"))
    assert staff.get(f"{LIST}/{other.id}").status_code == 404
    mine = make_participation(make_event(slug="min"))
    form = form_at(staff, f"/admin/arrangementer/min/partnere/{mine.id}", "/kommer_ikke")
    form.action = f"{LIST}/{mine.id}/kommer_ikke"
    assert send(staff, form).status_code == 404
    db.session.expire_all()
    assert mine.state == State.CONFIRMED


def test_the_list_is_taken_along_and_that_is_written_down(staff: FlaskClient) -> None:
    event = make_event()
    make_participation(event, make_partner(name="=HYPERLINK(x)"))
    make_participation(event, make_partner(name="Åmot Idrettslag"), state=State.DECLINED)
    answer = staff.get(f"{LIST}.xlsx")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert answer.headers["Cache-Control"] == "no-store"
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "Åmot Idrettslag" in words
    assert "berit@trevare.example" in words
    assert "'=HYPERLINK(x)" in words
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "partner.export" in set(db.session.scalars(select(AuditEntry.act)))


def test_the_list_for_the_councils_meeting_has_each_event_ahead_and_none_that_is_over(staff: FlaskClient) -> None:
    partner = make_partner(name="Åmot Idrettslag")
    for slug, days in (("senere", 9), ("snart", 2), ("over", 1)):
        starts = NOW + timedelta(days=days)
        times = {"starts_at_utc": starts, "ends_at_utc": starts + timedelta(hours=3), "answer_by": starts.date()}
        make_participation(make_event(slug=slug, title=f"Treff {slug}", **times), partner)
    clock.set_clock(lambda: NOW + timedelta(days=1, hours=4))
    sign_in(staff, role="privacy")
    answer = staff.get("/admin/partnere.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert [row[0] for row in rows[2:]] == ["Arrangement", "Treff snart", "Treff senere"]
    assert [row[2] for row in rows[2:]] == ["Partner", "Åmot Idrettslag", "Åmot Idrettslag"]
    assert rows[3][1] == "4. nov. 2026 kl. 12.00"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "partner.export" in set(db.session.scalars(select(AuditEntry.act)))


def test_a_reader_sees_no_partners_and_privacy_changes_nothing(app: Flask, client: FlaskClient) -> None:
    row = make_participation(make_event())
    sign_in(client, role="privacy")
    page = client.get(f"{LIST}/{row.id}").text
    assert partner_token(row) not in page, "the link lets its holder answer for the partner"
    assert [form.action for form in forms_of(client.get(f"{LIST}/{row.id}"))] == ["/admin/logg-ut"]
    assert db.session.get(Participation, row.id) is not None
