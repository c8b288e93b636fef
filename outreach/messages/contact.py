"""An e-mail address or a telephone number in the one form under which it is suppressed. Pure.

E-mail: RFC 5321 and 6531 as email-validator reads them; letter case does not count, since no mail server of today minds
it. Telephone: E.164, Norwegian unless a country code says otherwise; any kind, since this only ever stops messages.
"""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from outreach.errors import N_, OutreachError


class ContactFaultError(OutreachError):
    """What was typed is neither an e-mail address nor a telephone number."""

    message = N_("Skriv en e-postadresse som navn@eksempel.no, eller et telefonnummer med 8 sifre.")


def subject_of(address: str) -> str:
    """Return what is hashed of an address that we have written to ourselves."""
    return address.strip().casefold()


def subject_of_typed(typed: str) -> str:
    """Return what is hashed of an address or number as somebody typed it. Raises ContactFaultError."""
    text = typed.strip()
    return subject_of(_email(text) if "@" in text else _number(text))


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise ContactFaultError from fault


def _number(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as fault:
        raise ContactFaultError from fault
    if not phonenumbers.is_possible_number(number):
        raise ContactFaultError
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
