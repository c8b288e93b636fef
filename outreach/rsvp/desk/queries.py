"""How the front desk finds a household over all coming events, and what it then sees of it.

Names are sealed, so a search opens them in the process: a few µs each. Nothing here asks who is protected: a protected
person has no row to be found, and an invitation with nobody left in it is not shown at all.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select

from outreach.accounts.models import StaffUser
from outreach.audience.name_search import is_match
from outreach.clock import OSLO
from outreach.database import db, unseal
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.invitations import queries as invitations
from outreach.invitations.invitation import AskedTo, State
from outreach.invitations.listing.queries import people_of
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.people.models import Person
from outreach.people.person import PersonName
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import Answer, NeedWish, recipient
from outreach.rsvp.desk.desk import Noted, NothingFoundError, Taken, Way, answers_are
from outreach.rsvp.desk.models import DeskNote
from outreach.rsvp.invitation_page import InvitationPage, OpenedHousehold
from outreach.rsvp.models import Rsvp
from outreach.tickets.queries import valid_of_invitation

MOST_FOUND = 30
_NAME_COLUMNS = ("given_name_sealed", "middle_name_sealed", "family_name_sealed")


@dataclass(frozen=True)
class Found:
    """One household that a search found: its invitation, who is asked, where they live, to what, and what they said."""

    invitation_id: int
    names: tuple[str, ...]
    address: str
    event_title: str
    starts_at_utc: datetime
    answer: str


@dataclass(frozen=True)
class Party:
    """One household at the desk: names and address, what its own page shows, what it needs and where its ticket goes.

    `emails`, `texts`: how often the desk has sent the ticket by e-mail and by SMS. `generation`: which code of the
    ticket is in force; 0 without a valid ticket.
    """

    invitation_id: int
    names: tuple[str, ...]
    address: str
    code: str
    language: str
    page: InvitationPage
    email: str
    mobile: str
    needs: tuple[NeedWish, ...]
    notes: tuple[Noted, ...]
    taken: Taken
    emails: int
    texts: int
    generation: int

    @property
    def event(self) -> AskedTo:
        """Return the event that they are asked to."""
        return self.page.event


def named(wanted: tuple[str, ...], now: datetime) -> tuple[list[Found], int]:
    """Return at most MOST_FOUND households with somebody whose name has the `wanted` words, soonest event first, and
    how many there are."""
    columns = [Invitee.invitation_id, Person.id, *(getattr(Person, name) for name in _NAME_COLUMNS)]
    asked = (
        select(*columns)
        .join(Person, Person.id == Invitee.person_id)
        .join(Invitation, Invitation.id == Invitee.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(*_in_force(now))
    )
    rows = db.session.execute(asked.order_by(Event.starts_at_utc, Invitee.invitation_id))
    ids = dict.fromkeys(row[0] for row in rows if is_match(wanted, _opened(*row[1:])))
    return _found(list(ids)[:MOST_FOUND]), len(ids)


def by_code(typed: str, now: datetime) -> int:
    """Return the invitation that has the code `typed`. Raises as `invitations.queries.by_code` and NothingFoundError
    when it is not in force, nobody is left in it, or its event is over."""
    return invitation(invitations.by_code(typed).id, now).id


def invitation(invitation_id: int, now: datetime) -> Invitation:
    """Return the invitation if it is in force, to a coming event, with somebody in it. Raises NothingFoundError."""
    somebody = exists().where(Invitee.invitation_id == Invitation.id, Invitee.person_id.is_not(None))
    asked = select(Invitation).join(Event, Event.id == Invitation.event_id)
    wanted = asked.where(Invitation.id == invitation_id, somebody, *_in_force(now))
    found: Invitation | None = db.session.scalars(wanted.order_by(Invitation.id)).unique().first()
    if found is None:
        raise NothingFoundError
    return found


def page_of(asked: Invitation, today: date) -> InvitationPage:
    """Return what the household's own page shows."""
    event = AskedTo(**{name: getattr(asked.event, name) for name in AskedTo.__dataclass_fields__})
    code = invitations.code_of(asked.selector, asked.generation)
    own = OpenedHousehold(
        id=asked.id,
        code=code,
        state=State(asked.state),
        event=event,
        is_signed_up=asked.is_signed_up,
        language=asked.language,
        household=answers.household(asked.id),
    )
    return answers.page(own, today)


def party(asked: Invitation, now: datetime) -> Party:
    """Return everything that the desk shows of a household."""
    today = now.astimezone(OSLO).date()
    page, people = page_of(asked, today), people_of([asked.id]).get(asked.id, [])
    given = answers.stored_answer(page.rsvp, page.guests) if page.rsvp else Answer(())
    ticket = valid_of_invitation(asked.id)
    return Party(
        invitation_id=asked.id,
        names=tuple(map(_whole_name, people)),
        address=people[0].address_line if people else "",
        code=grouped(page.invitation.code),
        language=language_of(asked),
        page=page,
        email=given.email or "",
        mobile=given.mobile or "",
        needs=given.needs,
        notes=tuple(_notes(asked.id)),
        taken=answers_are(asked.event, now=now, today=today),
        emails=_tickets_sent(page, Channel.EMAIL),
        texts=_tickets_sent(page, Channel.SMS),
        generation=ticket.generation if ticket else 0,
    )


def language_of(asked: Invitation) -> str:
    """Return the language that the household reads: that of its answer, else that of its letter."""
    wanted = select(Rsvp.language).where(Rsvp.invitation_id == asked.id).order_by(Rsvp.id)
    return db.session.scalars(wanted).first() or asked.language


def rsvp_of(invitation_id: int) -> Rsvp | None:
    """Return the household's answer, locked until this transaction ends, so that a change of it waits."""
    wanted = select(Rsvp).where(Rsvp.invitation_id == invitation_id).order_by(Rsvp.id)
    found: Rsvp | None = db.session.scalars(wanted.with_for_update()).first()
    return found


def _in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on invitation and event: in force, to an event that is on and not over."""
    return Invitation.state == State.ACTIVE.value, Event.state == "published", Event.ends_at_utc > now


def _tickets_sent(page: InvitationPage, channel: Channel) -> int:
    if page.rsvp is None:
        return 0
    wanted = select(func.count()).where(
        OutboxMessage.recipient == recipient(page.rsvp.id),
        OutboxMessage.purpose.startswith(f"ticket:{page.rsvp.id}:", autoescape=True),
        OutboxMessage.channel == channel.value,
    )
    return db.session.scalar(wanted) or 0


def _opened(person_id: int, *sealed: bytes | None) -> str:
    parts = zip(sealed, _NAME_COLUMNS, strict=True)
    return " ".join(filter(None, (unseal(part, column=f"person.{column}", row_id=person_id) for part, column in parts)))


def _found(ids: list[int]) -> list[Found]:
    people = people_of(ids)
    wanted = (
        select(Invitation.id, Event.title, Event.starts_at_utc, Rsvp.state)
        .join(Event, Event.id == Invitation.event_id)
        .outerjoin(Rsvp, Rsvp.invitation_id == Invitation.id)
        .where(Invitation.id.in_(ids))
        .order_by(Event.starts_at_utc, Invitation.id)
    )
    return [
        Found(id_, tuple(map(_whole_name, people[id_])), people[id_][0].address_line, title, starts, state or "")
        for id_, title, starts, state in db.session.execute(wanted)
    ]


def _whole_name(person: Person) -> str:
    name = PersonName(given=person.given_name or "", family=person.family_name or "")
    return f"{name.first} {name.family}".strip()


def _notes(invitation_id: int) -> list[Noted]:
    wanted = (
        select(DeskNote, StaffUser.email)
        .outerjoin(StaffUser, StaffUser.id == DeskNote.noted_by_id)
        .where(DeskNote.invitation_id == invitation_id)
        .order_by(DeskNote.noted_at_utc.desc(), DeskNote.id)
    )
    return [
        Noted(note.noted_at_utc, Way(note.way), note.text or "", by or "") for note, by in db.session.execute(wanted)
    ]
