from datetime import date

import pytest

from outreach.register import queries
from outreach.register.register_row import ExtractContext


@pytest.fixture
def context() -> ExtractContext:
    """Return the surroundings of an extract of 2 November 2026 in Modum."""
    return ExtractContext(
        municipalities=queries.municipalities(("3316", "3047", "0623")),
        postcodes=queries.postcodes(),
        as_of=date(2026, 11, 2),
        today=date(2026, 11, 2),
        synthetic_allowed=True,
    )
