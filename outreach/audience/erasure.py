"""What the audience holds on a person: a place in frozen lists. Erased with the event or with the person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, delete, select

from outreach.audience.frozen_list import member_words
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.phrase import bokmaal
from outreach.audience.rule import RuleFormatError
from outreach.database import db
from outreach.events.models import Event
from outreach.register.queries import postcodes


def erase_event_people(event_id: int) -> dict[str, int]:
    """Empty the event's lists; the lists themselves stay, since they say by which criteria people were asked."""
    lists = select(AudienceList.id).where(AudienceList.event_id == event_id)
    return {"audience_member": _deleted(delete(AudienceMember).where(AudienceMember.list_id.in_(lists)))}


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Take `person_ids` out of every list. Returns the number of rows erased."""
    return {"audience_member": _deleted(delete(AudienceMember).where(AudienceMember.person_id.in_(person_ids)))}


def export_persons(person_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return each list that any of the persons is in or was left out of, with the reason, the oldest first."""
    wanted = (
        select(AudienceMember, AudienceList, Event.title)
        .join(AudienceList, AudienceList.id == AudienceMember.list_id)
        .join(Event, Event.id == AudienceList.event_id)
        .where(AudienceMember.person_id.in_(person_ids))
        .order_by(AudienceList.frozen_at_utc, AudienceMember.id)
    )
    return [
        {
            "event": title,
            "list": kept.name or kept.segment,
            "made_at": kept.frozen_at_utc.isoformat(),
            "criteria": kept.rule_text,
            "is_in_list": member.is_included,
            "reason": member.reason,
            "known": _in_words(member, kept),
        }
        for member, kept, title in db.session.execute(wanted)
    ]


def _in_words(member: AudienceMember, kept: AudienceList) -> list[str]:
    """Return what the list's rule looked at, in bokmål; as it is kept where the rule can no longer be read."""
    try:
        told = member_words(kept.rule_json, kept.as_of, member.known_json, postcodes().place)
    except RuleFormatError:
        return [member.known_json] if member.known_json else []
    return [bokmaal(phrase) for phrase in told]


def _deleted(statement: object) -> int:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    return result.rowcount if isinstance(result, CursorResult) else 0
