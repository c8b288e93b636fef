"""Postcodes, prefixes and places as people type them."""

import pytest

from outreach.audience.areas import area_words, areas_text, read_areas, written_place

PLACES = {"3370": ("VIKERSUND", "3316"), "3371": ("VIKERSUND", "3316"), "8622": ("MO I RANA", "1833")}


@pytest.mark.parametrize(
    ("typed", "areas"),
    [
        ("", ()),
        (" , ;\n", ()),
        ("3370", ("3370",)),
        ("3370, 337; 33\n3", ("3370", "337", "33", "3")),
        ("3370 3371", ("3370", "3371")),
        ("3370,3370", ("3370",)),
        ("Vikersund", ("3370", "3371")),
        ("vikersund, 3371", ("3370", "3371")),
        ("mo  i rana", ("8622",)),
        ("3370 Vikersund", ("3370",)),
        ("Atlantis, 33700", ("Atlantis", "33700")),
    ],
)
def test_what_is_typed_is_read(typed, areas):
    assert read_areas(typed, PLACES) == areas


def test_what_is_read_can_be_typed_again():
    areas = read_areas("Vikersund, 86", PLACES)
    assert read_areas(areas_text(areas), PLACES) == areas


def test_areas_are_shown_with_their_places():
    place_of = lambda code: PLACES.get(code, ("", ""))[0]  # noqa: E731
    assert [area_words(area, place_of) for area in ("3370", "9999")] == ["3370 Vikersund", "9999"]


@pytest.mark.parametrize(("place", "written"), [("MO I RANA", "Mo i Rana"), ("ÅMOT", "Åmot"), ("I", "I"), ("", "")])
def test_places_are_written_as_people_do(place, written):
    assert written_place(place) == written
