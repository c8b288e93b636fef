import pytest

from outreach.partners.organisation_number import (
    OrganisationNumberError,
    OrganisationNumberLengthError,
    check_digit,
    grouped,
    organisation_number,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("  ", None),
        ("974760673", "974760673"),
        ("974 760 673", "974760673"),
        (" 974.760.673 ", "974760673"),
        ("NO 974 760 673 MVA", "974760673"),
        ("no974760673mva", "974760673"),
        ("974\u00a0760\u00a0673", "974760673"),
        # The remainder is 0, so the check digit is.
        ("310000000", "310000000"),
    ],
)
def test_keeps_the_nine_digits_however_they_are_written(typed: str, kept: str | None) -> None:
    assert organisation_number(typed) == kept


@pytest.mark.parametrize("typed", ["97476067", "9747606733", "97476067E", "modum", "NO", "९७४७६०६७३", "974/760/673"])
def test_what_is_no_nine_digits_is_told(typed: str) -> None:
    with pytest.raises(OrganisationNumberLengthError):
        organisation_number(typed)


@pytest.mark.parametrize("typed", ["974760674", "974760637", "123456789", "000000000"])
def test_a_forged_number_is_refused(typed: str) -> None:
    with pytest.raises(OrganisationNumberError):
        organisation_number(typed)


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_caught() -> None:
    right = "974760673"
    wrong = {right[:at] + digit + right[at + 1 :] for at in range(9) for digit in "0123456789"} - {right}
    swapped = {right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(8)} - {right}
    for typed in wrong | swapped:
        with pytest.raises(OrganisationNumberError):
            organisation_number(typed)


def test_a_beginning_that_would_need_the_digit_10_has_none() -> None:
    endings = {check_digit(f"9747{number:04}") for number in range(200)}
    assert endings == {"", *"0123456789"}


def test_is_read_in_threes() -> None:
    assert grouped("974760673") == "974\u00a0760\u00a0673"
