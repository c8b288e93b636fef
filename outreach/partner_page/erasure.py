"""What guests left at stands, and when it goes: when they take it back, when the event's people are erased, when the
partner leaves or is let go, when the register protects them. With it go its answers and every message about it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete

from outreach.audit.actor import GUEST, SYSTEM
from outreach.audit.service import record
from outreach.database import db
from outreach.messages.erasure import erase_messages
from outreach.outbox import service as outbox
from outreach.outbox.states import Reason
from outreach.partner_page.interest import recipient
from outreach.partner_page.interests import queries
from outreach.partner_page.models import StandInterest
from outreach.partners.organisations import service as organisations

SUBJECT = "stand_interest"
_PORTION = 500


def erase_interests(ids: Sequence[int], *, reason: Reason = Reason.ERASED) -> dict[str, int]:
    """Erase what these guests left, and every message about it; return rows erased by table."""
    if not ids:
        return {}
    outbox.withhold(recipients=map(recipient, ids), reason=reason)
    messages = erase_messages([recipient(one) for one in ids])
    erased = sum(_delete(ids[at : at + _PORTION]) for at in range(0, len(ids), _PORTION))
    return {StandInterest.__tablename__: erased, **messages}


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase what guests left at the stands of an event."""
    return erase_interests(queries.ids_of_event(event_id))


def take_back(row: StandInterest, *, now: datetime) -> None:
    """Erase what a guest left because they take it back; the partner sees nothing of it from now on."""
    record("interest.take_back", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now)
    erase_interests([row.id])


def partner_leaves(*, organisation_id: int, now: datetime) -> None:
    """Erase what was left for a partner that is erased. Listens to "partner_leaves"."""
    ids = queries.ids_of_organisation(organisation_id)
    if ids:
        erase_interests(ids)
        record("interest.erase", subject_kind=SUBJECT, actor=SYSTEM, now=now, number=len(ids))


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Erase what people left, or are to a partner, by an address that they gave us as somebody whom the register now
    protects. Listens to "people_protected", before those addresses are erased themselves."""
    addresses = queries.addresses_of_persons(person_ids)
    ids = queries.ids_with_hashes(queries.hashes_of(addresses))
    if ids:
        erase_interests(ids, reason=Reason.PROTECTED)
        record("interest.erase", subject_kind=SUBJECT, actor=SYSTEM, now=now, number=len(ids))
    for contact in queries.contacts_with(addresses) if addresses else ():
        organisations.erase_contact(contact, actor=SYSTEM, now=now)


def _delete(ids: Sequence[int]) -> int:
    statement = delete(StandInterest).where(StandInterest.id.in_(ids))
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    db.session.expire_all()
    return int(result.rowcount)
