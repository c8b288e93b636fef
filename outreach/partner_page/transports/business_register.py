"""Asks Enhetsregisteret's open interface about one organisation number. No key, no person, nothing kept of the answer.

`GET <ENHETSREGISTERET_URL>/enheter/{orgnr}` (data.brreg.no, "Åpne data - Enhetsregisteret").
"""

import structlog

from outreach.messages.transports.http_call import NoAnswerError, call
from outreach.partners.standing import Registered, UnreadableUnitError, registered

_TIMEOUT_SECONDS = 5.0
log = structlog.get_logger()


def ask(url: str, number: str) -> Registered | None:
    """Return what the register at `url` says of `number`; None when it cannot tell now."""
    try:
        answer = call(
            "GET", f"{url}/enheter/{number}", headers={"Accept": "application/json"}, timeout_seconds=_TIMEOUT_SECONDS
        )
        return registered(answer.status, answer.body, number)
    except (NoAnswerError, UnreadableUnitError) as error:
        log.warning("business register", fault=type(error).__name__)
        return None
