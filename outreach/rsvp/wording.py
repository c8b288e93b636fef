"""Lists of first names as people say them, in the reader's language. Pure."""

from functools import cache

from babel import Locale
from babel.lists import format_list

from outreach.rsvp.answer import Guest


def names(guests: tuple[Guest, ...], language: str) -> str:
    """Return the first names that may be shown, as "Åse, Bjørn og Emma"; empty when there are none."""
    known = [guest.first_name for guest in guests if guest.first_name]
    return format_list(known, locale=_locale(language)) if known else ""


def names_coming(guests: tuple[Guest, ...], language: str) -> str:
    """Return the first names of those who said yes."""
    return names(tuple(guest for guest in guests if guest.is_coming), language)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
