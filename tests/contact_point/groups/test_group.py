"""Which addresses a group may have, which requests are clicks, and how clicks are told by week."""

from datetime import date, timedelta

import pytest

from outreach.contact_point.groups.group import (
    WEEKS_SHOWN,
    NoGroupAddressError,
    NotSecureError,
    by_week,
    counts_as_click,
    group_address,
    short_path,
)
from outreach.errors import OutreachError
from outreach.partners.web_address import DangerousAddressError, WebAddressError

TODAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.facebook.com/groups/modum", "https://www.facebook.com/groups/modum"),
        (" discord.gg/Abc1 ", "https://discord.gg/Abc1"),
        ("HTTPS://Grupper.example/a?b=c", "https://grupper.example/a?b=c"),
    ],
)
def test_an_https_address_is_kept(typed: str, kept: str) -> None:
    assert group_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NoGroupAddressError),
        ("http://www.facebook.com/groups/modum", NotSecureError),
        ("javascript:alert(1)", DangerousAddressError),
        ("data:text/html,hei", DangerousAddressError),
        ("https://modum.kommune.no@ond.example/", DangerousAddressError),
        ("https://127.0.0.1/", DangerousAddressError),
        ("https://0x7f000001/", DangerousAddressError),
        ("https://localhost/", DangerousAddressError),
        ("https://ond.example:8443/", DangerousAddressError),
        ("https://ond.example/\u202egpj", DangerousAddressError),
        ("gruppa vår", WebAddressError),
    ],
)
def test_others_are_refused_with_words(typed: str, fault: type[OutreachError]) -> None:
    with pytest.raises(fault):
        group_address(typed)


@pytest.mark.parametrize(
    ("method", "purpose", "user_agent", "counts"),
    [
        ("GET", "", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", True),
        ("GET", "", "", True),
        ("HEAD", "", "Mozilla/5.0", False),
        ("GET", "prefetch;prerender", "Mozilla/5.0", False),
        ("GET", "", "facebookexternalhit/1.1", False),
        ("GET", "", "Mozilla/5.0 (compatible; Googlebot/2.1)", False),
        ("GET", "", "WhatsApp/2.23", False),
    ],
)
def test_what_says_that_it_is_a_machine_is_no_click(method: str, purpose: str, user_agent: str, counts: bool) -> None:
    assert counts_as_click(method=method, purpose=purpose, user_agent=user_agent) is counts


def test_clicks_by_week_end_with_this_week_and_miss_no_day() -> None:
    monday = date(2026, 11, 2)
    clicks = {monday: 1, TODAY: 2, monday - timedelta(days=1): 4, monday - timedelta(weeks=WEEKS_SHOWN): 8}
    weeks = by_week(clicks, TODAY)
    assert len(weeks) == WEEKS_SHOWN
    assert weeks[-1] == (monday, 3)
    assert weeks[-2] == (monday - timedelta(weeks=1), 4)
    assert sum(number for _, number in weeks) == 7


def test_short_path() -> None:
    assert short_path("ABC23") == "/g/abc23"
