"""Households of an event by group, compiled from the rules of `groups.py`: one row for each invitation.

The same SELECT counts, lists, queues and looks at one household again at hand-over, so that what the page promised is
what is sent. Facts are EXISTS on keys that have an index; no query runs in a loop.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, false, func, literal, or_, select

from outreach.checkin.admitted.queries import let_in
from outreach.checkin.models import Scan
from outreach.database import BigId, db
from outreach.invitations.invitation import State as InvitationState
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.groups import Group, rules
from outreach.mailings.mailing import TOPIC, Kind, outbox_kind
from outreach.mailings.recipients.wishes.queries import Wishes
from outreach.messages.models import Suppression
from outreach.messages.suppression import binding_purposes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.people.models import Household, NationalNumber, Person, ProtectedIdentity
from outreach.register.moves import DEAD
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.tickets.models import Ticket

_NO_WISHES = Wishes()
# What an outbox row's references say when the register is to be asked about its household.
ASKS_REGISTER = "ask_register"
_ASKABLE: tuple[ColumnElement[bool], ...] = (
    exists().where(NationalNumber.person_id == Person.id).correlate(Person),
    Person.is_resident.is_(True),
    Person.status != DEAD,
)
RECIPIENT: ColumnElement[str] = func.concat("invitation:", Invitation.id)


def counts(
    event_id: int,
    kind: Kind,
    channels: Sequence[Channel],
    *,
    purpose: str = "",
    wishes: Wishes = _NO_WISHES,
    asks_register: bool = False,
) -> Counter[Group]:
    """Return how many households of the event are in each group now; they add up to its invitations."""
    inner = _grouped(kind, channels, wishes, asks_register).where(Invitation.event_id == event_id).subquery()
    wanted = select(inner.c.grouping, func.count()).group_by(inner.c.grouping).order_by(inner.c.grouping)
    rows = db.session.execute(wanted, {"purpose": purpose})
    return Counter({Group(group): number for group, number in rows})


def members(
    event_id: int,
    kind: Kind,
    channels: Sequence[Channel],
    group: Group,
    *,
    purpose: str = "",
    wishes: Wishes = _NO_WISHES,
    asks_register: bool = False,
) -> list[int]:
    """Return the invitations of the event that are in `group` now, by id."""
    inner = _grouped(kind, channels, wishes, asks_register).where(Invitation.event_id == event_id).subquery()
    wanted = select(inner.c.id).where(inner.c.grouping == group.value).order_by(inner.c.id)
    return list(db.session.scalars(wanted, {"purpose": purpose}))


def to_queue(
    event_id: int,
    mailing_id: int,
    kind: Kind,
    channels: Sequence[Channel],
    group: Group,
    *,
    wishes: Wishes = _NO_WISHES,
    invitation_id: int | None = None,
) -> Select[Any]:
    """Return the SELECT of what `outbox.campaigns.service.queue_selected` takes, for the households in `group`, or for
    the one with `invitation_id` if it is in that.

    Of those in REGISTER it is noted that the register is asked.
    """
    asks = group is Group.REGISTER
    wanted = [Invitation.event_id == event_id, *([Invitation.id == invitation_id] if invitation_id else [])]
    inner = _grouped(kind, channels, wishes, asks).where(*wanted).subquery()
    asked = f'"{ASKS_REGISTER}": 1, ' if asks else ""
    references = func.concat(f'{{{asked}"invitation_id": ', inner.c.id, f', "mailing_id": {mailing_id}}}')
    return select(
        func.concat("invitation:", inner.c.id).label("recipient"),
        inner.c.language,
        references.label("references_json"),
    ).where(inner.c.grouping == group.value)


def group_now(invitation_id: int, kind: Kind, channels: Sequence[Channel], *, asks_register: bool = False) -> Group:
    """Return the group that one household is in now, whether or not it is in the mailing; ERASED when it is gone.

    The wishes that hang on an address are looked at by the worker, which has the address in its hand.
    """
    found = db.session.scalar(
        _of_one(kind, tuple(channels), asks_register), {"invitation_id": invitation_id, "purpose": ""}
    )
    return Group(found) if found else Group.ERASED


@cache
def _of_one(kind: Kind, channels: tuple[Channel, ...], asks_register: bool) -> Select[Any]:
    inner = (
        _grouped(kind, channels, _NO_WISHES, asks_register)
        .where(Invitation.id == bindparam("invitation_id"))
        .subquery()
    )
    return select(inner.c.grouping).order_by(inner.c.id)


def people_to_ask(invitation_ids: Sequence[int], kind: Kind) -> dict[int, list[int]]:
    """Return by invitation (some hundred at most) whom the contact and reservation register may be asked about.

    Those of whom a number is kept, adults therefore, in the order of the invitation: nobody who is protected, has died
    or left, or asked us not to write.
    """
    unwilling = exists().where(*_suppresses(kind)).correlate(Person)
    protected = exists().where(ProtectedIdentity.identity_hash == Person.identity_hash).correlate(Person)
    rows = db.session.execute(
        select(Invitee.invitation_id, Person.id)
        .join(Person, Person.id == Invitee.person_id)
        .where(Invitee.invitation_id.in_(invitation_ids), *_ASKABLE, ~unwilling, ~protected)
        .order_by(Invitee.invitation_id, Invitee.position)
    )
    found: dict[int, list[int]] = {}
    for invitation_id, person_id in rows:
        found.setdefault(invitation_id, []).append(person_id)
    return found


def _grouped(kind: Kind, channels: Sequence[Channel], wishes: Wishes, asks_register: bool) -> Select[Any]:
    """Select id, language and group of invitations; `purpose` is bound when it is run."""
    known = facts(kind, wishes)
    decided = case(
        *((known[name], literal(group.value)) for group, name in rules(kind, channels, asks_register=asks_register)),
        else_=literal(Group.LETTER.value),
    )
    return (
        select(
            Invitation.id.label("id"),
            func.coalesce(Rsvp.language, Invitation.language).label("language"),
            decided.label("grouping"),
        )
        .select_from(Invitation)
        .outerjoin(Rsvp, Rsvp.invitation_id == Invitation.id)
    )


def facts(kind: Kind, wishes: Wishes) -> dict[str, ColumnElement[bool]]:
    """Return the expression of each fact of `groups.HouseholdFacts`, over invitation and its answer."""
    return {
        "is_in_mailing": exists().where(
            OutboxMessage.purpose == bindparam("purpose", ""), OutboxMessage.recipient == RECIPIENT
        ),
        "is_erased": Invitation.state == InvitationState.ERASED.value,
        "is_revoked": Invitation.state == InvitationState.REVOKED.value,
        "is_protected": asks(ProtectedIdentity.identity_hash == Person.identity_hash),
        "is_set_aside": asks(Household.id == Person.household_id, Household.set_aside_reason != ""),
        # Those at home who said that the one whom the letter asks has moved have answered it.
        "is_answered": or_(Invitation.lives_in != "", and_(Rsvp.id.is_not(None), ~_someone_owes_an_answer())),
        "is_not_coming": or_(Rsvp.id.is_(None), Rsvp.state != RsvpState.ATTENDING.value),
        "is_not_here": and_(_somebody_was_scanned(), ~_was_let_in()),
        "is_suppressed": or_(asks(*_suppresses(kind)), _is_among(wishes.unwilling)),
        "has_email": _left(Rsvp.email_sealed, wishes.dead_email),
        "has_mobile": _left(Rsvp.mobile_sealed, wishes.dead_mobile),
        "can_be_asked": asks(*_ASKABLE),
    }


def asks(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say whether the invitation asks a person for whom `conditions` hold with a row of another table."""
    asked = exists().where(Invitee.invitation_id == Invitation.id, Person.id == Invitee.person_id, *conditions)
    return asked.correlate(Invitation)


def _suppresses(kind: Kind) -> tuple[ColumnElement[bool], ...]:
    by_identity = Suppression.subject_hash == Person.identity_hash
    by_name = and_(Suppression.subject_hash == Person.weak_hash, Person.weak_hash != "")
    purposes = sorted(binding_purposes(outbox_kind(kind), is_outreach=True, topic=TOPIC))
    return (or_(by_identity, by_name), Suppression.purpose.in_(purposes))


def _someone_owes_an_answer() -> ColumnElement[bool]:
    """Say whether somebody joined the invitation after its household answered."""
    given = exists().where(PersonAnswer.rsvp_id == Rsvp.id, PersonAnswer.invitee_id == Invitee.id)
    owes = exists().where(Invitee.invitation_id == Invitation.id, Invitee.person_id.is_not(None), ~given)
    return owes.correlate(Invitation, Rsvp)


def _somebody_was_scanned() -> ColumnElement[bool]:
    return exists().where(Scan.event_id == Invitation.event_id, Scan.ticket_id.is_not(None)).correlate(Invitation)


def _was_let_in() -> ColumnElement[bool]:
    return exists().where(Ticket.invitation_id == Invitation.id, Ticket.id.in_(let_in())).correlate(Invitation)


def _left(sealed: Any, dead: Sequence[int]) -> ColumnElement[bool]:
    there: ColumnElement[bool] = sealed.is_not(None)
    return and_(there, ~_is_among(dead)) if dead else there


def _is_among(invitation_ids: Sequence[int]) -> ColumnElement[bool]:
    if not invitation_ids:
        return false()
    # Written into the statement, since a database takes only so many bound values.
    ids = bindparam(None, list(invitation_ids), BigId, expanding=True, literal_execute=True)
    found: ColumnElement[bool] = Invitation.id.in_(ids)
    return found
