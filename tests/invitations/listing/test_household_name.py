"""A household on one line: one name as a register has it, several so that nobody takes the surname for one of them."""

import pytest

from outreach.invitations.listing.household_name import household_name


@pytest.mark.parametrize(
    ("surname", "first_names", "name"),
    [
        ("Lien", ("Ove",), "Lien, Ove"),
        ("Lien", ("Ove", "Mai"), "Lien: Ove og Mai"),
        ("Lien", ("Ove", "Mai", "Per Dal"), "Lien: Ove, Mai og Per Dal"),
        ("", ("Ove Lien",), "Ove Lien"),
        ("", ("Ove Lien", "Mai Dal"), "Ove Lien og Mai Dal"),
        ("Lien", (), ""),
    ],
)
def test_says_who_a_household_is(surname: str, first_names: tuple[str, ...], name: str) -> None:
    assert household_name(surname, first_names, "og") == name
