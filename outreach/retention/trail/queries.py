"""What the records of the audit trail are called now. Never the name of a guest: those are shown as numbers only."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from outreach.accounts.models import StaffUser
from outreach.audience.models import AudienceList, SavedSegment
from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.contact_point.groups.models import SocialGroup
from outreach.database import db
from outreach.events.models import Event, Series
from outreach.invitations.letters.making.models import LetterJob
from outreach.mailings.models import Mailing
from outreach.messages.models import LetterBatch
from outreach.partners.models import Opportunity, Organisation, Participation
from outreach.reports.models import YearlyGoal
from outreach.retention.trail.record_title import Record, RecordTitle
from outreach.rsvp.own_questions.models import EventQuestion

# Of which table a kind is, and the column that says what the row is called.
_TITLES: dict[str, tuple[Any, Any]] = {
    "audience_list": (AudienceList, AudienceList.name),
    "door_device": (DoorDevice, DoorDevice.door),
    "door_pairing": (DoorPairing, DoorPairing.door),
    "event": (Event, Event.title),
    "event_question": (EventQuestion, EventQuestion.text),
    "goal": (YearlyGoal, YearlyGoal.words),
    "letter_batch": (LetterBatch, LetterBatch.release_reference),
    "letter_job": (LetterJob, LetterJob.kind),
    "mailing": (Mailing, Mailing.kind),
    "opportunity": (Opportunity, Opportunity.title),
    "participation": (Participation, Organisation.name),
    "partner": (Organisation, Organisation.name),
    "segment": (SavedSegment, SavedSegment.name),
    "series": (Series, Series.title),
    "social_group": (SocialGroup, SocialGroup.name),
    "staff_user": (StaffUser, StaffUser.email),
}


def titles_of(records: Iterable[Record]) -> dict[Record, RecordTitle]:
    """Return what each of `records` that still exists is called, in one statement whatever their number."""
    ids = defaultdict(set)
    for kind, number in records:
        if kind in _TITLES:
            ids[kind].add(number)
    if not ids:
        return {}
    wanted = union_all(*(_of_kind(kind, numbers) for kind, numbers in sorted(ids.items())))
    ordered = wanted.order_by("kind", "id")
    return {(row.kind, row.id): RecordTitle(row.title, row.event_title) for row in db.session.execute(ordered)}


def _of_kind(kind: str, numbers: set[int]) -> Select[Any]:
    table, title = _TITLES[kind]
    of_event = hasattr(table, "event_id")
    event_title = Event.title if of_event else literal("")
    wanted = select(literal(kind).label("kind"), table.id, title.label("title"), event_title.label("event_title"))
    wanted = wanted.select_from(table).where(table.id.in_(numbers))
    if table is Participation:
        wanted = wanted.join(Organisation, Organisation.id == Participation.organisation_id)
    return wanted.outerjoin(Event, Event.id == table.event_id) if of_event else wanted
