"""Use cases of invitations: make them for a segment, revoke them, take out who became protected or was erased.

Never commits. Everything about one mailing goes into one transaction: the frozen list, the invitations, their letters
in the outbox and the audit row. Unique constraints decide who is asked; a second run finds nothing left to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from outreach.audience import service as audience
from outreach.audience.frozen import queries as audience_lists
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.errors import N_, OutreachError
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.formats.short_code import INVITATION, new_selector
from outreach.invitations import queries
from outreach.invitations.invitation import Plan, State, plan
from outreach.invitations.letters.making import erasure as making_erasure
from outreach.invitations.letters.returning import erasure as returning_erasure
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox import service as outbox
from outreach.outbox.message import LETTER_KINDS, invitation_letter, invitation_recipient, letter_purpose
from outreach.outbox.states import Reason as WithheldReason
from outreach.register.freshness.queries import fresh_import

_ROWS_A_STATEMENT = 1_000
_TRIES = 20

Party = tuple[int | None, tuple[int, ...]]


class EventNotOpenError(OutreachError):
    """Nobody is invited to a draft, to a cancelled event or to one that is over."""

    message = N_("Arrangementet må være publisert før du kan invitere noen til det.")


class EventCancelledError(EventNotOpenError):
    """The event was called off."""

    message = N_("Arrangementet er avlyst. Du kan ikke invitere noen til det.")


class EventOverError(EventNotOpenError):
    """The event has ended."""

    message = N_("Arrangementet er over. Du kan ikke invitere noen til det.")


@dataclass(frozen=True)
class Created:
    """What one run made. `people` and `households` are the segment's, `invitations` and `joined` this run's."""

    people: int
    households: int
    invitations: int
    already_invited: int
    joined: int
    excluded: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return what `flask invitations create --json` prints (promises.md 8)."""
        return vars(self)


def code_of(invitation: Invitation) -> str:
    """Return the code of `invitation`: 12 characters, ungrouped. It is computed, never stored."""
    return queries.code_of(invitation.selector, invitation.generation)


def create_invitations(
    event: Event, *, segment: str, since: date | None, until: date | None, now: datetime, actor: Actor
) -> Created:
    """Ask everybody in `segment` to `event`, a household by one letter, and queue the letters. Twice is as once.

    Raises EventNotOpenError, NoExtractError, ExtractTooOldError, and what the segment raises.
    """
    refuse_closed(event, now)
    fresh_import(now)
    queries.lock_event(event.id)
    counted = audience.count(event, segment=segment, since=since, until=until)
    frozen = audience.freeze(event, segment=segment, since=since, until=until, now=now)
    todo = plan_of(event.id, frozen.id)
    made = make(event.id, todo, now)
    record(
        "invitation.create",
        subject_kind="event",
        subject_id=event.id,
        actor=actor,
        now=now,
        list_id=frozen.id,
        invitations=made,
        joined=len(todo.joiners),
    )
    return Created(
        people=counted.people,
        households=counted.households,
        invitations=made,
        already_invited=counted.already_invited,
        joined=len(todo.joiners),
        excluded=counted.excluded,
    )


def revoke(invitation: Invitation, *, now: datetime, actor: Actor) -> None:
    """Make the code of `invitation` open nothing, and stop what has not been sent. Twice is as once."""
    if invitation.state != State.ACTIVE:
        return
    invitation.state = State.REVOKED.value
    db.session.flush()
    outbox.withhold(recipient=invitation_recipient(invitation.id), reason=WithheldReason.REVOKED)
    record("invitation.revoke", subject_kind="invitation", subject_id=invitation.id, actor=actor, now=now)


def note_look(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one invitation with its names and code."""
    record("invitation.look", subject_kind="invitation", subject_id=invitation_id, actor=actor, now=now)


def note_list_look(event_id: int, *, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one page of the event's invitations with names and addresses."""
    record("invitation.list", subject_kind="event", subject_id=event_id, actor=actor, now=now, page=page)


def note_search(event_id: int, *, found: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` searched the event's invitations for a name and how many were found; not the name."""
    record("invitation.search", subject_kind="event", subject_id=event_id, actor=actor, now=now, found=found)


def hold_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Have answers of persons who became protected wait, or wait for them, before anything of theirs is looked for.

    Listens to "people_protected", before all others.
    """
    queries.hold_with_persons(person_ids)


def leave_out_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Take persons who became protected out of every invitation, in the transaction that marks them.

    Their household's unsent letters are stopped whole: the others at that address are looked at by hand. An invitation
    with nobody left is revoked. Listens to "people_protected".
    """
    touched = queries.with_persons(person_ids)
    if not touched:
        return
    take_out(person_ids, touched, then=State.REVOKED)
    returning_erasure.erase_of_invitations(touched)
    making_erasure.drop_files_with(touched)
    outbox.withhold(recipients=map(invitation_recipient, touched), reason=WithheldReason.PROTECTED)


def move_places(pairs: Sequence[tuple[int, int]]) -> None:
    """Give the places of the second person of each of `pairs` (kept, gone) to the first, who turned out to be the same.

    Where the first is asked already, the second's place is left to be erased. Listens to "people_joined".
    """
    asked = aliased(Invitee)
    is_asked = exists().where(asked.event_id == Invitee.event_id, asked.person_id == bindparam("kept"))
    move = update(Invitee).where(Invitee.person_id == bindparam("gone"), ~is_asked).values(person_id=bindparam("kept"))
    rows = [{"kept": kept, "gone": gone} for kept, gone in pairs]
    db.session.connection().execute(move, rows)


def stop_letters(event_id: int, now: datetime) -> None:
    """Stop the invitation letters and reminders that are not sent when their event is cancelled. Listens to
    "event_cancelled".

    The invitations stay: who has the letter reads on its page that the event is cancelled.
    """
    for wave in LETTER_KINDS:
        purpose = letter_purpose(event_id, wave)
        outbox.withhold(event_id=event_id, purpose=purpose, reason=WithheldReason.EVENT_CANCELLED)


def take_out(person_ids: Sequence[int], invitation_ids: Sequence[int], *, then: State) -> int:
    """Erase the places of `person_ids`; invitations among `invitation_ids` with nobody left become `then`.

    Returns the number of places erased.
    """
    erased = 0
    for part in _parts(person_ids):
        erased += _count(delete(Invitee).where(Invitee.person_id.in_(part)))
    for part in _parts(invitation_ids):
        # It may have been said of one who is taken out.
        _count(update(Invitation).where(Invitation.id.in_(part)).values(lives_in=""))
    for part in _parts(queries.empty_among(invitation_ids)):
        _count(update(Invitation).where(Invitation.id.in_(part)).values(state=then.value))
    db.session.expire_all()
    return erased


def refuse_closed(event: Event, now: datetime) -> None:
    """Raise EventNotOpenError, or one that says why more closely, when nobody is invited to `event`."""
    if event.state == EventState.CANCELLED:
        raise EventCancelledError
    if event.state != EventState.PUBLISHED:
        raise EventNotOpenError
    if event.ends_at_utc <= now:
        raise EventOverError


def plan_of(event_id: int, list_id: int) -> Plan:
    """Return what is missing for those in a frozen list."""
    persons = audience_lists.included(list_id)
    return plan(persons, asked=queries.asked_persons(event_id), made=queries.made_by_household(event_id))


def make(event_id: int, todo: Plan, now: datetime) -> int:
    """Insert what `todo` says, queue a letter for each new invitation, and return how many those are."""
    ids = _insert_invitations(event_id, todo.parties, now)
    places = [
        (ids[number], position, person)
        for number, (_, persons) in enumerate(todo.parties)
        if number in ids
        for position, person in enumerate(persons, start=1)
    ]
    _insert_invitees(event_id, [*places, *todo.joiners])
    outbox.queue((invitation_letter(invitation_id=made, event_id=event_id) for made in ids.values()), now)
    return len(ids)


def _insert_invitations(event_id: int, parties: Sequence[Party], now: datetime) -> dict[int, int]:
    """Insert one invitation for each of `parties`; return their ids by the party's number.

    Of 6.4 million selectors some are drawn twice in a large mailing: the unique constraint drops those rows, and they
    are drawn again.
    """
    ids: dict[int, int] = {}
    for _ in range(_TRIES):
        missing = [number for number in range(len(parties)) if number not in ids]
        if not missing:
            return ids
        drawn = _draw(missing)
        rows = [_row(event_id, parties[number][0], selector, now) for selector, number in drawn.items()]
        _insert_ignoring(Invitation, rows)
        made = queries.existing([row["id"] for row in rows])
        ids |= {drawn[row["selector"]]: row["id"] for row in rows if row["id"] in made}
    return ids


def _draw(numbers: Sequence[int]) -> dict[str, int]:
    drawn: dict[str, int] = {}
    for number in numbers:
        selector = new_selector(INVITATION)
        while selector in drawn:
            selector = new_selector(INVITATION)
        drawn[selector] = number
    return drawn


def _row(event_id: int, household_id: int | None, selector: str, now: datetime) -> dict[str, Any]:
    known = {"event_id": event_id, "household_id": household_id, "selector": selector, "created_at_utc": now}
    defaults = {"generation": 1, "state": State.ACTIVE.value, "language": "nb", "is_signed_up": False, "lives_in": ""}
    return {"id": new_id(), **known, **defaults}


def _insert_invitees(event_id: int, places: Sequence[tuple[int, int, int]]) -> None:
    rows = [
        {"id": new_id(), "invitation_id": invitation, "event_id": event_id, "person_id": person, "position": position}
        for invitation, position, person in places
    ]
    for part in _parts(rows):
        db.session.execute(insert(Invitee), part)


def _insert_ignoring(table: type[Invitation], rows: Sequence[dict[str, Any]]) -> None:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    for part in _parts(rows):
        db.session.execute(dialect.insert(table).on_conflict_do_nothing(), part)


def _parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + _ROWS_A_STATEMENT] for start in range(0, len(items), _ROWS_A_STATEMENT)]


def _count(statement: Any) -> int:
    result: Any = db.session.execute(statement)
    return int(result.rowcount)
