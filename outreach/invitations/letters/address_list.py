"""One row of `addresses.csv`, for print services that print the envelope themselves. Pure."""

from outreach.people.postal_address import PostalAddress

_LINES = 3


def address_row(
    reference: int, name: str, address: PostalAddress, *, file: str, number_in_file: int, pages_a_letter: int
) -> tuple[object, ...]:
    """Return the cells of print_folder.ADDRESS_HEADER; `number_in_file` from 0, pages from 1."""
    first = number_in_file * pages_a_letter + 1
    lines = three_lines(address.lines)
    last = first + pages_a_letter - 1
    return (reference, name, *lines, address.postcode, address.place, address.country, file, first, last)


def three_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return exactly three lines, whole: what is more shares the last one, what is less is empty."""
    if len(lines) > _LINES:
        lines = (*lines[: _LINES - 1], ", ".join(lines[_LINES - 1 :]))
    return (*lines, *[""] * (_LINES - len(lines)))
