"""Extracts: the same bytes for the same seed, the same people in every format, shapes as the register's."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from outreach.demo.extract_writers import ExtractFormat, write_extract
from outreach.demo.person import Story
from outreach.demo.population import households
from outreach.demo.table_rows import HEADER

AS_OF = date(2026, 11, 2)


def extract(kind: ExtractFormat, *, people: int = 600, encoding: str = "utf-8-sig") -> bytes:
    stream = io.BytesIO()
    everybody = households(people=people, seed=3316, as_of=AS_OF)
    count = write_extract(everybody, stream, kind=kind, as_of=AS_OF, encoding=encoding)
    assert count == people
    return stream.getvalue()


def documents() -> list[dict[str, Any]]:
    return [json.loads(line) for line in extract(ExtractFormat.NDJSON).splitlines()]


def document_of(story: Story) -> dict[str, Any]:
    people = [person for household in households(people=600, seed=3316, as_of=AS_OF) for person in household.people]
    place = next(number for number, person in enumerate(people) if person.story is story)
    body: dict[str, Any] = documents()[place]["folkeregisterperson"]
    return body


@pytest.mark.parametrize("kind", list(ExtractFormat))
def test_the_same_seed_gives_the_same_bytes(kind: ExtractFormat) -> None:
    assert extract(kind) == extract(kind)


def test_all_formats_hold_the_same_people() -> None:
    table = list(csv.reader(io.StringIO(extract(ExtractFormat.CSV).decode("utf-8-sig")), delimiter=";"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(extract(ExtractFormat.XLSX))).get_sheet_by_index(0).to_python()
    assert table[0] == list(HEADER)
    assert [[str(cell) for cell in row] for row in sheet] == table
    assert [row[0] for row in table[1:]] == [document["foedselsEllerDNummer"] for document in documents()]


def test_windows_1252_replaces_what_it_lacks_and_keeps_norwegian_letters() -> None:
    text = extract(ExtractFormat.CSV, encoding="cp1252").decode("cp1252")
    assert "ÅMOT" in text
    assert "Š" in text
    assert "ŋ" not in text


def test_a_long_residence_is_renumbered_without_a_move() -> None:
    entries = next(
        homes
        for document in documents()
        if len(homes := document["folkeregisterperson"].get("bostedsadresse", [])) >= 3
        and homes[0].get("aarsak") == "Kommuneregulering"
        and "vegadresse" in homes[0]
        and homes[0]["flyttedato"] < "2019"
    )
    numbers = [entry["vegadresse"]["kommunenummer"] for entry in entries[:3]]
    assert numbers == ["3316", "3047", "0623"]
    assert len({entry["flyttedato"] for entry in entries[:3]}) == 1
    assert [entry["erGjeldende"] for entry in entries[:3]] == [True, False, False]


def test_at_most_one_home_is_current() -> None:
    for document in documents():
        homes = document["folkeregisterperson"].get("bostedsadresse", [])
        assert sum(home["erGjeldende"] for home in homes) <= 1


def test_a_strictly_confidential_person_has_history_and_forwarding_address_but_no_home() -> None:
    body = document_of(Story.STRICTLY_CONFIDENTIAL)
    assert not any(home["erGjeldende"] for home in body["bostedsadresse"])
    assert body["postadresse"][0]["postboksadresse"]["postbokseier"] == "SOT 6"
    assert body["adressebeskyttelse"][0]["graderingsnivaa"].lower().startswith("strengt")


def test_a_confidential_person_has_every_address_graded() -> None:
    body = document_of(Story.CONFIDENTIAL)
    assert {home["adressegradering"].lower() for home in body["bostedsadresse"]} == {"fortrolig"}


def test_a_client_address_is_graded_while_the_person_carries_no_mark() -> None:
    body = document_of(Story.CLIENT_ADDRESS)
    assert body["bostedsadresse"][0]["adressegradering"].lower() == "klientadresse"
    assert "adressebeskyttelse" not in body


def test_a_correction_is_recorded_this_year_with_the_old_moving_date() -> None:
    home = document_of(Story.CORRECTED)["bostedsadresse"][0]
    assert home["ajourholdstidspunkt"].startswith("2026")
    assert home["flyttedato"] < "2025-11"


def test_a_student_has_a_postal_address_in_a_study_town() -> None:
    town = document_of(Story.STUDENT)
    assert town["status"][0]["status"] == "bosatt"


@pytest.mark.parametrize(
    ("story", "part"),
    [
        (Story.EMIGRATED, "utflytting"),
        (Story.IMMIGRATED, "innflytting"),
        (Story.SHARED_RESIDENCE, "deltBosted"),
        (Story.MILITARY, "oppholdsadresse"),
        (Story.TEMPORARY, "oppholdsadresse"),
        (Story.DIED, "doedsfall"),
    ],
)
def test_a_special_case_shows_in_its_own_part(story: Story, part: str) -> None:
    assert part in document_of(story)
