"""Reads what stands under lock, and writes an answer over it. Statements are put together once: this runs while the one
writer's place, or a row, is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from outreach.database import db, new_id, seal
from outreach.database.conflicts import insert_if_free
from outreach.invitations.models import Invitation
from outreach.rsvp import queries
from outreach.rsvp.answer import Answer, RsvpState
from outreach.rsvp.models import Need, PersonAnswer, Rsvp

_rsvp = Rsvp.__table__
_need = Need.__table__
_person_answer = PersonAnswer.__table__
_CHANGED = ("state", "persons", "extra_children", "revision", "language", "changed_at_utc")
_CONTACT = ("email_sealed", "mobile_sealed")
_UPDATE = (
    update(_rsvp)
    .where(_rsvp.c.id == bindparam("wanted_id"))
    .values({name: bindparam(f"new_{name}") for name in (*_CHANGED, *_CONTACT)})
)
_DELETE_PARTS = tuple(
    delete(table).where(table.c.rsvp_id == bindparam("wanted_id")) for table in (_person_answer, _need)
)
_INSERT_ANSWERS, _INSERT_NEEDS = insert(_person_answer), insert(_need)


@dataclass(frozen=True)
class Before:
    """What stood before. `state` None: nothing yet; `stored` is then None too. `held`: seats of the party."""

    rsvp_id: int
    state: RsvpState | None = None
    held: int = 0
    revision: int = 0
    stored: Any = None


def standing_before(invitation_id: int) -> Before:
    """Return what stands for an invitation, locked; with a new id when nothing does."""
    stored = queries.locked(invitation_id)
    if stored is None:
        return Before(new_id())
    state = RsvpState(stored.state)
    held = stored.persons if state is RsvpState.ATTENDING else 0
    return Before(stored.id, state, held, stored.revision, stored)


def write(
    invitation: Invitation, before: Before, given: Answer, *, state: RsvpState, now: datetime, language: str
) -> bool | None:
    """Write `given` over `before`; say whether there is an e-mail address to send a receipt to.

    None: another browser answered first in the same moment, and nothing was written; what stands must be read again.
    """
    values = _values(before, given, state=state, now=now, language=language)
    if before.state is None:
        names = {"id": before.rsvp_id, "invitation_id": invitation.id, "event_id": invitation.event_id}
        if not insert_if_free(Rsvp, **names, answered_at_utc=now, **values):
            return None
    else:
        new_values = {f"new_{name}": value for name, value in values.items()}
        db.session.execute(_UPDATE, {"wanted_id": before.rsvp_id, **new_values})
        for statement in _DELETE_PARTS:
            db.session.execute(statement, {"wanted_id": before.rsvp_id})
    _insert_parts(before.rsvp_id, given)
    return values["email_sealed"] is not None


def _values(before: Before, given: Answer, *, state: RsvpState, now: datetime, language: str) -> dict[str, Any]:
    """Return the columns that an answer decides. A yes taken back keeps its address, for the receipt."""
    email = seal(given.email, column="rsvp.email_sealed", row_id=before.rsvp_id)
    return {
        "state": state.value,
        "persons": given.persons,
        "extra_children": given.extra_children,
        "revision": before.revision + 1,
        "language": language,
        "changed_at_utc": now,
        "email_sealed": before.stored.email_sealed if state is RsvpState.CANCELLED else email,
        "mobile_sealed": seal(given.mobile, column="rsvp.mobile_sealed", row_id=before.rsvp_id),
    }


def _insert_parts(rsvp_id: int, given: Answer) -> None:
    _insert_all(_INSERT_ANSWERS, [{"id": new_id(), "rsvp_id": rsvp_id, **vars(choice)} for choice in given.choices])
    _insert_all(_INSERT_NEEDS, [_need_row(rsvp_id, need.kind, need.text) for need in given.needs])


def _insert_all(statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)


def _need_row(rsvp_id: int, kind: str, text: str) -> dict[str, Any]:
    row_id = new_id()
    sealed = seal(text or None, column="need.text_sealed", row_id=row_id)
    return {"id": row_id, "rsvp_id": rsvp_id, "kind": kind, "text_sealed": sealed}
