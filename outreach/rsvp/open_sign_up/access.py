"""The guard of the page on which a sign-up is confirmed: a secret that nobody can guess."""

from functools import wraps
from typing import Any

from flask import g

from outreach import clock
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.rsvp.open_sign_up import queries
from outreach.rsvp.open_sign_up.keeping import LINK_HOURS
from outreach.web.access import View, guarded


class UnknownOpenRequestError(OutreachError):
    """The link confirms nothing: too old, used already, or cut off."""

    message = N_(
        "Lenken virker ikke lenger. Den kan være brukt før, eller eldre enn %(hours)s timer. Se etter en nyere e-post "
        "fra oss, eller meld deg på igjen."
    )
    http_status = 404

    def __init__(self) -> None:
        super().__init__(hours=LINK_HOURS)


def open_confirm_link(view: View) -> Any:
    """Let in who has the token of the path, and keep what waits as `g.open_request`; others get 404."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            g.open_request = queries.request_by_token(kwargs["token"], now=clock.now_utc())
        except NotFoundError as error:
            raise UnknownOpenRequestError from error
        return view(*args, **kwargs)

    return guarded("open-confirm")(checked)
