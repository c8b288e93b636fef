"""Under which names the register may know somebody who told us name and year of birth. Pure.

The register's weak key is given name, family name and birth date (`register/person_record.py`). We ask for the year
alone, so each day of it is tried, with each way to part the name: some thousand keys, hashed in some milliseconds.
"""

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

from outreach.people.person import clean_text

_MOST_WORDS = 5


def weak_keys(name: str, birth_year: int) -> Iterator[str]:
    """Yield each weak key that the register may hold for somebody of `name`; none for a name of one word."""
    words = clean_text(name).casefold().split()[:_MOST_WORDS]
    first = date(birth_year, 1, 1)
    days = [first + timedelta(days=number) for number in range(366 if isleap(birth_year) else 365)]
    for given, family in sorted(_parted(words)):
        yield from (f"{given} {family} {day}" for day in days)


def _parted(words: list[str]) -> set[tuple[str, str]]:
    """Return (given, family): one or more words at each end, whatever lies between is a middle name."""
    ends = range(1, len(words))
    return {(" ".join(words[:end]), " ".join(words[start:])) for end in ends for start in range(end, len(words))}
