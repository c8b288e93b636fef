"""What is taken as name and years, and the words for what is not."""

import pytest

from outreach.contact_point.checks import birth_year, finishing_year, kept_name
from outreach.errors import OutreachError


@pytest.mark.parametrize("typed", ["2003", " 1999 ", "2013", "1916"])
def test_takes_the_birth_year_of_somebody_alive_and_old_enough(typed: str) -> None:
    assert birth_year(typed, 2026) == int(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1850", "for langt tilbake"),
        ("1915", "for langt tilbake"),
        ("2027", "fram i tid"),
        ("2014", "fylle 13 år"),
        ("03", "fire sifre, som 2004"),
        ("", "fire sifre"),
        ("20o3", "fire sifre"),
        ("20031", "fire sifre"),
    ],
)
def test_says_what_is_wrong_with_a_birth_year(typed: str, words: str) -> None:
    with pytest.raises(OutreachError, match=words):
        birth_year(typed, 2026)


@pytest.mark.parametrize(("typed", "year"), [("", None), ("  ", None), ("2025", 2025), ("2038", 2038)])
def test_takes_a_finishing_year_or_none(typed: str, year: int | None) -> None:
    assert finishing_year(typed, 2026) == year


@pytest.mark.parametrize("typed", ["2024", "2039", "28", "neste år"])
def test_refuses_another_finishing_year(typed: str) -> None:
    with pytest.raises(OutreachError):
        finishing_year(typed, 2026)


def test_a_name_is_kept_clean() -> None:
    assert kept_name("  Åse \u202e Marie   Berg ") == "Åse Marie Berg"


@pytest.mark.parametrize("typed", ["", " ", "...", "ase@student.example", "http://a.example"])
def test_refuses_what_is_no_name(typed: str) -> None:
    with pytest.raises(OutreachError, match="Skriv navnet ditt"):
        kept_name(typed)
