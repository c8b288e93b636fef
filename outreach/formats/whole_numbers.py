"""Whole numbers that a browser sends: none that no row and no page can have. Pure.

Both databases keep ids of 64 bits and refuse to look for a larger number; Python refuses to read one of 4,300 digits.
"""

MOST_ID = 2**63 - 1
SMALL_DIGITS = 6
_ID_DIGITS = 19


def small_number(text: str) -> int:
    """Return the number of a page or a year. Raises ValueError for what is none, or has more than six digits."""
    return _whole(text, SMALL_DIGITS)


def row_number(text: str) -> int:
    """Return the number of a row. Raises ValueError for what cannot be one."""
    found = _whole(text, _ID_DIGITS)
    if found > MOST_ID:
        raise ValueError
    return found


def is_row_number(text: str) -> bool:
    """Say whether `text` can be the number of a row."""
    try:
        return row_number(text) >= 0
    except ValueError:
        return False


def _whole(text: str, most_digits: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= most_digits):
        raise ValueError
    return int(text)
