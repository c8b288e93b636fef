"""What may be said of where somebody lives, and of which letters."""

import pytest

from outreach.events.study_place import PLACE_WORDS, StudyPlace
from outreach.rsvp.moved_away.place import NoPlaceError, asks_the_young, place_of


@pytest.mark.parametrize("place", list(StudyPlace))
def test_takes_each_place_and_has_words_for_it(place: StudyPlace) -> None:
    assert place_of(place.value) is place
    assert PLACE_WORDS[place]


@pytest.mark.parametrize("typed", ["", "paris", "Oslo", "oslo "])
def test_refuses_what_is_not_on_the_list(typed: str) -> None:
    with pytest.raises(NoPlaceError):
        place_of(typed)


@pytest.mark.parametrize(
    ("kind", "is_signed_up", "expected"),
    [("meetup", False, True), ("gathering", False, True), ("ny-i-modum", False, False), ("meetup", True, False)],
)
def test_is_asked_of_letters_home_alone(kind: str, is_signed_up: bool, expected: bool) -> None:
    assert asks_the_young(kind, is_signed_up=is_signed_up) is expected
