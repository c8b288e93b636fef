"""The guards of partners' pages and of what a guest left at a stand: a code that is ours and in force, or a page with
words. Guessing is slowed down.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g

from outreach import clock
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.formats.short_code import MistypedCodeError
from outreach.partner_page.interests import queries as interests
from outreach.partners.participations import queries
from outreach.web.access import View, guarded
from outreach.web.throttle import Limit, client_address, slowing_down

Found = TypeVar("Found")
_PER_ADDRESS = Limit("partner.address", free_attempts=20)


class UnknownPartnerPageError(OutreachError):
    """The link opens nobody's page: cut off, or never ours."""

    message = N_("Sjekk at hele lenken fra e-posten er med.")
    http_status = 404
    page = "link_of_nothing"


def partner_link(view: View, look: Callable[[str], Any] = queries.by_code) -> View:
    """Let in who has the code of the path (`token`); set `g.participation` to what `look` finds by the code.

    Others get 404, 410 or 429.
    """

    @wraps(view)
    def checked(token: str, **values: Any) -> Any:
        g.participation = _found(look, token, UnknownPartnerPageError)
        return view(token=token, **values)

    return guarded("partner-link")(cast("View", checked))


class UnknownInterestError(OutreachError):
    """The link opens nothing: taken back, erased after the event, or cut off."""

    message = N_("Vi har ikke noe her lenger. Enten er det tatt tilbake, eller så er det slettet etter arrangementet.")
    http_status = 404
    page = "link_of_nothing"


def interest_link(view: View) -> View:
    """Let in who has the code of what they left (`token`); set `g.interest`. Others get 404 or 429."""

    @wraps(view)
    def checked(token: str, **values: Any) -> Any:
        g.interest = _found(interests.by_code, token, UnknownInterestError)
        return view(token=token, **values)

    return guarded("interest-link")(cast("View", checked))


def _found(by_code: Callable[[str], Found], token: str, unknown: type[OutreachError]) -> Found:
    """Return what has the code `token`. Raises `unknown` where nothing has, and TooManyAttemptsError."""
    guesser = (_PER_ADDRESS, client_address())
    try:
        with slowing_down(guesser, now=clock.now_utc(), failures=(NotFoundError,)):
            return by_code(token)
    except (MistypedCodeError, NotFoundError) as error:
        raise unknown from error
