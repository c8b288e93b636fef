"""Mailings of the evening for the pages: one in each state that has a page of its own."""

from sqlalchemy import select

from outreach.accounts.models import StaffUser
from outreach.accounts.roles import Role
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.mailings import service
from outreach.mailings.groups import Group
from outreach.mailings.mailing import Kind, State
from outreach.mailings.models import Mailing
from outreach.mailings.recipients.queries import members
from outreach.mailings.sending import service as sending
from outreach.outbox.states import Channel
from tests.conftest import NOW

_HEAVY = """Vedrørende arrangementet: Vi gjør oppmerksom på at deltakere som benytter privatbil, i henhold til \
kommunens retningslinjer bes om å parkere ved idrettsanlegget, samt at de medbringer billetten, da denne blir \
kontrollert ved inngangen før arrangementet begynner kl. 18.30.

Hilsen {avsender}"""


def mailings_of(slug: str) -> dict[str, str]:
    """Make a draft with faults, one that waits for a second person, one on its way and one on pause; return ids."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    maker = _actor(Role.ORGANISER)
    made = {
        "mailing_draft": _draft(event, maker),
        "mailing_asked": _asked(event, maker),
        "mailing_sending": _on_its_way(event, maker),
        "mailing_paused": _on_its_way(event, maker),
    }
    sending.pause(made["mailing_paused"], actor=maker, now=NOW)
    db.session.commit()
    reached = members(event.id, Kind.INFORMATION, (Channel.EMAIL,), Group.EMAIL)
    return {name: str(mailing.id) for name, mailing in made.items()} | {"mailing_household": str(reached[0])}


def _actor(role: Role) -> Actor:
    user = db.session.scalars(select(StaffUser).where(StaffUser.email == f"{role.value}@modum.example")).one()
    return Actor("staff", user.id)


def _draft(event: Event, maker: Actor) -> Mailing:
    mailing = service.create(event, Kind.MESSAGE, actor=maker, now=NOW)
    mailing.texts[0].body = _HEAVY
    return mailing


def _asked(event: Event, maker: Actor) -> Mailing:
    mailing = service.create(event, Kind.CHANGE, actor=maker, now=NOW)
    service.ask(mailing, event, scheduled_at_utc=None, actor=maker, now=NOW)
    # As if one person alone might write to nobody; the number stays what the table on its page counts.
    mailing.state, mailing.released_at_utc, mailing.released_by_id = State.ASKED.value, None, None
    db.session.flush()
    return mailing


def _on_its_way(event: Event, maker: Actor) -> Mailing:
    mailing = service.create(event, Kind.INFORMATION, actor=maker, now=NOW)
    service.ask(mailing, event, scheduled_at_utc=None, actor=maker, now=NOW)
    sending.begin(mailing, event, now=NOW)
    db.session.flush()
    return mailing
