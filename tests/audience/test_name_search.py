"""Which names a typed name finds."""

import unicodedata

import pytest

from outreach.audience.name_search import is_match, words_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("åse", "Åse Ørn Lien"),
        ("LIEN åse", "Åse Ørn Lien"),
        ("lie", "Åse Ørn Lien"),
        ("renee", "Renée Dubois"),
        ("Renée", "Renee Dubois"),
        ("van der b", "Åse-Marie van der Berg"),
        ("marie", "Åse-Marie van der Berg"),
        (unicodedata.normalize("NFD", "åse"), "Åse Lien"),
        ("ciáhk", "Čiáhkká Sara"),
    ],
)
def test_each_word_begins_a_word_of_the_name(typed, name):
    assert is_match(words_of(typed), name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", "Åse Lien"),
        ("-", "Åse Lien"),
        ("ase", "Åse Lien"),
        ("ien", "Åse Lien"),
        ("åse berg", "Åse Lien"),
        ("x", ""),
    ],
)
def test_others_are_not_found(typed, name):
    assert not is_match(words_of(typed), name)
