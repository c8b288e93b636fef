"""Whose national number may be kept: an adult who lives here, and only while a service must be told of people. Pure.

Children are looked up nowhere, so their numbers are not there to be looked up. A number does not tell the century:
where nothing else does, whoever may be a child is taken for one.
"""

from datetime import date

from outreach.people.national_id import parts_of
from outreach.people.person import ADULT_AGE_YEARS, is_adult
from outreach.register.person_record import Fate, PersonRecord


def number_to_keep(record: PersonRecord, as_of: date) -> str:
    """Return the number in use of the person of `record`, or "" where none may be kept on the day `as_of`."""
    is_kept = record.fate is Fate.KEEP and record.is_resident and _is_adult(record, as_of)
    return record.national_ids[0] if is_kept and record.national_ids else ""


def _is_adult(record: PersonRecord, day: date) -> bool:
    if record.birth_date is not None:
        return is_adult(record.birth_date, day)
    if record.birth_year is not None:
        return day.year - record.birth_year > ADULT_AGE_YEARS
    return bool(record.national_ids) and _is_adult_in_any_century(record.national_ids[0], day)


def _is_adult_in_any_century(number: str, day: date) -> bool:
    year = parts_of(number).year_of_century
    latest = 2000 + year if 2000 + year <= day.year else 1900 + year
    return day.year - latest > ADULT_AGE_YEARS
