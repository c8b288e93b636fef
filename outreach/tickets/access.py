"""The guard of ticket pages: a code that is ours and valid, or a page with words. Guessing is slowed down."""

from functools import wraps
from typing import Any, cast

from flask import g

from outreach import clock
from outreach.errors import NotFoundError
from outreach.formats.short_code import MistypedCodeError
from outreach.tickets import queries
from outreach.tickets.ticket import ReplacedTicketError, RevokedTicketError, TicketFacts
from outreach.web.access import View, guarded
from outreach.web.throttle import Limit, client_address, slowing_down

GUARD = "link:ticket"
# A family behind one address that mistypes is never slowed; 23**9 secrets a selector bear a guess a second for ages.
_PER_ADDRESS = Limit("ticket.address", free_attempts=20)


def ticket_link(view: View) -> View:
    """Let in who has a valid ticket's code; set `g.ticket` (TicketFacts). Others get 404, 410 or 429."""
    return _guard(view, is_revoked_allowed=False)


def ticket_link_also_revoked(view: View) -> View:
    """Let in who has the code of a valid or revoked ticket: for what must tell that it is off."""
    return _guard(view, is_revoked_allowed=True)


def _guard(view: View, *, is_revoked_allowed: bool) -> View:
    @wraps(view)
    def checked(token: str, **values: Any) -> Any:
        g.ticket = _found(token)
        if not (g.ticket.is_valid or is_revoked_allowed):
            raise RevokedTicketError
        return view(token=token, **values)

    return guarded(GUARD)(cast("View", checked))


def _found(token: str) -> TicketFacts:
    guesser = (_PER_ADDRESS, client_address())
    try:
        with slowing_down(guesser, now=clock.now_utc(), failures=(NotFoundError, ReplacedTicketError)):
            return queries.facts_by_code(token)
    except MistypedCodeError as fault:
        raise NotFoundError(MistypedCodeError.message) from fault
