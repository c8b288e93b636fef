"""What was typed into the sign-up form, made into what is kept, or a fault in plain words. Pure: `this_year` comes in.

Who may sign up alone: from 13 years (personopplysningsloven § 5, consent to services of the information society).
"""

from outreach.errors import N_, OutreachError
from outreach.people.person import clean_text

YOUNGEST_YEARS, OLDEST_YEARS = 13, 110
LONGEST_NAME, LONGEST_WORDS = 120, 120
_YEARS_AHEAD = 12


class EmptyNameError(OutreachError):
    """No name."""

    message = N_("Skriv navnet ditt.")


class NoNameError(OutreachError):
    """It is no name: an address, or nothing but signs."""

    message = N_("Skriv navnet ditt med bokstaver, som Åse Berg.")


class YearFormError(OutreachError):
    """It is no year of four digits."""

    message = N_("Skriv året med fire sifre, som %(example)s.")


class FutureBirthError(OutreachError):
    """The year of birth has not come."""

    message = N_("Fødselsåret er fram i tid. Skriv året du ble født.")


class TooYoungError(OutreachError):
    """Too young to agree alone."""

    message = N_("Du må fylle 13 år i år, eller være eldre, for å melde deg på selv.")


class TooOldError(OutreachError):
    """Nobody alive was born then."""

    message = N_("Fødselsåret er for langt tilbake. Skriv året du ble født, som %(example)s.")


class FinishingYearError(OutreachError):
    """Not a year in which somebody who studies now is done."""

    message = N_("Skriv et år fra %(first)s til %(last)s, eller la feltet stå tomt.")


def kept_name(typed: str) -> str:
    """Return the name as it is kept. Raises EmptyNameError or NoNameError."""
    name = clean_text(typed)
    if not name:
        raise EmptyNameError
    if "@" in name or "://" in name or not any(char.isalpha() for char in name):
        raise NoNameError
    return name


def birth_year(typed: str, this_year: int) -> int:
    """Return the year of birth. Raises YearFormError, FutureBirthError, TooYoungError or TooOldError."""
    example = this_year - 22
    year = _year(typed, example)
    if year > this_year:
        raise FutureBirthError
    if this_year - year < YOUNGEST_YEARS:
        raise TooYoungError
    if this_year - year > OLDEST_YEARS:
        raise TooOldError(example=example)
    return year


def finishing_year(typed: str, this_year: int) -> int | None:
    """Return the year in which they are done, None for an empty field. Raises YearFormError or FinishingYearError."""
    if not typed.strip():
        return None
    year = _year(typed, this_year + 2)
    first, last = this_year - 1, this_year + _YEARS_AHEAD
    if not first <= year <= last:
        raise FinishingYearError(first=first, last=last)
    return year


def _year(typed: str, example: int) -> int:
    text = typed.strip()
    if len(text) != 4 or not text.isdecimal():
        raise YearFormError(example=example)
    return int(text)
