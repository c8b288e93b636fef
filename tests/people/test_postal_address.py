import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.people.postal_address import PostalAddress, care_of_line


def test_a_street_address_has_two_lines() -> None:
    address = PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")
    assert address.letter_lines() == ("Eksempelveien 12", "3370 VIKERSUND")


def test_a_foreign_address_ends_with_the_country() -> None:
    address = PostalAddress(("Prøvevej 4",), "8000", "Aarhus", "Danmark")
    assert address.letter_lines() == ("Prøvevej 4", "8000 Aarhus", "DANMARK")


def test_joins_the_shortest_neighbours_when_there_are_too_many_lines() -> None:
    address = PostalAddress(("c/o Familien Langnavn-Dobbel", "Gården", "2. etg.", "Veien 1"), "3360", "GEITHUS")
    assert address.letter_lines() == ("c/o Familien Langnavn-Dobbel", "Gården, 2. etg.", "Veien 1", "3360 GEITHUS")


def test_care_of_keeps_to_itself_even_where_it_is_the_shortest() -> None:
    address = PostalAddress(("c/o Bo", "Ly", "Øvre Langnavnveien 14", "Bygg B"), "8000", "Aarhus", "Danmark")
    assert address.letter_lines() == ("c/o Bo", "Ly, Øvre Langnavnveien 14, Bygg B", "8000 Aarhus", "DANMARK")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", ""),
        ("Kari Nordmann", "c/o Kari Nordmann"),
        ("c/o Kari Nordmann", "c/o Kari Nordmann"),
        ("C/O KARI NORDMANN", "c/o KARI NORDMANN"),
        ("c / o: Kari", "c/o Kari"),
        ("c/o", ""),
        ("C/oscar", "c/o C/oscar"),
        ("v/ Kari Nordmann", "v/ Kari Nordmann"),
        ("V/Kari", "V/Kari"),
        ("CO KARI", "CO KARI"),
        ("Connie Nordmann", "c/o Connie Nordmann"),
        ("Vera Nordmann", "c/o Vera Nordmann"),
    ],
)
def test_care_of_has_its_mark_once(name: str, line: str) -> None:
    assert care_of_line(name) == line


texts = st.text(min_size=1, max_size=30)


@given(st.lists(texts, max_size=7), texts, texts, st.sampled_from(["", "NO", "Danmark"]))
def test_never_loses_a_word_and_never_has_more_than_four_lines(
    lines: list[str], postcode: str, place: str, country: str
) -> None:
    address = PostalAddress(tuple(lines), postcode, place, country)
    written = address.letter_lines()
    assert len(written) <= 4
    assert all(any(line in found for found in written) for line in lines)
    assert any(f"{postcode} {place}" in found for found in written)


@given(st.lists(texts, max_size=4), texts, texts)
def test_survives_being_stored(lines: list[str], postcode: str, place: str) -> None:
    address = PostalAddress(tuple(lines), postcode, place)
    assert PostalAddress.from_json(address.to_json()) == address
