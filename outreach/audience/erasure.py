"""What the audience holds on a person: a place in frozen lists. Erased with the event or with the person."""

from collections.abc import Sequence

from sqlalchemy import CursorResult, delete, select

from outreach.audience.models import AudienceList, AudienceMember
from outreach.database import db


def erase_event_people(event_id: int) -> dict[str, int]:
    """Empty the event's lists; the lists themselves stay, since they say by which criteria people were asked."""
    lists = select(AudienceList.id).where(AudienceList.event_id == event_id)
    return {"audience_member": _deleted(delete(AudienceMember).where(AudienceMember.list_id.in_(lists)))}


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Take `person_ids` out of every list. Returns the number of rows erased."""
    return {"audience_member": _deleted(delete(AudienceMember).where(AudienceMember.person_id.in_(person_ids)))}


def _deleted(statement: object) -> int:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    return result.rowcount if isinstance(result, CursorResult) else 0
