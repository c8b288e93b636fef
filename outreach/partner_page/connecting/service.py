"""Connects partners' pages with what happens elsewhere: messages to partners and guests, and an event's figures."""

from collections.abc import Mapping

from flask import Flask

from outreach.partner_page.interests import queries
from outreach.partner_page.mails import service as mails
from outreach.reports.beside import interests_of
from outreach.reports.counting.counters import count_by
from outreach.reports.figures import Key


def install(app: Flask) -> None:
    """Have partners' pages write, and tell reports what guests left at the stands of an event."""
    mails.install(app)
    count_by(app, count)


def count(event_id: int) -> Mapping[Key, int]:
    """Return what guests left at the stands of an event, as figures of nobody."""
    return interests_of(queries.by_purpose(event_id))
