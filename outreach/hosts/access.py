"""The guard of hosts' pages: a code that is ours and in force, or a page with words. Guessing is slowed down."""

from functools import wraps
from typing import Any, cast

from flask import g

from outreach import clock
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.formats.short_code import MistypedCodeError
from outreach.hosts import queries
from outreach.hosts.models import EventHost
from outreach.web.access import View, guarded
from outreach.web.throttle import Limit, client_address, slowing_down

_PER_ADDRESS = Limit("host.address", free_attempts=20)


class UnknownHostPageError(OutreachError):
    """The link opens nobody's page: cut off, never ours, or the host is erased."""

    message = N_("Sjekk at hele lenken er med.")
    http_status = 404
    page = "link_of_nothing"


def host_link(view: View) -> View:
    """Let in who has the code of the path (`token`); set `g.host`. Others get 404, 410 or 429."""

    @wraps(view)
    def checked(token: str, **values: Any) -> Any:
        g.host = _found(token)
        return view(token=token, **values)

    return guarded("host-link")(cast("View", checked))


def _found(token: str) -> EventHost:
    now = clock.now_utc()
    try:
        with slowing_down((_PER_ADDRESS, client_address()), now=now, failures=(NotFoundError,)):
            return queries.by_code(token, now=now)
    except (MistypedCodeError, NotFoundError) as error:
        raise UnknownHostPageError from error
