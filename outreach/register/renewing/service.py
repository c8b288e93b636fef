"""Before a batch is compared: brings every hash of its people and dwellings under the newest key alone, wherever it is.

An extract has the numbers that we do not keep, so what was wrapped when the key changed can be made anew.
"""

from collections.abc import Iterator, Sequence

from outreach.database.sealed import key_ring
from outreach.people.rotating.service import Renewing
from outreach.register.person_record import PersonRecord
from outreach.register.sealing.service import Sealing


class BatchRenewing:
    """The renewing of one extract; does nothing when every hash is by the newest key."""

    def __init__(self, sealing: Sealing) -> None:
        self._sealing = sealing
        self._renewing = Renewing(key_ring())

    def renew(self, records: Sequence[PersonRecord]) -> None:
        """Renew the hashes of the people of `records`, and of those who live or lived where they live."""
        if not self._renewing.is_needed:
            return
        people = (generations for record in records for generations in self._sealing.generations(record))
        self._renewing.renew(["identity"], dict(_pairs(people)))
        dwellings = (self._sealing.dwelling_generations(record) for record in records)
        self._renewing.renew(["dwelling"], dict(_pairs(dwellings)))


def _pairs(all_generations: Iterator[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield (old, newest) of each hash; a generation list is newest first and may be empty."""
    for generations in all_generations:
        for old in generations[1:]:
            yield old, generations[0]
            yield f"weak:{old}", f"weak:{generations[0]}"
