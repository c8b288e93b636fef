"""Hyphens inside words: unbreakable in short words, left alone elsewhere."""

import pytest

from outreach.formats.unbroken import whole_words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ny i Modum-kveld 2026", "Ny i Modum\u2011kveld 2026"),
        ("a-b-c", "a\u2011b\u2011c"),
        ("høst- og vintertreff", "høst- og vintertreff"),
        ("Oslo - Modum", "Oslo - Modum"),
        ("1234567-90123456", "1234567\u201190123456"),
        ("1234567-901234567", "1234567-901234567"),
        ("", ""),
    ],
)
def test_a_hyphen_inside_a_short_word_does_not_break(text: str, shown: str) -> None:
    assert whole_words(text) == shown
