"""The guard of the page on which a sign-up is confirmed: a secret that nobody can guess."""

from functools import wraps
from typing import Any

from flask import g

from outreach import clock
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.rsvp.open_sign_up import queries
from outreach.web.access import View, guarded


class UnknownOpenRequestError(OutreachError):
    """The link confirms nothing: too old, used already, or cut off."""

    # As long as LINK_HOURS.
    message = N_("Den kan være brukt før, eller eldre enn to døgn.")
    http_status = 404
    page = "open_sign_up_again"


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
