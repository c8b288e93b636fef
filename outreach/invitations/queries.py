"""Every SELECT of invitations, and the way from a code to the row: selector by index, code in constant time."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, bindparam, case, func, literal_column, or_, select

from outreach.database import db, run
from outreach.database.sealed import key_ring
from outreach.database.together import Step
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.events.models import Event
from outreach.events.series.queries import same_series
from outreach.formats.short_code import INVITATION, Code, compute, read
from outreach.invitations.invitation import AskedTo, Made, OpenedInvitation, State
from outreach.invitations.letter_words import BY_SVARUT
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.models import Suppression
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.outbox.states import State as MessageState
from outreach.people.models import Person
from outreach.web.throttle import RECENT_FAILURES

_PURPOSE = "invitation"
_LETTER = "invitation_letter"
_AGAINST_US = Suppression.purpose.in_(("all", _PURPOSE, _LETTER))
# How a letter stands: its state, and by whom it is delivered where that is not a printer.
LETTER_STANDING: ColumnElement[str] = case(
    (
        and_(OutboxMessage.channel == Channel.SVARUT.value, OutboxMessage.state == MessageState.HANDED_OVER.value),
        BY_SVARUT,
    ),
    else_=OutboxMessage.state,
)
_IDS_A_STATEMENT = 900


class UnknownCodeError(NotFoundError):
    """The code has the right form, and no invitation has it."""

    message = N_("Vi finner ingen invitasjon med denne koden. Sjekk koden i brevet, eller ring oss.")


class InvitationGoneError(OutreachError):
    """The code is right, and the invitation is not in force any more."""

    message = N_("Denne invitasjonen gjelder ikke lenger. Ring oss hvis du mener at det er feil.")
    http_status = 410


# Put together once: every personal page begins with it. There is a row whether or not there is an invitation.
_invitation, _event = Invitation.__table__.c, Event.__table__.c
_typed = select(bindparam("selector", type_=String).label("selector")).subquery()
OPENING = (
    select(
        RECENT_FAILURES,
        _invitation.id,
        _invitation.generation,
        _invitation.state,
        _invitation.is_signed_up,
        _invitation.language,
        *(_event[field.name] for field in fields(AskedTo)),
    )
    .select_from(_typed)
    .outerjoin(Invitation.__table__, _invitation.selector == _typed.c.selector)
    .outerjoin(Event.__table__, _event.id == _invitation.event_id)
)
_WIDTH = len(OPENING.selected_columns)
_HOLD = (
    select(_invitation.event_id, _invitation.state)
    .where(_invitation.id == bindparam("invitation_id"))
    .order_by(_invitation.id)
    .with_for_update()
)
# The row is found by its id alone: on a young database the index of an event and its state looks as good.
_held = _HOLD.cte()
_HOLD_ACTIVE = select(_held).filter_by(state=State.ACTIVE.value, event_id=bindparam("event_id"))


def code_of(selector: str, generation: int) -> str:
    """Return the code (12 characters, ungrouped) of an invitation's selector and generation."""
    return compute(INVITATION, selector, key_ring().link_mac(_PURPOSE, selector, generation))


def by_code(typed: str) -> Invitation:
    """Return the invitation, in any state, that has the code `typed`, however it is written.

    Raises MistypedCodeError when it cannot be a code, and UnknownCodeError when no invitation has it.
    """
    code = read(INVITATION, typed)
    found: Invitation | None = db.session.scalar(select(Invitation).where(Invitation.selector == code.selector))
    if not _is_right(code, found.generation if found else 0) or found is None:
        raise UnknownCodeError
    return found


def opened(code: Code, watched: Mapping[str, Any]) -> tuple[OpenedInvitation | None, int]:
    """Return the invitation, in any state, that has `code`, and the failures of `watched` (`throttle.counted`)."""
    return opened_by(code, run(OPENING, {"selector": code.selector, **watched}).one())


def opened_by(code: Code, row: Row[*tuple[Any, ...]]) -> tuple[OpenedInvitation | None, int]:
    """Return the same from a row that begins with the columns of OPENING."""
    failures, id_, generation, state, is_signed_up, language, *event = tuple(row[:_WIDTH])
    if not _is_right(code, generation or 0) or id_ is None:
        return None, failures
    return OpenedInvitation(id_, code.text, State(state), AskedTo(*event), bool(is_signed_up), language), failures


def _is_right(code: Code, generation: int) -> bool:
    # Computed and compared also where there is no row, so that the time tells nothing.
    return hmac.compare_digest(code_of(code.selector, generation), code.text)


def hold(invitation_id: int) -> tuple[int, State] | None:
    """Return the event of an invitation and its state, kept until this transaction ends; None without an invitation."""
    rows = run(_HOLD, {"invitation_id": invitation_id}).rows
    return (rows[0].event_id, State(rows[0].state)) if rows else None


def hold_active(invitation_id: int) -> int:
    """Return the event of an invitation that is in force, and keep both until this transaction ends.

    Raises InvitationGoneError when it was taken back, or its people are protected or erased, since it was read.
    """
    found = hold(invitation_id)
    if found is None or found[1] is not State.ACTIVE:
        raise InvitationGoneError
    return found[0]


def holding(invitation_id: int, event_id: int) -> Step:
    """Return the first step of an answer to `event_id`: what `hold_active` does."""
    return Step(_HOLD_ACTIVE, {"invitation_id": invitation_id, "event_id": event_id})


def hold_with_persons(person_ids: Sequence[int]) -> None:
    """Keep the invitations that any of `person_ids` is in as they are until this transaction ends.

    Whoever answers holds the invitation too: an answer is either seen whole by who erases its persons, or refused.
    """
    wanted = with_persons(person_ids)
    for part in _parts(wanted):
        db.session.execute(
            select(Invitation.id).where(Invitation.id.in_(part)).order_by(Invitation.id).with_for_update()
        )


def made_by_household(event_id: int) -> dict[int, Made]:
    """Return the invitations by household to the event, and to those in a series with it.

    Of an invitation to another event of the series somebody new is no part: it counts as one that is not active.
    """
    rows = db.session.execute(
        select(
            Invitation.household_id,
            Invitation.id,
            and_(Invitation.state == State.ACTIVE.value, Invitation.event_id == event_id),
            func.coalesce(func.max(Invitee.position), 0),
        )
        .outerjoin(Invitee, Invitee.invitation_id == Invitation.id)
        .where(Invitation.event_id.in_(same_series(event_id)), Invitation.household_id.is_not(None))
        .group_by(Invitation.household_id, Invitation.id, Invitation.state)
        .order_by(Invitation.id)
    )
    return {household: Made(id_, is_active, last) for household, id_, is_active, last in rows if household}


def asked_persons(event_id: int) -> frozenset[int]:
    """Return the persons who are in an invitation to the event, or to one in a series with it."""
    return frozenset(db.session.scalars(asked(event_id)))


def asked(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons who are in an invitation to the event, or to one that it is in a series with:
    one invitation is for all of those. For the audience's one statement."""
    named = select(Invitee.person_id).where(Invitee.event_id.in_(same_series(event_id)), Invitee.person_id.is_not(None))
    return named.order_by(Invitee.person_id)


def asked_elsewhere(event_id: int) -> Select[Any]:
    """Return the SELECT of (person_id, at_utc) of each place in an invitation to another event, for the audience."""
    named = ever_asked_elsewhere(event_id).add_columns(Invitation.created_at_utc.label("at_utc"))
    return named.join(Invitation, Invitation.id == Invitee.invitation_id)


def ever_asked_elsewhere(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) who are in an invitation to another event, for the audience."""
    named = select(Invitee.person_id.label("person_id"))
    return named.where(Invitee.event_id != event_id, Invitee.person_id.is_not(None)).order_by(Invitee.person_id)


def suppressed(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons who asked us not to write, whatever the event."""
    # In the order of the hashes: each page of an index of persons is then looked at once, however many they are.
    wishes = select(Suppression.subject_hash).where(_AGAINST_US).order_by(Suppression.subject_hash)
    wish = wishes.cte().prefix_with("MATERIALIZED")
    # As an expression, so that SQLite finds the person by the hash and not the wish by each person.
    subject_hash = wish.c.subject_hash.concat(literal_column("''"))
    by_identity = select(Person.id).join(wish, subject_hash == Person.identity_hash)
    by_name_and_birth = select(Person.id).join(wish, subject_hash == Person.weak_hash)
    either = by_identity.union_all(by_name_and_birth.where(Person.weak_hash != "")).subquery()
    return select(either.c.id)


def is_suppressed(person: type[Person]) -> ColumnElement[bool]:
    """Return whether a row of `person`, Person or an alias of it, asked us not to write: looked up, where few are."""
    by_name_and_birth = and_(Suppression.subject_hash == person.weak_hash, person.weak_hash != "")
    own = or_(Suppression.subject_hash == person.identity_hash, by_name_and_birth)
    return select(Suppression.id).where(_AGAINST_US, own).exists()


def lock_event(event_id: int) -> None:
    """Wait until nobody else makes invitations to the event (row lock; SQLite has one writer anyway)."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())


def existing(invitation_ids: Sequence[int]) -> set[int]:
    """Return which of `invitation_ids` are in the database."""
    return set(_ids_where(invitation_ids))


def with_persons(person_ids: Sequence[int]) -> list[int]:
    """Return the ids of the invitations that any of `person_ids` is in, by id."""
    found: set[int] = set()
    for part in _parts(person_ids):
        rows = select(Invitee.invitation_id).where(Invitee.person_id.in_(part)).order_by(Invitee.invitation_id)
        found.update(db.session.scalars(rows))
    return sorted(found)


def shared_among(invitation_ids: Sequence[int]) -> frozenset[int]:
    """Return which of `invitation_ids` (some hundred at most) ask more than one person."""
    places = select(Invitee.invitation_id).where(Invitee.invitation_id.in_(invitation_ids))
    shared = places.group_by(Invitee.invitation_id).having(func.count() > 1)
    return frozenset(db.session.scalars(shared.order_by(Invitee.invitation_id)))


def empty_among(invitation_ids: Sequence[int]) -> list[int]:
    """Return which active ones of `invitation_ids` have nobody in them, by id."""
    someone = select(Invitee.id).where(Invitee.invitation_id == Invitation.id).exists()
    return _ids_where(invitation_ids, Invitation.state == State.ACTIVE.value, ~someone)


def erased_among(invitation_ids: Sequence[int]) -> list[int]:
    """Return which of `invitation_ids` are erased, by id."""
    return _ids_where(invitation_ids, Invitation.state == State.ERASED.value)


def _ids_where(invitation_ids: Sequence[int], *conditions: ColumnElement[bool]) -> list[int]:
    found: list[int] = []
    for part in _parts(invitation_ids):
        wanted = select(Invitation.id).where(Invitation.id.in_(part), *conditions)
        found.extend(db.session.scalars(wanted.order_by(Invitation.id)))
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _IDS_A_STATEMENT] for start in range(0, len(ids), _IDS_A_STATEMENT))


def state_counts(event_id: int) -> dict[str, int]:
    """Return how many invitations of the event are in each state; all states are there."""
    rows = db.session.execute(
        select(Invitation.state, func.count())
        .where(Invitation.event_id == event_id)
        .group_by(Invitation.state)
        .order_by(Invitation.state)
    )
    counts: dict[str, int] = dict(rows.all())
    return {state.value: counts.get(state.value, 0) for state in State}


def letter_counts(event_id: int, *channels: Channel, wave: int = FIRST_WAVE) -> dict[str, int]:
    """Return how many of the event's letters of `wave` (of those by `channels`) stand how, by `letter_words`."""
    by = [OutboxMessage.channel.in_([channel.value for channel in channels])] if channels else []
    mine = select(LETTER_STANDING.label("standing")).where(
        OutboxMessage.event_id == event_id, OutboxMessage.kind == LETTER_KINDS[wave], *by
    )
    inner = mine.subquery()
    wanted = select(inner.c.standing, func.count()).group_by(inner.c.standing).order_by(inner.c.standing)
    return dict(db.session.execute(wanted).all())


def invited_persons(event_id: int) -> int:
    """Return how many persons are in the event's active invitations."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Invitee)
            .join(Invitation, Invitation.id == Invitee.invitation_id)
            .where(Invitation.event_id == event_id, Invitation.state == State.ACTIVE.value)
        )
        or 0
    )
