"""When somebody who never answers is let go of."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.contact_point.keeping import Deadlines, let_go_on

RENEWED = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asks", "asked_after", "days"), [(0, 0, 407), (1, 365, 407), (2, 379, 407), (3, 393, 407), (1, 500, 542)]
)
def test_is_42_days_after_the_first_question(asks: int, asked_after: int, days: int) -> None:
    asked_at = RENEWED + timedelta(days=asked_after)
    assert let_go_on(RENEWED, asks=asks, asked_at=asked_at) == RENEWED + timedelta(days=days)


def test_each_deadline_lies_before_now_by_its_period() -> None:
    due = Deadlines(RENEWED)
    found = [(RENEWED - moment).total_seconds() / 3600 for moment in (due.link_from, due.unconfirmed, due.to_ask)]
    assert found == [48, 72, 365 * 24]
