"""What answers hold on people, and how it goes: contact and needs first, who said yes, in the end the whole answer.

A number of persons stays with the seat and the ticket until the event's people are erased, because the door must still
let in whoever was promised a place. A party that waits keeps its place as a number as long as its code opens anything.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Delete, Update, delete, func, or_, select, true, update

from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations import queries as invitations
from outreach.invitations.models import Invitee
from outreach.outbox.service import withhold
from outreach.outbox.states import Reason
from outreach.rsvp.answer import recipient
from outreach.rsvp.invitation_page import brought_of, extra_columns
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.open_sign_up import erasure as open_sign_up
from outreach.rsvp.own_questions import erasure as own_questions
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.queries import rsvp_ids_with_persons
from outreach.rsvp.replies import erasure as replies_erasure
from outreach.rsvp.replies.models import CalendarAnswer
from outreach.rsvp.waitlist.models import WaitPlace

# Fewer parameters than any database's limit on one statement.
_PORTION = 500


def erase_event_people(event_id: int) -> dict[str, int]:
    """Delete every answer to an event and its waiting list; return the number of rows by table.

    Seats held stay, as a figure.
    """
    mine = select(Rsvp.id).where(Rsvp.event_id == event_id)
    _run(update(SeatCount).where(SeatCount.event_id == event_id).values(waiting=0))
    return {
        CalendarAnswer.__tablename__: replies_erasure.erase_event_people(event_id),
        WaitPlace.__tablename__: _run(delete(WaitPlace).where(WaitPlace.event_id == event_id)),
        Need.__tablename__: _run(delete(Need).where(Need.rsvp_id.in_(mine))),
        QuestionReply.__tablename__: _run(delete(QuestionReply).where(QuestionReply.rsvp_id.in_(mine))),
        PersonAnswer.__tablename__: _run(delete(PersonAnswer).where(PersonAnswer.rsvp_id.in_(mine))),
        Rsvp.__tablename__: _run(delete(Rsvp).where(Rsvp.event_id == event_id)),
        **open_sign_up.erase_event_people(event_id),
    }


def count_needs(ended_before: datetime) -> int:
    """Return how many needs are kept of guests of events that ended before."""
    return db.session.scalar(select(func.count()).select_from(Need).where(_is_over(ended_before))) or 0


def erase_needs(ended_before: datetime) -> dict[str, int]:
    """Erase what guests of events that ended before need, and what of it a guest wrote; answers and seats stay."""
    return {Need.__tablename__: _run(delete(Need).where(_is_over(ended_before)))}


def _is_over(ended_before: datetime) -> ColumnElement[bool]:
    over = select(Rsvp.id).join(Event, Event.id == Rsvp.event_id).where(Event.ends_at_utc < ended_before)
    return Need.rsvp_id.in_(over)


def erase_persons(person_ids: Sequence[int], *, is_protected: bool = False) -> dict[str, int]:
    """Erase what answers hold on `person_ids`: their yes or no, and the needs and contact of the parties they are in.

    Contact, what the household replied together and needs that are nobody's alone may be anybody's in the party, so all
    of them go; needs of another person stay, unless somebody `is_protected`, whom they might tell of. Seats and tickets
    stay, as numbers. Returns the rows touched by table.
    """
    invitations.hold_with_persons(person_ids)
    tables = (PersonAnswer, Need, QuestionReply, Rsvp)
    counts = dict.fromkeys((table.__tablename__ for table in tables), 0)
    for start in range(0, len(person_ids), _PORTION):
        for table, count in _erase_portion(person_ids[start : start + _PORTION], is_protected).items():
            counts[table] += count
    return counts


def export_persons(person_ids: Sequence[int], *, shared: Collection[int] = ()) -> list[dict[str, Any]]:
    """Return what each of the persons answered, with the contact, needs and replies of the party where it is theirs
    alone.

    `shared`: invitations that ask others too. Contact and needs belong to the party and may be anybody's in it, so of
    those it is only told that there are some.
    """
    wanted = (
        select(PersonAnswer, Rsvp, Event.title)
        .join(Invitee, Invitee.id == PersonAnswer.invitee_id)
        .join(Rsvp, Rsvp.id == PersonAnswer.rsvp_id)
        .join(Event, Event.id == Rsvp.event_id)
        .where(Invitee.person_id.in_(person_ids))
        .order_by(Rsvp.answered_at_utc, Rsvp.id)
    )
    return [
        _exported(answer, party, title, is_shared=party.invitation_id in shared)
        for answer, party, title in db.session.execute(wanted)
    ]


def _exported(answer: PersonAnswer, party: Rsvp, title: str, *, is_shared: bool) -> dict[str, Any]:
    own = {
        "email": party.email,
        "mobile": party.mobile,
        "needs": _needs(party, 0),
        **extra_columns(brought_of(party)),
        "answers_from_calendar": replies_erasure.export_party(party.invitation_id),
        "replies": own_questions.exported(party.id, None),
    }
    held = sorted(name for name, value in own.items() if value)
    return {
        "event": title,
        "is_coming": answer.is_coming,
        "answer_state": party.state,
        "language": party.language,
        "answered_at": party.answered_at_utc.isoformat(),
        "changed_at": party.changed_at_utc.isoformat(),
        "own_needs": _needs(party, answer.position),
        "own_replies": own_questions.exported(party.id, answer.invitee_id),
        **({"held_for_the_household": held} if is_shared else own),
    }


def _needs(party: Rsvp, position: int) -> list[dict[str, Any]]:
    return [{"need": need.kind, "words": need.text} for need in party.needs if need.position == position]


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Erase as `erase_persons` when people are protected: the ticket keeps its light and its number, without a name."""
    portions = [person_ids[start : start + _PORTION] for start in range(0, len(person_ids), _PORTION)]
    parties = [rsvp_id for portion in portions for rsvp_id in rsvp_ids_with_persons(portion)]
    if parties:
        withhold(recipients=map(recipient, parties), reason=Reason.PROTECTED)
        counts = erase_persons(person_ids, is_protected=True)
        record("rsvp.erase_persons", subject_kind="rsvp", actor=SYSTEM, now=now, **counts)


def _erase_portion(person_ids: Sequence[int], is_protected: bool) -> dict[str, int]:
    parties = rsvp_ids_with_persons(person_ids)
    invitees = select(Invitee.id).where(Invitee.person_id.in_(person_ids))
    replies_erasure.forget_party(parties)
    no_contact = update(Rsvp).where(Rsvp.id.in_(parties)).values(email_sealed=None, mobile_sealed=None)
    theirs = select(PersonAnswer.id).where(
        PersonAnswer.rsvp_id == Need.rsvp_id,
        PersonAnswer.position == Need.position,
        PersonAnswer.invitee_id.in_(invitees),
    )
    mine_or_ours = true() if is_protected else or_(Need.position == 0, theirs.exists())
    needs = _run(delete(Need).where(Need.rsvp_id.in_(parties), mine_or_ours))
    return {
        Need.__tablename__: needs,
        PersonAnswer.__tablename__: _run(delete(PersonAnswer).where(PersonAnswer.invitee_id.in_(invitees))),
        QuestionReply.__tablename__: _run(own_questions.deletion(parties, invitees)),
        Rsvp.__tablename__: _run(no_contact),
    }


def _run(statement: Delete | Update) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
