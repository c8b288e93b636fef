"""People for tests: made-up numbers, person documents and tables, and rows of the register copy. Nobody is real."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.people.models import Household, Person
from outreach.people.national_id import fault_of
from outreach.people.postal_address import PostalAddress

HEADER = (
    "Fødselsnummer", "Etternavn", "Fornavn", "Adresse", "Bolignr", "Postnr", "Poststed", "Kommunenr",
    "Flyttedato", "Fraflyttet kommune", "Status", "Gradering",
)  # fmt: skip


def national_number(birth: date, serial: int = 0) -> str:
    """Return a valid synthetic number of somebody born on `birth`; another `serial` gives another number."""
    start = f"{birth.day:02}{birth.month + 80:02}{birth.year % 100:02}"
    found = (
        f"{start}{individual:03}{checks:02}"
        for individual in range(999, -1, -1)
        for checks in range(100)
        if fault_of(f"{start}{individual:03}{checks:02}", synthetic_allowed=True) is None
    )
    return next(number for position, number in enumerate(found) if position == serial)


def table_row(number: str, **cells: str) -> dict[str, str]:
    """Return a row of a table: somebody who moved from Drammen to Vikersund in March 2026, but for `cells`."""
    usual = {
        "Fødselsnummer": number,
        "Etternavn": "Sofapute",
        "Fornavn": "Elegant",
        "Adresse": "Eksempelveien 12",
        "Bolignr": "H0101",
        "Postnr": "3370",
        "Poststed": "VIKERSUND",
        "Kommunenr": "3316",
        "Flyttedato": "01.03.2026",
        "Fraflyttet kommune": "3301",
        "Status": "bosatt",
        "Gradering": "",
    }
    return {**usual, **cells}


def table(rows: Sequence[dict[str, str]], *, header: Sequence[str] = HEADER, delimiter: str = ";") -> str:
    """Return `rows` as CSV text with `header`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=delimiter, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def residence(
    since: str | None,
    *,
    municipality: str = "3316",
    street: str = "Eksempelveien",
    is_current: bool = True,
    **more: Any,
) -> dict[str, Any]:
    """Return a `bostedsadresse` entry."""
    place = {
        "kommunenummer": municipality,
        "adressenavn": street,
        "adressenummer": {"husnummer": "12"},
        "bruksenhetsnummer": "H0101",
        "poststed": {"postnummer": "3370", "poststedsnavn": "VIKERSUND"},
    }
    entry = {"erGjeldende": is_current, "adressegradering": "ugradert", "vegadresse": place, **more}
    return {**entry, "flyttedato": since} if since else entry


def person_document(number: str, *residences: dict[str, Any], birth: str = "1990-04-12", **more: Any) -> dict[str, Any]:
    """Return a person document as the register delivers it; `more` replaces or adds properties."""
    person = {
        "identifikasjonsnummer": [{"erGjeldende": True, "status": "iBruk", "foedselsEllerDNummer": number}],
        "status": [{"erGjeldende": True, "status": "bosatt"}],
        "navn": [{"erGjeldende": True, "fornavn": "ELEGANT", "etternavn": "SOFAPUTE"}],
        "foedsel": [{"erGjeldende": True, "foedselsdato": birth}],
        "bostedsadresse": list(residences),
        **more,
    }
    return {"foedselsEllerDNummer": number, "folkeregisterperson": person}


def ndjson(documents: Sequence[dict[str, Any]]) -> str:
    """Return `documents` one a line."""
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


def make_household(*, set_aside_reason: str = "") -> Household:
    """Return a new household in this transaction."""
    home = Household(dwelling_hash=f"test:{new_id()}", set_aside_reason=set_aside_reason)
    db.session.add(home)
    db.session.flush()
    return home


def make_person(household: Household | None = None, *, number: str = "", **values: Any) -> Person:
    """Return a new resident in this transaction: Åse Lien of Vikersund, moved in in March 2026, but for `values`."""
    usual: dict[str, Any] = {
        "identity_hash": key_ring().identity_hash(number) if number else f"test:{new_id()}",
        "given_name": "Åse",
        "family_name": "Lien",
        "birth_date": "1990-04-12",
        "birth_year": 1990,
        "address": PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND").to_json(),
        "postcode": "3370",
        "municipality": "3316",
        "moved_in_on": date(2026, 3, 1),
        "moved_on": date(2026, 3, 1),
        "moved_from": "3301",
        "move_verdict": "from_municipality",
        "household_id": household.id if household else None,
        "is_grouped": household is not None,
        "seen_as_of": date(2026, 11, 2),
        "seen_import_id": 1,
    }
    person = Person(**{**usual, **values})
    db.session.add(person)
    db.session.flush()
    return person
