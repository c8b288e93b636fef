"""What the contact point holds on people: exported for themselves, erased when they ask or their time is over.

With a sign-up go its consents, interests, what waits to change it, and the messages to it. When the register protects
the person it belongs to, it goes at once: what they want from us then, they tell us anew.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete

from outreach.audit.actor import GUEST, SYSTEM, Actor
from outreach.audit.service import record
from outreach.contact_point import queries
from outreach.contact_point.filling.service import SUBJECT, details_of, leaves_on
from outreach.contact_point.keeping import Deadlines
from outreach.contact_point.models import SignUp, SignUpRequest
from outreach.contact_point.service import recipient, request_recipient
from outreach.database import db
from outreach.messages.erasure import erase_messages, export_messages
from outreach.outbox import service as outbox
from outreach.outbox.states import Reason

_PORTION = 500


def erase_sign_ups(ids: Sequence[int], *, reason: Reason = Reason.ERASED) -> dict[str, int]:
    """Erase these sign-ups, what waits to be confirmed for them, and every message to either; return rows by table."""
    if not ids:
        return {}
    outbox.withhold(recipients=map(recipient, ids), reason=reason)
    messages = erase_messages([recipient(one) for one in ids])
    waiting = [request for part in _portions(ids) for request in _requests_of(part)]
    return _sum(messages, erase_requests(waiting), {SignUp.__tablename__: _erase(SignUp, ids)})


def erase_requests(ids: Sequence[int]) -> dict[str, int]:
    """Erase these sign-ups that nobody confirmed, and the messages to them; return rows erased by table."""
    if not ids:
        return {}
    messages = erase_messages([request_recipient(one) for one in ids])
    return {SignUpRequest.__tablename__: _erase(SignUpRequest, ids), **messages}


def erase_own(row: SignUp, *, now: datetime, actor: Actor = GUEST) -> None:
    """Erase a sign-up because the person asked for it; the log keeps its number, which then points at nobody."""
    record("contact.erase", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    erase_sign_ups([row.id])


def count_due(now: datetime) -> int:
    """Return how many sign-ups, confirmed or not, are past their time."""
    due = Deadlines(now)
    return len(queries.ids_to_let_go(due)) + len(queries.ids_unconfirmed(due))


def erase_due(now: datetime) -> dict[str, int]:
    """Erase what is past its time; return rows erased by table. Messages to those who stay go by their own rule."""
    due = Deadlines(now)
    gone, unconfirmed = queries.ids_to_let_go(due), queries.ids_unconfirmed(due)
    return _sum(erase_sign_ups(gone), erase_requests(unconfirmed))


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Erase the sign-ups of people whom the register protects. Listens to "people_protected"."""
    ids = queries.ids_of_persons(person_ids)
    if ids:
        erase_sign_ups(ids, reason=Reason.PROTECTED)
        record("contact.let_go", subject_kind=SUBJECT, actor=SYSTEM, now=now, persons=len(ids))


def export_persons(person_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return what is held on the sign-ups that belong to these persons of the register."""
    return [export(row) for row in queries.of_persons(person_ids)]


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Erase the sign-ups that belong to these persons of the register; return rows erased by table."""
    return erase_sign_ups(queries.ids_of_persons(person_ids))


def export(row: SignUp) -> dict[str, Any]:
    """Return everything that is held on somebody who signed up, for their own access (GDPR art. 15)."""
    told = details_of(row)
    return {
        "name": told.name,
        "birth_year": told.birth_year,
        "city": told.city.value,
        "school": told.school,
        "programme": told.programme,
        "finishing_year": told.finishing_year,
        "interests": sorted(told.interests),
        "channel": told.channel.value,
        "contact": told.contact,
        "language": told.language,
        "heard_by": told.heard_by,
        "is_matched_with_the_register": row.person_id is not None,
        "confirmed_at": row.confirmed_at_utc.isoformat(),
        "changed_at": row.changed_at_utc.isoformat(),
        "said_to_stay_at": row.renewed_at_utc.isoformat(),
        "came_home_on": row.came_home_on.isoformat() if row.came_home_on else None,
        "counts_as_home_since": row.home_at_utc.isoformat() if row.home_at_utc else None,
        "erased_if_silent_at": leaves_on(row).isoformat(),
        "consents": [
            {
                "purpose": one.purpose,
                "wording": one.wording,
                "given_at": one.given_at_utc.isoformat(),
                "withdrawn_at": one.withdrawn_at_utc.isoformat() if one.withdrawn_at_utc else None,
            }
            for one in row.consents
        ],
        "messages": export_messages([recipient(row.id)]),
    }


def _requests_of(ids: Sequence[int]) -> list[int]:
    contacts = [row.contact for row in queries.by_ids(ids) if row.contact]
    return queries.ids_of_requests(contacts, sign_up_ids=ids)


def _sum(*parts: dict[str, int]) -> dict[str, int]:
    tables = sorted({table for part in parts for table in part})
    return {table: sum(part.get(table, 0) for part in parts) for table in tables}


def _erase(table: Any, ids: Sequence[int]) -> int:
    return sum(_run(delete(table).where(table.id.in_(part))) for part in _portions(ids))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _PORTION] for at in range(0, len(ids), _PORTION))


def _run(statement: Any) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expire_all()
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
