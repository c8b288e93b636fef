"""Every SELECT of letters: outbox rows of an event, and whom each invitation asks, with the marks of today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from outreach.audience.exclusions import Inclusion
from outreach.audience.models import AudienceList, AudienceMember
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.invitation import State as InvitationState
from outreach.invitations.letters.languages.choice import UNTOLD
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.models import LetterBatch, Suppression
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, State
from outreach.people.models import Household, Person, ProtectedIdentity

KIND = LETTER_KINDS[FIRST_WAVE]
_PREFIX = "invitation:"
_PURPOSES = ("all", "invitation", KIND)
PRINTED = (State.HANDED_OVER, State.DELIVERED, State.UNCERTAIN)
WAITING = (State.QUEUED,)


@dataclass(frozen=True)
class LetterRow:
    """One letter of the outbox and the invitation it is for."""

    message_id: int
    invitation_id: int


@dataclass(frozen=True)
class PersonNow:
    """A person whom an invitation asks, and the marks that live in other tables."""

    person: Person
    is_suppressed: bool
    is_protected: bool
    is_set_aside: bool
    was_asked_as_former: bool = False


def letter_rows(event_id: int, states: Collection[State], *, wave: int = FIRST_WAVE) -> list[LetterRow]:
    """Return the event's letters of `wave` in any of `states`, by postcode of the first person asked, then by id."""
    first_postcode = (
        select(func.min(Person.postcode))
        .join(Invitee, Invitee.person_id == Person.id)
        .where(Invitee.invitation_id == Invitation.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.recipient)
        .where(
            OutboxMessage.event_id == event_id,
            OutboxMessage.channel == Channel.LETTER.value,
            OutboxMessage.kind == LETTER_KINDS[wave],
            OutboxMessage.state.in_([state.value for state in states]),
        )
        .order_by(OutboxMessage.id)
    ).all()
    found = [LetterRow(message_id, int(recipient.removeprefix(_PREFIX))) for message_id, recipient in rows]
    postcodes = db.session.execute(
        select(Invitation.id, first_postcode).where(Invitation.event_id == event_id).order_by(Invitation.id)
    )
    order: dict[int, str | None] = {row[0]: row[1] for row in postcodes}
    return sorted(found, key=lambda row: (order.get(row.invitation_id) or "", row.message_id))


def invitations(ids: Sequence[int]) -> dict[int, Invitation]:
    """Return the invitations with `ids` (some hundred at most), by id."""
    wanted = select(Invitation).where(Invitation.id.in_(ids)).order_by(Invitation.id)
    return {row.id: row for row in db.session.scalars(wanted)}


def persons_now(invitation_ids: Sequence[int]) -> dict[int, list[PersonNow]]:
    """Return whom each of the invitations asks, in the order of the letter; `invitation_ids`: some hundred at most."""
    identities = or_(
        Suppression.subject_hash == Person.identity_hash,
        (Suppression.subject_hash == Person.weak_hash) & (Person.weak_hash != ""),
    )
    suppressed = exists().where(identities, Suppression.purpose.in_(_PURPOSES))
    protected = exists().where(ProtectedIdentity.identity_hash == Person.identity_hash)
    # Whom a list asked as one who had moved away, or somebody put on it by hand: that the person lives elsewhere then
    # stops no letter. The list may be of another event of the series, from which the invitation moved.
    own, listed = aliased(Event), aliased(Event)
    asked_as_former = exists().where(
        own.id == Invitee.event_id,
        or_(listed.id == own.id, listed.series_id == own.series_id),
        AudienceList.event_id == listed.id,
        AudienceMember.list_id == AudienceList.id,
        AudienceMember.person_id == Person.id,
        AudienceMember.reason.in_((Inclusion.FORMER.value, Inclusion.ADDED.value)),
    )
    rows = db.session.execute(
        select(Invitee.invitation_id, Person, suppressed, protected, Household.set_aside_reason, asked_as_former)
        .join(Person, Person.id == Invitee.person_id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Invitee.invitation_id.in_(invitation_ids))
        .order_by(Invitee.invitation_id, Invitee.position)
    )
    found: dict[int, list[PersonNow]] = {}
    for invitation_id, person, is_suppressed, is_protected, set_aside, as_former in rows:
        now = PersonNow(person, bool(is_suppressed), bool(is_protected), bool(set_aside), bool(as_former))
        found.setdefault(invitation_id, []).append(now)
    return found


def typed_addresses(invitation_ids: Sequence[int]) -> dict[int, str]:
    """Return the addresses (JSON of `PostalAddress`) that staff typed for letters that came back, by invitation."""
    wanted = select(ReturnedLetter).where(
        ReturnedLetter.invitation_id.in_(invitation_ids), ReturnedLetter.address_sealed.is_not(None)
    )
    rows = db.session.scalars(wanted.order_by(ReturnedLetter.returned_at_utc, ReturnedLetter.id))
    return {row.invitation_id: row.address or "" for row in rows}


def told_languages(event_id: int) -> dict[str, int]:
    """Return how many households of the event have told us which language they read, by language."""
    wanted = select(Invitation.language, func.count()).where(
        Invitation.event_id == event_id, Invitation.language != UNTOLD, Invitation.state == InvitationState.ACTIVE.value
    )
    rows = db.session.execute(wanted.group_by(Invitation.language).order_by(Invitation.language)).all()
    return {row[0]: row[1] for row in rows}


def letter_of(invitation_id: int, event_id: int, *, wave: int = FIRST_WAVE) -> LetterRow | None:
    """Return the letter of `wave` of one invitation of the event, in any state."""
    wanted = (
        select(OutboxMessage.id)
        .join(Invitation, Invitation.event_id == OutboxMessage.event_id)
        .where(
            Invitation.id == invitation_id,
            Invitation.event_id == event_id,
            OutboxMessage.recipient == f"{_PREFIX}{invitation_id}",
            OutboxMessage.kind == LETTER_KINDS[wave],
        )
        .order_by(OutboxMessage.id)
    )
    message_id = db.session.scalar(wanted.limit(1))
    return LetterRow(message_id, invitation_id) if message_id is not None else None


def any_letter(event_id: int, *, wave: int = FIRST_WAVE) -> int | None:
    """Return the invitation of one letter that waits or was printed, for a look at it; None when there is none."""
    wanted = select(OutboxMessage.recipient).where(
        OutboxMessage.event_id == event_id,
        OutboxMessage.kind == LETTER_KINDS[wave],
        OutboxMessage.state.in_([state.value for state in (*WAITING, *PRINTED)]),
    )
    recipient = db.session.scalar(wanted.order_by(OutboxMessage.id).limit(1))
    return int(recipient.removeprefix(_PREFIX)) if recipient else None


def open_batch(event_id: int, content_hash: str) -> LetterBatch | None:
    """Return the latest batch of this content that was not handed over, or None."""
    wanted = select(LetterBatch).where(
        LetterBatch.event_id == event_id,
        LetterBatch.content_hash == content_hash,
        LetterBatch.handed_over_at_utc.is_(None),
    )
    return db.session.scalar(wanted.order_by(LetterBatch.made_at_utc.desc(), LetterBatch.id).limit(1))


def started_batches(event_id: int) -> list[LetterBatch]:
    """Return batches of the event that were begun and not handed over: a build is at work, or died."""
    wanted = select(LetterBatch).where(
        LetterBatch.event_id == event_id, LetterBatch.handed_over_at_utc.is_(None), LetterBatch.folder != ""
    )
    return list(db.session.scalars(wanted.order_by(LetterBatch.made_at_utc, LetterBatch.id)))


def has_live_claims(worker: str, now: object) -> bool:
    """Say whether `worker` holds rows whose lease is not over."""
    wanted = select(func.count()).where(
        OutboxMessage.claimed_by == worker,
        OutboxMessage.state == State.CLAIMED.value,
        OutboxMessage.lease_until_utc > now,
    )
    return bool(db.session.scalar(wanted))


def events_to_release(user_id: int, limit: int) -> list[int]:
    """Return the events with a batch of more than `limit` letters that waits for a release by another than its maker,
    and so perhaps by `user_id`."""
    wanted = select(LetterBatch.event_id).where(
        LetterBatch.letter_count > limit,
        LetterBatch.released_at_utc.is_(None),
        LetterBatch.handed_over_at_utc.is_(None),
        or_(LetterBatch.made_by_id.is_(None), LetterBatch.made_by_id != user_id),
    )
    return list(db.session.scalars(wanted.distinct().order_by(LetterBatch.event_id)))
