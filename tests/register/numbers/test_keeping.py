from datetime import date

import pytest

from outreach.register.numbers.keeping import number_to_keep
from outreach.register.person_record import Fate, PersonRecord

DAY = date(2026, 11, 2)
ADULT = PersonRecord(
    Fate.KEEP, ("new-number", "old-number"), birth_date=date(1990, 4, 12), birth_year=1990, is_resident=True
)


def test_keeps_the_number_in_use_of_an_adult_who_lives_here() -> None:
    assert number_to_keep(ADULT, DAY) == "new-number"


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        ({"birth_date": date(2008, 11, 2)}, True),
        ({"birth_date": date(2008, 11, 3)}, False),
        ({"birth_date": None, "birth_year": 2007}, True),
        ({"birth_date": None, "birth_year": 2008}, False),
        ({"birth_date": None, "birth_year": None, "national_ids": ("12848902499",)}, True),
        ({"birth_date": None, "birth_year": None, "national_ids": ("12840702499",)}, True),
        ({"birth_date": None, "birth_year": None, "national_ids": ("12840802499",)}, False),
        ({"birth_date": None, "birth_year": None, "national_ids": ("12842602499",)}, False),
        ({"birth_date": None, "birth_year": None, "national_ids": ("12842702499",)}, True),
        ({"is_resident": False}, False),
        ({"fate": Fate.FORGET}, False),
        ({"fate": Fate.HOLD}, False),
        ({"fate": Fate.PROTECT}, False),
        ({"national_ids": ()}, False),
    ],
)
def test_keeps_no_number_of_children_of_the_gone_or_of_the_protected(changes: dict, is_kept: bool) -> None:
    assert bool(number_to_keep(ADULT._replace(**changes), DAY)) is is_kept
