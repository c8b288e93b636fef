"""What guests need, for those who provide it: complete, without names, safe to open, and noted in the log."""

import io
import zipfile
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.needs_list.needs import KINDS, NEED_WORDS, PROVIDER_WORDS, NeedLine, Provider, by_provider
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.rsvp import answer_for, give_answer, make_household

PAGE = f"/admin/arrangementer/{SLUG}/behov"
FORMULA = '=HYPERLINK("http://ond.example","trykk")'


@dataclass
class Sheet:
    title: str
    columns: list[object]
    rows: list[list[object]]


@pytest.fixture
def organiser(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="organiser")
    return client


@pytest.fixture
def answered(app: Flask) -> None:
    """Three households that come, one that took its yes back."""
    event = make_event()
    for wishes in (
        (NeedWish(NeedKind.ALLERGY, "nøtter"), NeedWish(NeedKind.WHEELCHAIR, "")),
        (NeedWish(NeedKind.INTERPRETER, "polsk"), NeedWish(NeedKind.DIET, FORMULA)),
        (NeedWish(NeedKind.ALLERGY, "Egg"),),
    ):
        invitation = make_household(event, ("Åse", "Bjørn"))
        give_answer(invitation, answer_for(invitation, True, True, needs=wishes))
    gone = make_household(event, ("Borte",))
    give_answer(gone, answer_for(gone, True, needs=(NeedWish(NeedKind.ALLERGY, "melk"),)))
    give_answer(gone, answer_for(gone, False))
    db.session.commit()


def _sheet(organiser: FlaskClient, provider: str) -> Sheet:
    answer = organiser.get(f"{PAGE}/{provider}.xlsx")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    return Sheet(str(rows[0][0]), rows[2], rows[3:])


def test_every_kind_has_one_provider_and_words() -> None:
    kinds = [kind for kinds in KINDS.values() for kind in kinds]
    assert sorted(kinds) == sorted(NeedKind)
    assert set(NEED_WORDS) == set(NeedKind)
    assert set(PROVIDER_WORDS) == set(KINDS) == set(Provider)


def test_lists_are_by_provider_and_what_is_alike_stands_together() -> None:
    lines = [
        NeedLine(NeedKind.ALLERGY, "nøtter", 2, 1),
        NeedLine(NeedKind.DIET, "vegetar", 1, 2),
        NeedLine(NeedKind.ALLERGY, "Egg", 1, 3),
        NeedLine(NeedKind.ALLERGY, "egg", 4, 2),
        NeedLine(NeedKind.TRANSPORT, "", 1, 1),
    ]
    lists = by_provider(lines)
    assert list(lists) == [Provider.KITCHEN, Provider.TRANSPORT]
    assert [line.text for line in lists[Provider.KITCHEN]] == ["vegetar", "egg", "Egg", "nøtter"]
    assert by_provider([]) == {}


def test_the_page_lists_what_is_needed_and_names_nobody(organiser: FlaskClient, answered: None) -> None:
    page = organiser.get(PAGE).text
    for words in ("nøtter", "Egg", "polsk", "Plass til rullestol", "Kjøkken", "Lokale"):
        assert words in page, words
    for words in ("melk", "Åse", "Bjørn", "Skyss</h2>"):
        assert words not in page, words


def test_each_file_holds_one_providers_needs_alone(organiser: FlaskClient, answered: None) -> None:
    kitchen = _sheet(organiser, "kjokken")
    assert kitchen.title == "Ny i Modum-kveld 2026: kjøkken"
    assert kitchen.columns == ["Behov", "Med gjestens egne ord", "Personer det kan gjelde"]
    assert kitchen.rows == [["Spesiell mat", f"'{FORMULA}", 2.0], ["Allergi", "Egg", 2.0], ["Allergi", "nøtter", 2.0]]
    assert [row[1] for row in _sheet(organiser, "tolk").rows] == ["polsk"]
    assert _sheet(organiser, "skyss").rows == []


def test_no_cell_is_a_formula_or_a_link(organiser: FlaskClient, answered: None) -> None:
    content = organiser.get(f"{PAGE}/kjokken.xlsx").data
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()


def test_each_look_and_each_file_is_in_the_log(organiser: FlaskClient, answered: None) -> None:
    organiser.get(PAGE)
    organiser.get(f"{PAGE}/tolk.xlsx")
    noted = db.session.execute(
        db.select(AuditEntry.act, AuditEntry.details).where(AuditEntry.act.like("needs.%")).order_by(AuditEntry.id)
    ).all()
    assert sorted(act for act, _ in noted) == ["needs.export", "needs.look"]
    assert any("tolk" in str(details) for _, details in noted)


def test_an_event_without_needs_says_so(organiser: FlaskClient, app: Flask) -> None:
    make_event()
    assert "Ingen har meldt behov" in organiser.get(PAGE).text
