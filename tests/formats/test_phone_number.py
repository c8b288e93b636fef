"""Our own number: whole on one line, and dialled with the country code."""

import pytest

from outreach.formats.phone_number import dialled, shown


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("32 78 93 00", "+4732789300"),
        ("32789300", "+4732789300"),
        ("+47 32 78 93 00", "+4732789300"),
        ("0047 32 78 93 00", "+4732789300"),
        ("+46 8 508 00 00", "+4685080000"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_a_link_dials_the_country_code_first(written: str, number: str) -> None:
    assert dialled(written) == number


def test_a_number_is_never_broken_over_two_lines() -> None:
    assert shown("32 78 93 00") == "32\u00a078\u00a093\u00a000"
    assert shown(" 32  78 93 00 ") == "32\u00a078\u00a093\u00a000"


@pytest.mark.parametrize(
    ("stored", "words"),
    [("+4732789300", "32 78 93 00"), ("+4799900901", "99 90 09 01"), ("+4685080000", "+46 8 508 00 00")],
)
def test_a_number_without_groups_gets_them(stored: str, words: str) -> None:
    assert shown(stored).replace("\u00a0", " ") == words
