"""Keeps the numbers of an extract's adults beside their records, where a service needs them; else sees that none is."""

from outreach.people.numbers import erasure, queries
from outreach.people.numbers import service as numbers
from outreach.register.numbers.keeping import number_to_keep
from outreach.register.person_record import PersonRecord
from outreach.register.recognised import StoringTerms
from outreach.web.headers import settings_of_app


class Numbers:
    """The numbers of one extract: `note` each person of a batch, `write` after the batch, `finish` at the end."""

    def __init__(self, terms: StoringTerms) -> None:
        self._as_of = terms.as_of
        self._is_needed = settings_of_app().services.needs_numbers
        self._noted: dict[int, str] = {}
        self._unchanged: set[int] = set()

    def note(self, person_id: int, record: PersonRecord, *, is_unchanged: bool = False) -> None:
        """Remember whose number `record` has. Whoever is unchanged keeps a number that is there already."""
        if self._is_needed:
            self._noted[person_id] = number_to_keep(record, self._as_of)
            if is_unchanged:
                self._unchanged.add(person_id)

    def write(self) -> None:
        """Keep the numbers of the batch, whose persons are stored, and forget those that may not be kept any more."""
        if self._noted:
            there = queries.with_number(self._unchanged) if self._unchanged else set()
            numbers.drop([person_id for person_id, number in self._noted.items() if not number])
            numbers.keep({one: number for one, number in self._noted.items() if number and one not in there})
        self._noted, self._unchanged = {}, set()

    def finish(self) -> None:
        """Forget the numbers of those who have left, and all of them when no service needs any."""
        if self._is_needed:
            erasure.erase_of_absent()
        else:
            erasure.erase_all()
