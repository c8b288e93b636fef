"""One row of `addresses.csv`, for print services that print the envelope themselves. Pure."""

from outreach.people.postal_address import PostalAddress


def address_row(
    reference: int, name: str, address: PostalAddress, *, file: str, number_in_file: int, pages_a_letter: int
) -> tuple[object, ...]:
    """Return the cells of print_folder.ADDRESS_HEADER; `number_in_file` from 0, pages from 1."""
    first = number_in_file * pages_a_letter + 1
    lines = address.three_lines()
    last = first + pages_a_letter - 1
    return (reference, name, *lines, address.postcode, address.place, address.country, file, first, last)
