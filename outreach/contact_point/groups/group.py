"""A group in social media as staff type it, which clicks count, and how they are told. Pure.

A click is a number of a day: who, from where and with what is neither asked nor kept. So it is what an address that is
opened can tell: about how many. What says of itself that it is a machine, or only looks ahead, is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.errors import N_, OutreachError
from outreach.events.event import City
from outreach.formats.short_code import CodeShape
from outreach.partners.web_address import web_address

SHORT = CodeShape(selector_length=5, secret_length=0)
LONGEST_NAME = 80
MOST_GROUPS = 30
WEEKS_SHOWN = 12
_MACHINE = re.compile(r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp|slurp|fetch|monitor", re.I)


class NotSecureError(OutreachError):
    """The address is not https."""

    message = N_("Lenken må begynne med https://, så ingen kan lese med på veien.")


class NoGroupAddressError(OutreachError):
    """Nothing was typed."""

    message = N_("Skriv lenken til gruppa, som https://gruppe.no/navnet.")


class TooManyGroupsError(OutreachError):
    """More than anybody would read."""

    message = N_("Det er mange nok grupper her. Ta bort en før du legger til en ny.")
    http_status = 409


@dataclass(frozen=True, kw_only=True)
class GroupDetails:
    """A group: `url` is checked and begins with https."""

    city: City
    name: str
    url: str


def group_address(typed: str) -> str:
    """Return the address of a group. Raises NoGroupAddressError, NotSecureError, and what `web_address` raises."""
    address = web_address(typed)
    if not address:
        raise NoGroupAddressError
    if not address.startswith("https://"):
        raise NotSecureError
    return address


def short_path(short: str) -> str:
    """Return the path of the short link, as it stands on posters and in messages."""
    return f"/g/{short.lower()}"


def counts_as_click(*, method: str, purpose: str, user_agent: str) -> bool:
    """Say whether a request is somebody following the link. `purpose`: what a browser says that only looks ahead."""
    return method == "GET" and "prefetch" not in purpose.casefold() and not _MACHINE.search(user_agent)


def by_week(clicks: Mapping[date, int], today: date) -> list[tuple[date, int]]:
    """Return (Monday, clicks) of the last WEEKS_SHOWN weeks, the earliest first; this week is the last."""
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))]
    return [(one, sum(clicks.get(one + timedelta(days=day), 0) for day in range(7))) for one in mondays]
