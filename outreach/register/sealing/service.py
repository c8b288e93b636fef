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
        self._newest = f"{self._ring.register_keys[0].key_id}:"

    def recognise(self, records: Sequence[PersonRecord]) -> list[Recognised]:
        """Return `records` in their order with what is held of each person, by two statements at most."""
        hashes = [self._hashes(record) for record in records]
        weak = [self._weak_hashes(record) for record in records]
        known = queries.known_by_identity([found for mine in hashes for found in mine])
        numberless = [one for found, mine in zip(weak, hashes, strict=True) if not mine for one in found]
        known_weakly = queries.known_by_weak_hash(numberless) if numberless else {}
        return [
            self._by_number(record, mine, names, known) if mine else self._by_name(record, names, known_weakly)
            for record, mine, names in zip(records, hashes, weak, strict=True)
        ]

    def content_hash(self, record: PersonRecord, held: str = "") -> str:
        """Return a keyed hash of everything that is stored of the person, by which a change is seen.

        That is `held` itself when it is the hash of this content by an older key.
        """
        content = json.dumps(record.to_list()[2:], ensure_ascii=False, separators=(",", ":"))
        is_old = self.is_old(held) and self._ring.is_hash_of(held, "content", content)
        return held if is_old else self._ring.keyed_hash("content", content)

    def is_old(self, held: str) -> bool:
        """Say whether the newest key alone did not make `held`."""
        return held != "" and not held.startswith(self._newest)

    def dwelling_hash(self, record: PersonRecord) -> str:
        """Return the keyed hash of the person's dwelling, or ""."""
        return self._ring.keyed_hash("dwelling", record.dwelling.key) if record.dwelling else ""

    def generations(self, record: PersonRecord) -> list[tuple[str, ...]]:
        """Return for each number, and for name and birth date, the hash by each generation, the newest first."""
        by_number = [self._ring.identity_candidates(number) for number in record.national_ids]
        return [*by_number, self._weak_hashes(record)]

    def dwelling_generations(self, record: PersonRecord) -> tuple[str, ...]:
        """Return the hash of the person's dwelling by each generation, the newest first, or nothing."""
        return self._ring.keyed_candidates("dwelling", record.dwelling.key) if record.dwelling else ()

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

    def _weak_hashes(self, record: PersonRecord) -> tuple[str, ...]:
        return self._ring.keyed_candidates("weak", record.weak_key) if record.weak_key else ()

    def _by_number(
        self, record: PersonRecord, mine: tuple[str, ...], names: tuple[str, ...], known: dict[str, Known]
    ) -> Recognised:
        found = list({known[one].id: known[one] for one in mine if one in known}.values())
        doubles = tuple(one.id for one in found[1:])
        return Recognised(record, mine, names, found[0] if found else None, doubles)

    def _by_name(self, record: PersonRecord, names: tuple[str, ...], known: dict[str, list[Known]]) -> Recognised:
        found = [one for name in names for one in known.get(name, ())]
        if len(found) > 1:
            # Of several of one name and birth date, the one who lives there.
            home = self.dwelling_hash(record)
            found = [one for one in found if one.dwelling_hash == home]
        return Recognised(record, (), names, found[0] if len(found) == 1 else None)


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
