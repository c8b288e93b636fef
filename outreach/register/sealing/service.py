"""Recognises the people of a batch by keyed hash, and seals what is stored of them. Reads, never writes."""

import json
from collections.abc import Sequence
from typing import Any

from outreach.database.sealed import key_ring
from outreach.register.changes import Known
from outreach.register.person_record import PersonRecord
from outreach.register.recognised import Recognised, StoringTerms
from outreach.register.storing import queries


class Sealing:
    """The keys at work for one extract."""

    def __init__(self, terms: StoringTerms) -> None:
        self._terms = terms
        self._ring = key_ring()

    def recognise(self, records: Sequence[PersonRecord]) -> list[Recognised]:
        """Return `records` in their order with what is held of each person, by two statements at most."""
        hashes = [self._hashes(record) for record in records]
        weak = [self._weak_hash(record) for record in records]
        known = queries.known_by_identity([found for mine in hashes for found in mine])
        numberless = [found for found, mine in zip(weak, hashes, strict=True) if found and not mine]
        known_weakly = queries.known_by_weak_hash(numberless) if numberless else {}
        return [
            Recognised(record, mine, weak_hash, _known(mine, known) if mine else known_weakly.get(weak_hash))
            for record, mine, weak_hash in zip(records, hashes, weak, strict=True)
        ]

    def content_hash(self, record: PersonRecord) -> str:
        """Return a keyed hash of everything that is stored of the person, by which a change is seen."""
        content = json.dumps(record.to_list()[2:], ensure_ascii=False, separators=(",", ":"))
        return self._ring.keyed_hash("content", content)

    def dwelling_hash(self, record: PersonRecord) -> str:
        """Return the keyed hash of the person's dwelling, or ""."""
        return self._ring.keyed_hash("dwelling", record.dwelling.key) if record.dwelling else ""

    def values(self, one: Recognised, row_id: int, content_hash: str) -> dict[str, Any]:
        """Return the columns of the person's row but id and household, sealed where they are personal."""
        return {
            "identity_hash": one.identity or None,
            "weak_hash": one.weak_hash,
            **self._sealed_values(one.record, row_id),
            **_plain_values(one.record),
            "is_held_back": False,
            "dwelling_hash": self.dwelling_hash(one.record),
            "content_hash": content_hash,
            "is_grouped": False,
            "seen_as_of": self._terms.as_of,
            "seen_import_id": self._terms.import_id,
        }

    def _sealed_values(self, record: PersonRecord, row_id: int) -> dict[str, bytes | None]:
        texts = {
            "given_name_sealed": record.given_name,
            "middle_name_sealed": record.middle_name,
            "family_name_sealed": record.family_name,
            "birth_date_sealed": record.birth_date.isoformat() if record.birth_date else "",
            "address_sealed": record.address.to_json() if record.address else "",
        }
        seal = self._ring.seal
        return {
            column: seal(text, column=f"person.{column}", row_id=row_id) if text else None
            for column, text in texts.items()
        }

    def _hashes(self, record: PersonRecord) -> tuple[str, ...]:
        candidates = self._ring.identity_candidates
        return tuple(found for number in record.national_ids for found in candidates(number))

    def _weak_hash(self, record: PersonRecord) -> str:
        return self._ring.keyed_hash("weak", record.weak_key) if record.weak_key else ""


def _known(hashes: Sequence[str], known: dict[str, Known]) -> Known | None:
    return next((known[found] for found in hashes if found in known), None)


def _plain_values(record: PersonRecord) -> dict[str, Any]:
    return {
        "birth_year": record.birth_year,
        "status": record.status,
        "postcode": record.postcode[:10],
        "municipality": record.municipality[:4],
        "has_postal_address": record.has_postal_address,
        "study_city": record.study_city,
        "moved_in_on": record.moved_in_on,
        "moved_on": record.moved_on,
        "moved_from": record.moved_from,
        "move_verdict": record.verdict.value,
        "is_resident": record.is_resident,
        "has_dwelling_number": record.dwelling is not None and record.dwelling.has_number,
    }
