"""The guards of the page on which somebody says no to e-mail, and of what an SMS gateway calls.

A mail program posts `List-Unsubscribe=One-Click` without cookie or token (RFC 8058, 3.2), so such a body needs no mark
of our form: the link itself, which nobody can guess, allows the act. Any other body must come from our own page.
"""

import hmac
from functools import wraps
from typing import Any

from flask import g, request

from outreach.errors import N_, OutreachError
from outreach.messages.service import gateway_token, unsubscribe_mac
from outreach.messages.unsubscribe_link import read
from outreach.web.access import View, guarded
from outreach.web.form_guard import check_mark, checks_mark_itself

ONE_CLICK = ("List-Unsubscribe", "One-Click")


class UnknownGatewayError(OutreachError):
    """The bearer token is missing or not ours."""

    message = N_("Denne SMS-tjenesten kjenner vi ikke.")
    http_status = 401


def unsubscribe_link(view: View) -> Any:
    """Let in who has one of our links; set `g.wish`. Others get 404; a POST from another site, 400 unless one-click."""

    @wraps(view)
    def checked(token: str, **values: Any) -> Any:
        if not is_one_click():
            check_mark()
        g.wish = read(token, unsubscribe_mac)
        return view(token=token, **values)

    return guarded("unsubscribe-link")(checks_mark_itself(checked))


def is_one_click() -> bool:
    """Say whether a mail program sent this request on its user's word."""
    name, value = ONE_CLICK
    return request.form.get(name) == value


def sms_gateway(view: View) -> Any:
    """Let in the SMS gateway, which shows the bearer token of `flask messages gateway-token`; others get 401."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(shown.encode(), gateway_token().encode()):
            raise UnknownGatewayError
        return view(*args, **kwargs)

    return guarded("sms-gateway")(checked)
