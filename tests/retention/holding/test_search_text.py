"""As what a typed text is searched for: a number, a record, a code, a name, or nothing at all."""

from datetime import date

import pytest

from outreach.retention.holding.search_text import SearchKind, understood
from tests.factories.people import national_number

NUMBER = national_number(date(1990, 4, 12))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (NUMBER, SearchKind.NATIONAL_ID),
        (f"{NUMBER[:6]} {NUMBER[6:]}", SearchKind.NATIONAL_ID),
        ("12345", SearchKind.RECORD),
        ("1" * 19, SearchKind.RECORD),
        ("1" * 20, SearchKind.NOTHING),
        ("Åse Lien", SearchKind.NAME),
        ("Å", SearchKind.NOTHING),
        ("", SearchKind.NOTHING),
        ("K7MF-2XQH-9RTW", SearchKind.NOTHING),
        ("4711.0", SearchKind.WAITING),
        ("4711.", SearchKind.NOTHING),
        ("1" * 20 + ".1", SearchKind.NOTHING),
        ("¹²³", SearchKind.NOTHING),
    ],
)
def test_a_text_is_searched_for_as_one_thing(typed: str, kind: SearchKind) -> None:
    assert understood(typed).kind is kind
