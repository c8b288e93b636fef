"""The guards of one's own page and of the page on which a sign-up is confirmed: secrets that nobody can guess."""

from functools import wraps
from typing import Any

from flask import g

from outreach import clock
from outreach.contact_point import queries
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.formats.short_code import MistypedCodeError
from outreach.web.access import View, guarded


class UnknownOwnPageError(OutreachError):
    """The link opens nobody's page: cut off, of an address that was changed, or of somebody who is gone."""

    message = N_("Meld deg på igjen med samme adresse, så får du en ny lenke.")
    http_status = 404
    page = "sign_up_again"


class UnknownRequestError(OutreachError):
    """The link confirms nothing: too old, used already, or cut off."""

    # As long as LINK_HOURS.
    message = N_("Den kan være brukt før, eller eldre enn to døgn.")
    http_status = 404
    page = "sign_up_again"


def own_page(view: View) -> Any:
    """Let in who has the code of the path (`token`), and keep their row as `g.sign_up`; others get 404."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            g.sign_up = queries.by_code(kwargs["token"])
        except (MistypedCodeError, NotFoundError) as error:
            raise UnknownOwnPageError from error
        return view(*args, **kwargs)

    return guarded("contact-link")(checked)


def confirm_link(view: View) -> Any:
    """Let in who has the token of the path, and keep what waits as `g.sign_up_request`; others get 404."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            g.sign_up_request = queries.request_by_token(kwargs["token"], now=clock.now_utc())
        except NotFoundError as error:
            raise UnknownRequestError from error
        return view(*args, **kwargs)

    return guarded("contact-confirm")(checked)
