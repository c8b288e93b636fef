"""Whom a volunteer shall fetch: what staff type, and what a phone is told. Pure.

In: a name and a number as typed. Out: the number as E.164 or as it is dialled in Norway alone, and JSON values.
"""

from dataclasses import dataclass

import phonenumbers

from outreach.errors import N_, OutreachError
from outreach.formats.phone_number import dialled, shown

LONGEST_NAME = 40


class PhoneFaultError(OutreachError):
    """What was typed is no telephone number."""

    message = N_("Skriv et telefonnummer med 8 sifre, eller med landkode først, som +46. Eller la feltet stå tomt.")


@dataclass(frozen=True)
class InCharge:
    """Who is in charge of the doors; each is "" when it was not told. `phone` as `phone_of` gives it."""

    name: str = ""
    phone: str = ""


def phone_of(typed: str) -> str:
    """Return the number as E.164, "" for an empty field; a landline will do too. Raises PhoneFaultError."""
    text = typed.strip()
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as fault:
        raise PhoneFaultError from fault
    if not phonenumbers.is_valid_number(number):
        raise PhoneFaultError
    return dialled(text)


def in_charge_json(person: InCharge) -> dict[str, str] | None:
    """Return what phones are told: name, number as it is read and as it is dialled; None when there is nobody."""
    if person == InCharge():
        return None
    return {"name": person.name, "phone": shown(person.phone), "dials": person.phone}
