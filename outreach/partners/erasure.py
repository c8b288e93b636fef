"""What partners hold on people, and when it goes: contacts who said no, and partners of whom nothing is heard any more.

A contact who said no is kept for a month, so that staff see why nothing goes out. A partner that has taken part in
nothing for as long as we remember guests goes with everything that hangs on it.
"""

from datetime import datetime, timedelta

from outreach.audit.actor import SYSTEM
from outreach.partners import queries
from outreach.partners.organisations import service

NO_DAYS = 30


def count_idle(now: datetime, *, before: datetime) -> int:
    """Return how many partners and contacts are past their time; `before`: since when a partner was idle."""
    return len(queries.idle_partners(before)) + len(queries.contacts_who_said_no(now - timedelta(days=NO_DAYS)))


def erase_idle(now: datetime, *, before: datetime) -> dict[str, int]:
    """Erase what `count_idle` counts; return rows erased by table."""
    contacts, partners = queries.contacts_who_said_no(now - timedelta(days=NO_DAYS)), queries.idle_partners(before)
    for contact in contacts:
        service.erase_contact(contact, actor=SYSTEM, now=now)
    for partner in partners:
        service.erase(partner, actor=SYSTEM, now=now)
    return {"partner_contact": len(contacts), "partner_organisation": len(partners)}
