"""What the front desk's notes hold on people: exported for one person, erased with the event's people or one of them.

A note is about a household and may be about anybody in it, so it goes with the first of them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from outreach.database import db
from outreach.events.models import Event
from outreach.invitations import queries as invitations
from outreach.rsvp.desk.models import DeskNote

_PORTION = 500


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the notes of an event; return the number of rows by table."""
    return {DeskNote.__tablename__: _erase(DeskNote.event_id == event_id)}


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Erase the notes on the households of `person_ids`; return the number of rows by table."""
    ids = invitations.with_persons(person_ids)
    portions = (ids[start : start + _PORTION] for start in range(0, len(ids), _PORTION))
    return {DeskNote.__tablename__: sum(_erase(DeskNote.invitation_id.in_(part)) for part in portions)}


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Do the same when people are protected. Listens to "people_protected"."""
    erase_persons(person_ids)


def export_of_invitations(invitation_ids: Sequence[int], *, shared: Collection[int] = ()) -> list[dict[str, Any]]:
    """Return the notes on these invitations (some hundred at most), the oldest first.

    `shared`: invitations that ask others too. Who was spoken of nobody knows, so of those only when and how.
    """
    wanted = select(DeskNote, Event.title).join(Event, Event.id == DeskNote.event_id)
    mine = wanted.where(DeskNote.invitation_id.in_(invitation_ids)).order_by(DeskNote.noted_at_utc, DeskNote.id)
    return [
        {
            "event": title,
            "noted_at": note.noted_at_utc.isoformat(),
            "got_in_touch": note.way,
            **({"held_for_the_household": ["note"]} if note.invitation_id in shared else {"note": note.text}),
        }
        for note, title in db.session.execute(mine)
    ]


def _erase(which: Any) -> int:
    done = db.session.execute(delete(DeskNote).where(which), execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount
