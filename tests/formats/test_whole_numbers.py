import pytest

from outreach.formats.whole_numbers import MOST_ID, is_row_number, row_number, small_number


@pytest.mark.parametrize("text", ["0", "7", "0012", str(MOST_ID)])
def test_the_number_of_a_row(text: str) -> None:
    assert row_number(text) == int(text)
    assert is_row_number(text)


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", " 1", "²", "१२", "1e3", str(MOST_ID + 1), "9" * 5_000, "a"])
def test_what_cannot_be_a_row_is_none(text: str) -> None:
    assert not is_row_number(text)
    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        row_number(text)


def test_pages_and_years_are_small() -> None:
    assert small_number("999999") == 999_999
    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        small_number("1000000")
