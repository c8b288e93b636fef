import re

import pytest

from outreach.invitations.letters.languages.catalogues import brief_languages, full_languages, voice
from outreach.invitations.letters.texts import BRIEF, WHOLE
from outreach.printing.glyphs import unprintable
from tests.guest_texts import texts_of_guests

PLACE = re.compile(r"%\(\w+\)s")


def test_the_application_s_languages_have_whole_letters_and_others_the_few_lines() -> None:
    assert full_languages() == ("nb", "nn", "en")
    assert brief_languages() == ("ar", "pl", "uk")


def test_what_a_catalogue_lacks_is_empty_and_never_bokmal() -> None:
    # A text that guests' pages say too is not lacking.
    lacking = [text for text in WHOLE if text not in BRIEF and text not in texts_of_guests()]
    assert lacking
    assert {voice("uk")(text) for text in lacking} == {""}
    assert voice("xx")(BRIEF[0]) == ""


@pytest.mark.parametrize("language", ["nn", "en", "ar", "pl", "uk"])
def test_each_text_fills_in_the_same_places_and_can_be_printed(language: str) -> None:
    for text in BRIEF:
        assert sorted(PLACE.findall(voice(language)(text))) == sorted(PLACE.findall(text)), text
        assert unprintable([voice(language)(text)]) == "", text
