from outreach.invitations.letters.address_list import address_row
from outreach.people.postal_address import PostalAddress


def test_there_are_always_three_lines_and_nothing_is_lost() -> None:
    assert PostalAddress((), "", "").three_lines() == ("", "", "")
    assert PostalAddress(("a", "b"), "", "").three_lines() == ("a", "b", "")
    assert PostalAddress(("a", "b", "c", "d"), "", "").three_lines() == ("a", "b", "c, d")


def test_counts_pages_from_one() -> None:
    address = PostalAddress(("Storgata 1",), "3370", "VIKERSUND")
    row = address_row(7, "Åse", address, file="letters-001.pdf", number_in_file=2, pages_a_letter=2)
    assert row == (7, "Åse", "Storgata 1", "", "", "3370", "VIKERSUND", "", "letters-001.pdf", 5, 6)
