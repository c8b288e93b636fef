"""Made-up people in the register for tests of segments: who moved in, who is left out for which reason."""

import itertools
from datetime import date, timedelta
from typing import Any

from outreach import clock
from outreach.audience.models import SavedSegment
from outreach.audience.rule import Children, PostcodeArea, Rule
from outreach.audience.saved import queries as saved
from outreach.audience.saved import service as saving
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.people.postal_address import PostalAddress
from outreach.register.models import RegisterImport

AS_OF = date(2026, 10, 31)
FAMILIES = Rule(conditions=(Children(0, 12), PostcodeArea(("3370", "336"))))
_numbers = itertools.count(1)


def make_import(as_of: date = AS_OF) -> RegisterImport:
    """Return a new, committed import of an extract of `as_of`."""
    number = next(_numbers)
    made = RegisterImport(
        as_of=as_of,
        imported_at_utc=clock.now_utc() + timedelta(milliseconds=number),
        file_hash=f"hash-{number}",
        format="freg",
        encoding="utf-8",
        row_count=0,
        counts_json="{}",
    )
    db.session.add(made)
    db.session.commit()
    return made


def make_household(**values: Any) -> Household:
    """Return a new, committed household without members."""
    household = Household(dwelling_hash=f"dwelling-{next(_numbers)}", **values)
    db.session.add(household)
    db.session.commit()
    return household


def make_person(extract: RegisterImport, household: Household | None = None, **values: Any) -> Person:
    """Return a new, committed person seen in `extract`, who moved in on 1 May 2026 unless told otherwise."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "identity_hash": f"1:identity-{number}",
        "household_id": household.id if household else None,
        "seen_as_of": extract.as_of,
        "seen_import_id": extract.id,
        "given_name": f"Fornavn{number}",
        "middle_name": "",
        "family_name": "Etternavn",
        "birth_date": "1985-03-04",
        "birth_year": 1985,
        "address": PostalAddress(("Storgata 1",), "3370", "VIKERSUND", "").to_json(),
        "status": "bosatt",
        "postcode": "3370",
        "municipality": "3316",
        "moved_in_on": date(2026, 5, 1),
        "moved_from": "0301",
        "move_verdict": "moved_in",
        "is_resident": True,
    }
    person = Person(**{**usual, **values})
    db.session.add(person)
    db.session.commit()
    return person


def make_family(extract: RegisterImport, *birth_years: int, **values: Any) -> Household:
    """Return a new household with one person for each of `birth_years`, all moved in together."""
    household = make_household()
    for year in birth_years:
        make_person(extract, household, birth_year=year, birth_date=f"{year}-06-01", **values)
    return household


def make_segment(name: str = "Barnefamilier", rule: Rule = FAMILIES) -> SavedSegment:
    """Return a new, committed saved segment: families with children up to twelve years, unless told otherwise."""
    slug = saving.create(name, rule, now=clock.now_utc(), actor=COMMAND)
    db.session.commit()
    return saved.by_slug(slug)
