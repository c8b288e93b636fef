from datetime import date

import pytest

from outreach.people.person import PersonName, age_on, clean_text, is_adult, split_name, written_name


@pytest.mark.parametrize(
    ("register", "written"),
    [
        ("ÅSE-MARIE", "Åse-Marie"),
        ("VAN DER BERG", "Van der Berg"),
        ("LOPEZ DE LA CRUZ", "Lopez de la Cruz"),
        ("O'BRIEN", "O'Brien"),
        ("McDonald", "McDonald"),
        ("ČÁHPPE", "Čáhppe"),
        ("", ""),
    ],
)
def test_writes_names_as_people_do(register: str, written: str) -> None:
    assert written_name(register) == written


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Lien, Bjørn Erik", PersonName("Bjørn", "Erik", "Lien")),
        ("Bjørn Erik Lien", PersonName("Bjørn", "Erik", "Lien")),
        ("Bjørn Lien", PersonName("Bjørn", "", "Lien")),
        ("Suharto", PersonName("Suharto")),
    ],
)
def test_splits_a_name_in_one_cell(cell: str, name: PersonName) -> None:
    assert split_name(cell) == name


def test_first_name_is_the_first_given_or_the_family_name() -> None:
    assert PersonName("Anne Grethe", "", "Lie").first == "Anne"
    assert PersonName("", "", "Suharto").first == "Suharto"
    assert PersonName("Anne", "Grethe", "Lie").full == "Anne Grethe Lie"


def test_removes_what_cannot_be_seen() -> None:
    assert clean_text("  Bjo\u0308rn \u202eLien\x00 ") == "Björn Lien"
    assert clean_text("Áilu  Šuorbmá") == "Áilu Šuorbmá"


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 27), 21), (date(2026, 2, 28), 21), (date(2026, 3, 1), 22), (date(2024, 2, 29), 20)]
)
def test_counts_whole_years_also_for_leap_days(day: date, age: int) -> None:
    assert age_on(date(2004, 2, 29), day) == age


def test_is_adult_from_the_eighteenth_birthday() -> None:
    assert not is_adult(date(2008, 11, 3), date(2026, 11, 2))
    assert is_adult(date(2008, 11, 2), date(2026, 11, 2))
