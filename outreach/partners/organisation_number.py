"""An organisation number as people type it, checked by its last digit. Pure.

Source: Brønnøysundregistrene, "Organisasjonsnummeret": nine digits without meaning, the ninth a check digit by modulus
11 with the weights 3, 2, 7, 6, 5, 4, 3, 2. A remainder of 1 would need the digit 10: no such number is given out. Real
ones begin with 8 or 9 today, made-up ones with 2 or 3; the series are not ours to close, so that is not checked.
"""

import re

from outreach.errors import N_, OutreachError

LENGTH = 9
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
# What stands between the digits on letterheads, and around them in the register of VAT: "NO 923 609 016 MVA".
_AROUND = re.compile(r"^NO|MVA$|[\s.\u00a0\u2009\u202f-]", re.IGNORECASE)


class OrganisationNumberLengthError(OutreachError):
    """Too few or too many digits, or something that is none."""

    message = N_("Et organisasjonsnummer har 9 sifre. Sjekk det du har skrevet.")


class OrganisationNumberError(OutreachError):
    """Nine digits that nobody was given: the check digit does not fit."""

    message = N_("Organisasjonsnummeret finnes ikke: kontrollsifferet stemmer ikke. Sjekk at sifrene er riktige.")


def organisation_number(typed: str) -> str | None:
    """Return the nine digits, None for an empty field.

    Raises OrganisationNumberLengthError, OrganisationNumberError.
    """
    text = typed.strip()
    while (shorter := _AROUND.sub("", text)) != text:
        text = shorter
    if not typed.strip():
        return None
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        raise OrganisationNumberLengthError
    if text[0] == "0" or check_digit(text[:-1]) != text[-1]:
        raise OrganisationNumberError
    return text


def check_digit(first_eight: str) -> str:
    """Return the ninth digit for `first_eight`, "" where no number begins so."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_eight, strict=True)) % 11
    if remainder == 1:
        return ""
    return str((11 - remainder) % 11)


def grouped(number: str) -> str:
    """Return a number as it is read: "923 609 016"."""
    return "\u00a0".join((number[:3], number[3:6], number[6:]))
