from datetime import UTC, datetime, timedelta

import pytest

from outreach.partner_page.interest import PURPOSE_WORDS, Purpose, interest_url, is_stand_open

ENDS = datetime(2026, 11, 26, 20, tzinfo=UTC)


@pytest.mark.parametrize(("after", "is_open"), [(-1, True), (23.99, True), (24, False), (1000, False)])
def test_a_stand_takes_interest_until_a_day_after_the_event(after: float, is_open: bool) -> None:
    assert is_stand_open(ends_at_utc=ENDS, now=ENDS + timedelta(hours=after)) is is_open


def test_every_purpose_has_words_and_a_link_is_in_small_letters() -> None:
    assert set(PURPOSE_WORDS) == set(Purpose)
    assert interest_url("https://t.example", "ABC") == "https://t.example/interesse/abc"
