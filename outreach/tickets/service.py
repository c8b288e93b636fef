"""Issues, changes, revokes and replaces tickets. One ticket a party; its code is computed, so it can be shown again."""

import dataclasses
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select, update

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import inserting
from outreach.database.together import Step
from outreach.errors import UnavailableError
from outreach.events.getting_there import lines as getting_there
from outreach.events.programme import plain
from outreach.formats.calendar_file import CalendarEntry, calendar_file
from outreach.formats.short_code import TICKET, new_selector
from outreach.invitations.invitation import Asked
from outreach.tickets.models import Ticket
from outreach.tickets.queries import code_of
from outreach.tickets.ticket import Sender, TicketFacts, TicketState, calendar_entry, calendar_uid, ticket_url
from outreach.web.headers import settings_of_app

__all__ = [
    "code_of",
    "invitation_calendar",
    "issue",
    "issuing",
    "personal_calendar",
    "replace",
    "revoke",
    "revoking",
    "shared_entry",
]

# Two of 148 million selectors alike is rare; five times in a row means that something else is wrong.
_SELECTOR_ATTEMPTS = 5
# Put together once: they run in every answer's transaction.
_ticket = Ticket.__table__
_CHANGE = (
    update(_ticket)
    .where(_ticket.c.invitation_id == bindparam("wanted_invitation"))
    .values(version=_ticket.c.version + 1, changed_at_utc=bindparam("now"))
    .returning(_ticket.c.id)
)
_ISSUE = _CHANGE.values(persons=bindparam("persons_now"), state=TicketState.VALID.value)
_REVOKE = _CHANGE.where(_ticket.c.state == TicketState.VALID.value).values(state=TicketState.REVOKED.value)


def issue(invitation: Asked, *, persons: int, now: datetime) -> int:
    """Let `persons` in on the invitation's ticket, made if there is none, valid again if it was revoked; return its id.

    The code stays the same through changes, so that a ticket on paper keeps working.
    """
    changed = _changed(_changing(invitation.id, persons, now))
    return changed if changed is not None else _insert(invitation, persons=persons, now=now)


def issuing(invitation: Asked, *, persons: int, now: datetime, is_first: bool) -> Step:
    """Return the step of an act that issues the invitation's first ticket, or changes the one that there is."""
    if not is_first:
        return _changing(invitation.id, persons, now)
    return inserting(Ticket, **_first(invitation, persons, now))


def revoke(invitation_id: int, now: datetime) -> bool:
    """Stop the invitation's ticket from letting anybody in; say whether there was a valid one."""
    return _changed(revoking(invitation_id, now)) is not None


def revoking(invitation_id: int, now: datetime) -> Step:
    """Return what `revoke` does as a step of an act, with a valid ticket."""
    return Step(_REVOKE, {"wanted_invitation": invitation_id, "now": now})


def replace(ticket_id: int, *, seen: int, actor: Actor = GUEST, now: datetime) -> None:
    """Give a ticket a new code, for one that went astray; the old code then says that it is replaced.

    `seen`: the generation that whoever asks was shown. One that has had a newer code since stays as it is, so that a
    form sent twice makes one new ticket.
    """
    locked = select(Ticket).where(Ticket.id == ticket_id).with_for_update().execution_options(populate_existing=True)
    ticket = db.session.execute(locked).scalar_one()
    if ticket.generation != seen:
        return
    ticket.generation += 1
    ticket.version += 1
    ticket.changed_at_utc = now
    db.session.flush()
    record("ticket.replaced", subject_kind="ticket", subject_id=ticket.id, actor=actor, now=now)


def personal_calendar(ticket: TicketFacts) -> tuple[bytes, str]:
    """Return the calendar file of `ticket` for its holder alone, with the ticket in it, and its method."""
    way_in = _("Vis billetten i døra. Kode: %(code)s", code=ticket.printed_code)
    description = "\n\n".join(part for part in (way_in, *_about(ticket)) if part)
    entry = _entry(ticket, url=ticket_url(settings_of_app().public_url, ticket.code), description=description)
    method = "CANCEL" if entry.status == "CANCELLED" else "PUBLISH"
    return calendar_file([entry], method=method), method


def invitation_calendar(ticket: TicketFacts, email: str) -> tuple[bytes, str]:
    """Return the calendar file that asks `email` by mail (RFC 5546, 3.2.2), and its method, REQUEST or CANCEL.

    Invitations are passed on, and colleagues look into calendars: so it has no link or code of the guest's own.
    """
    entry = dataclasses.replace(shared_entry(ticket), attendee_email=email, is_attendee_coming=ticket.is_valid)
    method = "CANCEL" if entry.status == "CANCELLED" else "REQUEST"
    return calendar_file([entry], method=method), method


def shared_entry(ticket: TicketFacts) -> CalendarEntry:
    """Return the entry of `ticket` as others may see it, with the event's public page and how to get in."""
    site = settings_of_app()
    told = ngettext("Gjelder %(num)s person.", "Gjelder %(num)s personer.", ticket.persons)
    way_in = _("Billetten ligger i e-posten fra oss.")
    parts = [f"{told} {way_in}", _what_no_means(ticket), *_about(ticket)]
    url = f"{site.public_url}/arrangement/{ticket.event_slug}"
    return _entry(ticket, url=url, description="\n\n".join(part for part in parts if part))


def _about(ticket: TicketFacts) -> tuple[str, str]:
    return getting_there(ticket, _), plain(ticket.programme)


def _what_no_means(ticket: TicketFacts) -> str:
    if not settings_of_app().mailbox_url:
        return ""
    for_one, for_all = (
        _("Svarer du nei i kalenderen, har du meldt avbud."),
        _("Svarer du nei i kalenderen, har du meldt avbud for alle."),
    )
    return str(for_one if ticket.persons == 1 else for_all)


def _entry(ticket: TicketFacts, *, url: str, description: str) -> CalendarEntry:
    site = settings_of_app()
    organizer = site.calendar_address if site.mailbox_url else site.reply_to
    sender = Sender(site.organisation_name, organizer, site.mail_from)
    uid = calendar_uid(ticket, site.public_url)
    return calendar_entry(ticket, url=url, uid=uid, description=description, sender=sender)


def _changing(invitation_id: int, persons: int, now: datetime) -> Step:
    return Step(_ISSUE, {"wanted_invitation": invitation_id, "persons_now": persons, "now": now})


def _changed(step: Step) -> int | None:
    changed: int | None = step.run().scalar()
    # A ticket that was read before in this transaction would go on telling what it was.
    for row in db.session.identity_map.values():
        if isinstance(row, Ticket):
            db.session.expire(row)
    return changed


def _insert(invitation: Asked, *, persons: int, now: datetime) -> int:
    for _attempt in range(_SELECTOR_ATTEMPTS):
        values = _first(invitation, persons, now)
        if inserting(Ticket, **values).run().rowcount == 1:
            ticket_id: int = values["id"]
            return ticket_id
    raise UnavailableError


def _first(invitation: Asked, persons: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "event_id": invitation.event_id,
        "invitation_id": invitation.id,
        "selector": new_selector(TICKET),
        "generation": 1,
        "state": TicketState.VALID,
        "persons": persons,
        "version": 1,
        "issued_at_utc": now,
        "changed_at_utc": now,
    }
