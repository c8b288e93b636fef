"""Looks up what guests left, scoped by who asks: the partner of one participation, or the guest by their own link."""

import hmac
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.formats.short_code import compute, read
from outreach.invitations.models import Invitee
from outreach.messages.service import address_hashes
from outreach.partner_page.interest import LINK_PURPOSE, OWN_INTEREST
from outreach.partner_page.models import StandAnswer, StandInterest
from outreach.partners.models import Contact, Participation
from outreach.partners.organisations import queries as organisations
from outreach.rsvp.models import PersonAnswer, Rsvp

_PORTION = 500


def of_participation(participation_id: int) -> list[StandInterest]:
    """Return what was left for a partner at one event, the newest first."""
    wanted = (
        select(StandInterest)
        .where(StandInterest.participation_id == participation_id)
        .options(selectinload(StandInterest.answers))
        .order_by(StandInterest.left_at_utc.desc(), StandInterest.id)
    )
    return list(db.session.scalars(wanted))


def of(participation_id: int, interest_id: int) -> StandInterest:
    """Return what one guest left for this partner. Raises NotFoundError, also for what was left for another."""
    wanted = select(StandInterest).where(
        StandInterest.id == interest_id, StandInterest.participation_id == participation_id
    )
    return _found(db.session.scalar(wanted))


def left_since(participation_id: int, contact_hash: str, since: datetime) -> list[StandInterest]:
    """Return what one address left for a partner at or after `since`."""
    mine = (StandInterest.contact_hash == contact_hash, StandInterest.participation_id == participation_id)
    wanted = select(StandInterest).where(*mine, StandInterest.left_at_utc >= since)
    return list(db.session.scalars(wanted.order_by(StandInterest.left_at_utc, StandInterest.id)))


def hold(interest: StandInterest) -> None:
    """Keep an interest as it is until this transaction ends, and see the answers that it has now."""
    lock = select(StandInterest.id).where(StandInterest.id == interest.id).order_by(StandInterest.id)
    db.session.execute(lock.with_for_update())
    db.session.refresh(interest, ["answers"])


def by_purpose(event_id: int) -> dict[str, int]:
    """Return how much guests left at the stands of an event, by what it is for."""
    mine = select(StandInterest.purpose, func.count()).join(StandInterest.participation)
    wanted = mine.where(Participation.event_id == event_id).group_by(StandInterest.purpose)
    return dict(db.session.execute(wanted.order_by(StandInterest.purpose)).all())


def by_id(interest_id: int) -> StandInterest | None:
    """Return what a guest left as it is in the database now, or None."""
    wanted = (
        select(StandInterest)
        .where(StandInterest.id == interest_id)
        .options(joinedload(StandInterest.participation).joinedload(Participation.organisation))
        .execution_options(populate_existing=True)
    )
    found: StandInterest | None = db.session.scalar(wanted)
    return found


def answer(interest_id: int, answer_id: int) -> StandAnswer | None:
    """Return what a partner answered, or None when it is gone."""
    wanted = select(StandAnswer).where(StandAnswer.id == answer_id, StandAnswer.interest_id == interest_id)
    found: StandAnswer | None = db.session.scalar(wanted)
    return found


def code_of(row: StandInterest) -> str:
    """Return the whole code of the guest's own page."""
    mac = key_ring().link_mac(LINK_PURPOSE, row.selector, row.generation)
    return compute(OWN_INTEREST, row.selector, mac)


def by_code(typed: str) -> StandInterest:
    """Return what was left by the guest with this code. Raises MistypedCodeError or NotFoundError."""
    code = read(OWN_INTEREST, typed)
    wanted = (
        select(StandInterest)
        .where(StandInterest.selector == code.selector)
        .options(joinedload(StandInterest.participation).joinedload(Participation.organisation))
    )
    row = _found(db.session.scalar(wanted))
    if not hmac.compare_digest(code_of(row), code.text):
        raise NotFoundError
    return row


def ids_of_event(event_id: int) -> list[int]:
    """Return what was left at all stands of an event."""
    return _ids(Participation.event_id == event_id)


def ids_of_organisation(organisation_id: int) -> list[int]:
    """Return what was left for a partner, at whatever event."""
    return _ids(Participation.organisation_id == organisation_id)


def ids_with_hashes(hashes: Collection[str]) -> list[int]:
    """Return what was left with an address that has any of these hashes."""
    wanted = sorted(hashes)
    parts = (wanted[at : at + _PORTION] for at in range(0, len(wanted), _PORTION))
    return [
        one
        for part in parts
        for one in db.session.scalars(
            select(StandInterest.id).where(StandInterest.contact_hash.in_(part)).order_by(StandInterest.id)
        )
    ]


def addresses_of_persons(person_ids: Sequence[int]) -> set[str]:
    """Return the e-mail addresses and numbers that these persons of the register have given us: with an answer for
    their household, or to the contact point."""
    found: set[str] = set()
    for at in range(0, len(person_ids), _PORTION):
        part = person_ids[at : at + _PORTION]
        replies = (
            select(Rsvp)
            .join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id)
            .join(Invitee, Invitee.id == PersonAnswer.invitee_id)
            .where(Invitee.person_id.in_(part))
            .order_by(Rsvp.id)
        )
        for reply in db.session.scalars(replies).unique():
            found |= {one for one in (reply.email, reply.mobile) if one}
        mine = select(SignUp).where(SignUp.person_id.in_(part)).order_by(SignUp.id)
        found |= {one.contact for one in db.session.scalars(mine) if one.contact}
    return found


def hashes_of(addresses: Collection[str]) -> set[str]:
    """Return each keyed hash under which any of these addresses may stand."""
    return {one for address in addresses for one in address_hashes(address)}


def contacts_with(addresses: Collection[str]) -> list[Contact]:
    """Return the partners' contacts (some hundreds are opened) whose e-mail address is one of these."""
    wanted = {address.casefold() for address in addresses}
    return [row for row in organisations.all_contacts() if (row.email or "").casefold() in wanted]


def _ids(where: ColumnElement[bool]) -> list[int]:
    wanted = select(StandInterest.id).join(Participation, Participation.id == StandInterest.participation_id)
    return list(db.session.scalars(wanted.where(where).order_by(StandInterest.id)))


def _found(row: StandInterest | None) -> StandInterest:
    if row is None:
        raise NotFoundError
    return row
