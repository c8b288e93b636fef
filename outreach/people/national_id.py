"""Norwegian national numbers: fødselsnummer and D-number, real and synthetic. Pure: text in, fault or parts out.

Source: Skatteetaten, "Nytt fødselsnummer 2032" and its validator (folkeregisteret-api-dokumentasjon @ de3cabb9,
`om-tjenestene/nyttfnr2032.md`, `dokumenter/foedselsEllerDNummerValidator.js`). Eleven digits ddmmyy iii k1 k2; until
2031 k1 leaves remainder 0, from 2032 on 0 to 3; nobody can see when a number was given, so both rules hold side by
side. The number tells neither sex nor century.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul

_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# The sums are taken over the characters' codes; this much of them is not the digits.
_EXCESS_1, _EXCESS_2 = (ord("0") * sum(weights) for weights in (_WEIGHTS_1, _WEIGHTS_2))
_REMAINDERS_FROM_2032 = 3
_D_NUMBER_DAY = 40
_SYNTHETIC_MONTHS = (80, 40)  # Skatteetaten's Tenor; NAV's Dolly
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NumberFault(StrEnum):
    """What is wrong with a number."""

    NOT_ELEVEN_DIGITS = "not_eleven_digits"
    IMPOSSIBLE_DATE = "impossible_date"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a valid number says: day and month of birth, the year's last two digits, and its kind."""

    day: int
    month: int
    year_of_century: int
    is_d_number: bool
    is_synthetic: bool

    def may_be_born_on(self, day: date) -> bool:
        """Say whether the number's date is `day`, whatever the century."""
        return (self.day, self.month, self.year_of_century) == (day.day, day.month, day.year % 100)


def fault_of(number: str, *, synthetic_allowed: bool) -> NumberFault | None:
    """Return what is wrong with `number` (eleven digits, no spaces), or None when it may be a person's."""
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        return NumberFault.NOT_ELEVEN_DIGITS
    parts = parts_of(number)
    if not _is_a_date(parts):
        return NumberFault.IMPOSSIBLE_DATE
    if not _has_right_check_digits(number):
        return NumberFault.WRONG_CHECK_DIGIT
    return NumberFault.SYNTHETIC if parts.is_synthetic and not synthetic_allowed else None


def parts_of(number: str) -> NumberParts:
    """Return the parts of `number`, eleven digits that need not be valid."""
    return _parts_of_date(number[:6])


# A century has 36,525 days, and a large extract has each of them many times.
@lru_cache(maxsize=32_768)
def _parts_of_date(digits: str) -> NumberParts:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    is_d_number = day > _D_NUMBER_DAY
    shift = next((shift for shift in _SYNTHETIC_MONTHS if month > shift), 0)
    return NumberParts(day - _D_NUMBER_DAY * is_d_number, month - shift, year, is_d_number, shift > 0)


def _is_a_date(parts: NumberParts) -> bool:
    if not 1 <= parts.month <= 12:
        return False
    is_leap_day = parts.month == 2 and parts.day == 29 and parts.year_of_century % 4 == 0
    return 1 <= parts.day <= _DAYS[parts.month] or is_leap_day


def _has_right_check_digits(number: str) -> bool:
    codes = number.encode()
    first: int = (sum(map(mul, codes, _WEIGHTS_1)) - _EXCESS_1) % 11
    second: int = (sum(map(mul, codes, _WEIGHTS_2)) - _EXCESS_2) % 11
    return first <= _REMAINDERS_FROM_2032 and second == 0
