"""Synthetic national identity numbers: month + 80 as in Skatteetaten's Tenor, control digits computed after the shift.

Rule: Skatteetaten's folkeregisteret-api-dokumentasjon, nyttfnr2032.md: until 2031 the weighted sum with k1 is 0 modulo
11; for numbers of 2032 and later the remainders 1, 2 and 3 are right too. k2 is unchanged. D-numbers: first digit + 4.
Nobody in Norway has a number with month 81–92, so none of these can belong to a living person.
"""

from datetime import date

_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_A_DAY = 1000
_DAYS = 100 * 12 * 31


class NumberRegister:
    """Gives each person another number. Takes 4.5 MB whatever the number of people, and never looks back further."""

    def __init__(self) -> None:
        self._taken = bytearray(_DAYS * _A_DAY // 8)

    def issue(self, birth: date, *, wish: int, is_d_number: bool = False, is_of_2032: bool = False) -> str:
        """Return a free eleven-digit number for `birth`, the individual number as near after `wish` as there is one.

        Raises ValueError when every number of that birth date is taken.
        """
        low, high = individual_range(birth, is_of_2032=is_of_2032)
        for step in range(high - low + 1):
            individual = low + (wish + step) % (high - low + 1)
            if self._is_taken(birth, individual):
                continue
            self._take(birth, individual)
            number = with_control_digits(first_nine(birth, individual, is_d_number=is_d_number), is_of_2032=is_of_2032)
            if number:
                return number
        raise ValueError(f"no number left for {birth}")

    def _is_taken(self, birth: date, individual: int) -> bool:
        place = _place(birth, individual)
        return bool(self._taken[place >> 3] & (1 << (place & 7)))

    def _take(self, birth: date, individual: int) -> None:
        place = _place(birth, individual)
        self._taken[place >> 3] |= 1 << (place & 7)


def _place(birth: date, individual: int) -> int:
    return (((birth.year % 100) * 12 + birth.month - 1) * 31 + birth.day - 1) * _A_DAY + individual


def individual_range(birth: date, *, is_of_2032: bool = False) -> tuple[int, int]:
    """Return the lowest and highest individual number for a birth date; numbers of 2032 come from 999 downwards."""
    if is_of_2032:
        return 900, 999
    return (500, 899) if birth.year >= 2000 else (0, 499)


def first_nine(birth: date, individual: int, *, is_d_number: bool) -> str:
    """Return ddmmyyiii with month + 80, and day + 40 for a D-number."""
    day = birth.day + (40 if is_d_number else 0)
    return f"{day:02}{birth.month + 80:02}{birth.year % 100:02}{individual:03}"


def with_control_digits(nine: str, *, is_of_2032: bool = False) -> str | None:
    """Return `nine` with its two control digits, or None when the rule leaves none."""
    digits = [int(char) for char in nine]
    rest = sum(weight * digit for weight, digit in zip(_K1, digits, strict=True))
    # A remainder of 2 is taken for 2032's numbers, so that the 1964 rule refuses them.
    k1 = ((2 if is_of_2032 else 0) - rest) % 11
    if k1 == 10:
        return None
    digits.append(k1)
    k2 = -sum(weight * digit for weight, digit in zip(_K2, digits, strict=True)) % 11
    return None if k2 == 10 else f"{nine}{k1}{k2}"
