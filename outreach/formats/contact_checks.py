"""E-mail addresses and mobile numbers as guests type them: in a text, out the one form that we keep, or a fault.

E-mail: RFC 5321 and 6531 as email-validator reads them, without asking the network. Mobile: E.164, Norwegian unless
a country code says otherwise.
"""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from outreach.errors import N_, OutreachError

_LINK = re.compile(r"[/:@\\]|\w\.\w\w")
_MOBILE_KINDS = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})


class EmailFaultError(OutreachError):
    """What was typed is no e-mail address."""

    message = N_("Skriv e-postadressen slik: navn@eksempel.no. Eller la feltet stå tomt.")


class MobileFaultError(OutreachError):
    """What was typed is no mobile number."""

    message = N_("Skriv mobilnummeret med 8 sifre, eller med landkode først, som +46. Eller la feltet stå tomt.")


def email_address(typed: str) -> str | None:
    """Return the normalised address, None for an empty field. Raises EmailFaultError."""
    text = typed.strip()
    if not text:
        return None
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise EmailFaultError from fault


def mobile_number(typed: str) -> str | None:
    """Return the number as E.164, None for an empty field. Raises MobileFaultError, also for a landline."""
    text = typed.strip()
    if not text:
        return None
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as fault:
        raise MobileFaultError from fault
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE_KINDS:
        raise MobileFaultError
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def holds_link(typed: str) -> bool:
    """Say whether a name has something in it that a mail program would make a link or an address of."""
    return bool(_LINK.search(typed))
