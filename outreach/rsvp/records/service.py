"""Writes an answer over the one that was read. Statements are put together once, and few run: this is while the one
writer's place, or a row, is held.

No lock is taken to look again. The answer is changed on condition that its revision is still the one that was read.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from outreach.database import new_id, run, seal
from outreach.database.conflicts import inserting, inserting_or_changing
from outreach.database.together import Step
from outreach.invitations.invitation import Asked
from outreach.rsvp.answer import Answer, NeedWish, RsvpState, choices, party_seats
from outreach.rsvp.invitation_page import NUMBERS, GivenAnswer, Household, extra_columns
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from outreach.rsvp.own_questions.service import writing_replies

_rsvp = Rsvp.__table__
_need = Need.__table__
_ALWAYS = ("state", *NUMBERS, "revision", "language", "changed_at_utc", "mobile_sealed")
_BY_ID = (
    update(_rsvp)
    .where(_rsvp.c.id == bindparam("wanted_id"))
    .values({name: bindparam(f"new_{name}") for name in _ALWAYS})
    .returning(_rsvp.c.email_sealed.is_not(None))
)
# A yes taken back keeps its address, for the receipt.
_TAKE_BACK = _BY_ID.where(_rsvp.c.revision == bindparam("read_revision"))
_CHANGE = _TAKE_BACK.values(email_sealed=bindparam("new_email_sealed"))
_ATTEND = (
    update(_rsvp)
    .where(_rsvp.c.id == bindparam("wanted_id"))
    .values(state=RsvpState.ATTENDING.value, revision=_rsvp.c.revision + 1, changed_at_utc=bindparam("now"))
    .returning(_rsvp.c.language)
)
_DELETE_NEEDS = delete(_need).where(_need.c.rsvp_id == bindparam("wanted_id"))
_INSERT_NEED = insert(_need)


def write(
    invitation: Asked, before: Household, given: Answer, *, state: RsvpState, now: datetime, language: str
) -> tuple[int, bool] | None:
    """Write `given` over `before`; return the answer's id and whether there is an address to send a receipt to.

    None: another browser answered in the same moment, and nothing was written; what stands must be read again.
    """
    rsvp_id = before.rsvp.id if before.rsvp else new_id()
    own, *parts = writing(rsvp_id, invitation, before, given, state=state, now=now, language=language)
    found = own.run()
    if not (found.rows or found.rowcount == 1):
        return None
    for part in parts:
        part.run()
    return rsvp_id, found.scalar() if before.rsvp else given.email is not None


def writing(
    rsvp_id: int,
    invitation: Asked,
    before: Household,
    given: Answer,
    *,
    state: RsvpState,
    now: datetime,
    language: str,
) -> Iterator[Step]:
    """Yield the steps of `write`, the answer's own row first."""
    values = {
        "state": state.value,
        **vars(party_seats(given, before.guests)),
        **extra_columns(given.brought),
        "revision": before.rsvp.revision + 1 if before.rsvp else 1,
        "language": language,
        "changed_at_utc": now,
        "mobile_sealed": seal(given.mobile, column="rsvp.mobile_sealed", row_id=rsvp_id),
        "email_sealed": seal(given.email, column="rsvp.email_sealed", row_id=rsvp_id),
    }
    yield _changing(before.rsvp, values) if before.rsvp else _inserting(rsvp_id, invitation, values)
    yield from _parts(rsvp_id, before, given)


def attend(rsvp_id: int, now: datetime) -> str:
    """Make an answer that waits one that comes; return its language. Its parts stay as they are."""
    language: str = run(_ATTEND, {"wanted_id": rsvp_id, "now": now}).scalar()
    return language


def _inserting(rsvp_id: int, invitation: Asked, values: dict[str, Any]) -> Step:
    names = {"id": rsvp_id, "invitation_id": invitation.id, "event_id": invitation.event_id}
    return inserting(Rsvp, **names, answered_at_utc=values["changed_at_utc"], **values)


def _changing(stood: GivenAnswer, values: dict[str, Any]) -> Step:
    new_values = {f"new_{name}": value for name, value in values.items()}
    if values["state"] == RsvpState.CANCELLED:
        statement, _ = _TAKE_BACK, new_values.pop("new_email_sealed")
    else:
        statement = _CHANGE
    return Step(statement, {"wanted_id": stood.id, "read_revision": stood.revision, **new_values})


def _parts(rsvp_id: int, before: Household, given: Answer) -> Iterator[Step]:
    stood = choices(before.guests)
    new_choices = [choice for choice in given.choices if choice not in stood]
    if rows := [{"id": new_id(), "rsvp_id": rsvp_id, **vars(choice)} for choice in new_choices]:
        yield inserting_or_changing(PersonAnswer, rows, unique=("rsvp_id", "invitee_id"), changed=("is_coming",))
    if before.rsvp and before.rsvp.has_needs:
        yield Step(_DELETE_NEEDS, {"wanted_id": rsvp_id}, rows=None)
    yield from (Step(_INSERT_NEED, _need_row(rsvp_id, need)) for need in given.needs)
    has_replies = before.rsvp is not None and before.rsvp.has_replies
    yield from writing_replies(rsvp_id, given.replies, has_replies=has_replies, is_coming=given.persons > 0)


def _need_row(rsvp_id: int, need: NeedWish) -> dict[str, Any]:
    row_id = new_id()
    sealed = seal(need.text or None, column="need.text_sealed", row_id=row_id)
    return {"id": row_id, "rsvp_id": rsvp_id, "kind": need.kind, "position": need.position, "text_sealed": sealed}
