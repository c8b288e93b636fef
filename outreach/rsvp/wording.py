"""A household's own words on its page, in the reader's language: first names as people say them, its place. Pure."""

from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.lists import format_list

from outreach.formats.norwegian_dates import date_time
from outreach.rsvp.answer import Guest
from outreach.rsvp.invitation_page import InvitationPage


def names(guests: tuple[Guest, ...], language: str, more: Sequence[str] = ()) -> str:
    """Return the first names that may be shown, as "Åse, Bjørn og Emma"; empty when there are none.

    `more`: who comes besides, as the last of the list.
    """
    known = [guest.first_name for guest in guests if guest.first_name]
    return format_list([*known, *more], locale=_locale(language)) if known else ""


def names_coming(guests: tuple[Guest, ...], language: str, more: Sequence[str] = ()) -> str:
    """Return the first names of those who said yes, and `more` as in `names`."""
    return names(tuple(guest for guest in guests if guest.is_coming), language, more)


def waiting_words(page: InvitationPage, language: str, *, has_sms: bool) -> dict[str, str]:
    """Return what only this household's page says of the waiting list; empty texts where it says nothing.

    `has_sms`: the municipality sends SMS; whom no e-mail reaches is called where it does not.
    """
    place, given = page.place, page.rsvp
    if place is None or given is None:
        return dict.fromkeys(("place", "until", "passed", "email", "mobile", "call"), "")
    lacks = {f"lacks{kind.value}": "yes" for kind in page.waits_for}
    return {
        "place": str(place.number),
        "until": date_time(place.ends_at_utc, language) if place.ends_at_utc else "",
        "passed": "yes" if place.passed else "",
        "email": "yes" if given.has_email else "",
        "mobile": "yes" if given.mobile_sealed and has_sms else "",
        "call": "yes" if given.mobile_sealed and not has_sms else "",
        **lacks,
    }


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
