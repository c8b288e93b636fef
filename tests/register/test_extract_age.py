"""Which day is one too many, for each who writes to people by the extract."""

from datetime import date

import pytest

from outreach.register.extract_age import ExtractAge, ExtractTooOldError


@pytest.mark.parametrize(
    ("as_of", "limit_days", "days", "is_too_old"),
    [
        (date(2026, 10, 1), 30, 30, False),
        (date(2026, 9, 30), 30, 31, True),
        (date(2026, 10, 31), 1, 0, False),
        (date(2026, 10, 29), 1, 2, True),
        (date(2026, 11, 1), 1, -1, False),
    ],
)
def test_an_extract_is_too_old_one_day_after_the_limit(as_of, limit_days, days, is_too_old):
    age = ExtractAge(as_of=as_of, today=date(2026, 10, 31), limit_days=limit_days)
    assert (age.days, age.is_too_old) == (days, is_too_old)
    if is_too_old:
        with pytest.raises(ExtractTooOldError, match=f"er {days} dager gammelt. Grensen er {limit_days} dager."):
            age.refuse()
    else:
        age.refuse()
