"""What is held on hosts, and when it goes: when they leave, when staff take them away, when the event's people are
erased, when the register protects them. With a host goes every message about it and what the host asked.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete

from outreach.audit.actor import SYSTEM, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.hosts import queries
from outreach.hosts.host import recipient
from outreach.hosts.models import EventHost, HostNotes
from outreach.hosts.service import SUBJECT
from outreach.messages.contact import subject_of
from outreach.messages.erasure import erase_messages
from outreach.outbox import service as outbox
from outreach.outbox.states import Reason
from outreach.partner_page.interests.queries import addresses_of_persons
from outreach.questions import erasure as questions


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the hosts of an event, and what they were told; their messages and questions go with the event's."""
    return {
        EventHost.__tablename__: _delete(delete(EventHost).where(EventHost.event_id == event_id)),
        HostNotes.__tablename__: _delete(delete(HostNotes).where(HostNotes.event_id == event_id)),
    }


def erase_host(row: EventHost, *, actor: Actor, now: datetime, reason: Reason = Reason.ERASED) -> None:
    """Erase one host at once, because they want it or because staff do."""
    asked = queries.ids_of_questions(row.event_id, row.contact or "")
    questions.erase_questions(asked, reason=reason, now=now)
    outbox.withhold(recipient=recipient(row.id), reason=reason)
    erase_messages([recipient(row.id)])
    record("host.erase", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    _delete(delete(EventHost).where(EventHost.id == row.id))


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Erase hosts whose address somebody gave us whom the register now protects. Listens to "people_protected", before
    those addresses are erased themselves."""
    known = {subject_of(address) for address in addresses_of_persons(person_ids)}
    for row in [one for one in queries.everybody() if subject_of(one.contact or "") in known] if known else ():
        erase_host(row, actor=SYSTEM, now=now, reason=Reason.PROTECTED)


def _delete(statement: object) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]
    assert isinstance(result, CursorResult)
    db.session.expire_all()
    return int(result.rowcount)
