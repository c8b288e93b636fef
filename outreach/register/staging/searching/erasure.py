"""What an upload that waits holds on one person, for their own access. It is erased with the upload (`erasure.py`)."""

from datetime import date
from typing import Any

from outreach.register.staging.searching.waiting_row import WaitingRow


def export_row(row: WaitingRow) -> dict[str, Any]:
    """Return what the row says, as values that JSON knows; the number itself is not repeated."""
    one = row.record
    return {
        "reference": row.reference,
        "extract_as_of": row.upload.as_of.isoformat(),
        "fetched_at": row.upload.staged_at_utc.isoformat(),
        "erased_at": row.upload.erased_at_utc.isoformat(),
        "name": row.name,
        "birth_date": _text(one.birth_date),
        "birth_year": one.birth_year,
        "address": ", ".join(one.address.letter_lines()) if one.address else "",
        "postcode": one.postcode,
        "municipality": one.municipality,
        "study_city": one.study_city,
        "person_status": one.status,
        "moved_in_on": _text(one.moved_in_on),
        "moved_on": _text(one.moved_on),
        "moved_from": one.moved_from,
        "has_national_number": bool(one.national_ids),
        "told": [meaning.value for meaning in row.told],
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
