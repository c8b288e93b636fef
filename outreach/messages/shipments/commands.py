"""Asks SvarUt what became of the letters that it took, with a commit after each answer and nothing open meanwhile."""

from functools import partial

import structlog

from outreach import clock
from outreach.messages.shipments import queries, service
from outreach.messages.transports.svarut import SvarUtTransport
from outreach.web.workers import committed

_NAMED_AT_ONCE = 50
log = structlog.get_logger()


def look_after(transport: SvarUtTransport) -> int:
    """Learn SvarUt's ids of letters that lack one, and ask about those whose time has come; return how many ended."""
    for message_id in committed(lambda: queries.unnamed(_NAMED_AT_ONCE)):
        ids = transport.ids_of(message_id)
        if ids is None:
            return 0
        if len(ids) > 1:
            log.error("letter is there twice", message_id=message_id, number=len(ids))
        if ids:
            committed(partial(service.note, message_id, ids[0], clock.now_utc()))
    asked = committed(lambda: queries.due(clock.now_utc()))
    told = transport.statuses(sorted(asked.values())) if asked else None
    return committed(lambda: service.take(told, asked, clock.now_utc())) if told is not None else 0
