"""Use cases of taking part: put on the list, ask, answer, change, withdraw, tasks. Never commits.

What guests see of it stands on the event's page, so whatever changes that touches the page.
"""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.events import service as events
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.formats.short_code import new_selector
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel, Reason
from outreach.partners.models import Organisation, Participation, PartnerTask
from outreach.partners.participation import (
    MOST_TASKS,
    AlreadyTakesPartError,
    EventClosedError,
    NobodyToAskError,
    NotPublishedError,
    Plan,
    Role,
    StandNeeds,
    State,
    TooManyTasksError,
    answered,
    is_open,
)
from outreach.partners.participations import queries
from outreach.partners.partner_link import PARTNER_PAGE, recipient

SUBJECT = "participation"
INVITATION_KIND, REMINDER_KIND, TASK_KIND = "partner_invitation", "partner_reminder", "partner_task"


def add(event: Event, organisation: Organisation, role: Role, *, actor: Actor, now: datetime) -> Participation:
    """Put a partner on the list of an event; nobody is told. Raises AlreadyTakesPartError, EventCancelledError."""
    events.not_cancelled(event)
    agreed = [one for one in organisation.contacts if one.may_be_written_to]
    row = Participation(
        organisation_id=organisation.id,
        event_id=event.id,
        contact_id=agreed[0].id if agreed else None,
        role=role.value,
        state=State.ASKED.value,
        selector=new_selector(PARTNER_PAGE),
        created_at_utc=now,
        changed_at_utc=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        raise AlreadyTakesPartError from error
    organisation.changed_at_utc = now
    _changed(row, "partner.add", actor=actor, now=now)
    return row


def plan(row: Participation, wanted: Plan, *, actor: Actor, now: datetime) -> None:
    """Keep what staff decided. Raises NotFoundError when the contact is another partner's."""
    if wanted.contact_id is not None and wanted.contact_id not in {one.id for one in row.organisation.contacts}:
        raise NotFoundError
    row.contact_id, row.place = wanted.contact_id, wanted.place
    row.slot_title, row.slot_at_utc = wanted.slot_title, wanted.slot_at_utc
    _changed(row, "partner.plan", actor=actor, now=now)
    db.session.expire(row, ["contact"])


def ask(row: Participation, *, actor: Actor, now: datetime) -> bool:
    """Queue the invitation with the link; say whether that was new. Once for each link, however often it is asked for.

    Raises NobodyToAskError, NotPublishedError, EventClosedError, WithdrawnError.
    """
    refuse_closed(row, now)
    answered(State(row.state), is_coming=True)
    if row.event.state != EventState.PUBLISHED:
        raise NotPublishedError
    if row.contact is None or not row.contact.may_be_written_to:
        raise NobodyToAskError
    is_new = queue(row, INVITATION_KIND, f"partner-invitation:{row.generation}", now=now)
    if is_new:
        row.asked_at_utc = row.asked_at_utc or now
        _changed(row, "partner.ask", actor=actor, now=now)
    return is_new


def answer(row: Participation, *, is_coming: bool, actor: Actor, now: datetime) -> None:
    """Keep a partner's answer, given by itself or by telephone. Raises WithdrawnError, EventClosedError."""
    refuse_closed(row, now)
    state = answered(State(row.state), is_coming=is_coming)
    if row.state == state:
        return
    row.state, row.answered_at_utc = state.value, now
    if not is_coming:
        outbox.withhold(recipient=recipient(row.id), reason=Reason.ANSWERED)
    _changed(row, "partner.answer", actor=actor, now=now, state=state.value)


def set_needs(row: Participation, needs: StandNeeds, *, actor: Actor, now: datetime) -> None:
    """Keep what a partner needs at its stand. Raises EventClosedError."""
    refuse_closed(row, now)
    row.needs_power, row.needs_screen, row.tables, row.note = needs.power, needs.screen, needs.tables, needs.note
    _changed(row, "partner.needs", actor=actor, now=now)


def withdraw(row: Participation, *, actor: Actor, now: datetime) -> None:
    """Take an invitation back: its page closes, and nothing more is sent."""
    row.state = State.WITHDRAWN.value
    outbox.withhold(recipient=recipient(row.id), reason=Reason.REVOKED)
    _changed(row, "partner.withdraw", actor=actor, now=now)


def new_link(row: Participation, *, actor: Actor, now: datetime) -> None:
    """Give a partner another link, and let a withdrawn one in again; old links open nothing any more."""
    row.generation += 1
    row.asked_at_utc = row.reminded_at_utc = None
    if row.state == State.WITHDRAWN:
        row.state = State.ASKED.value
    outbox.withhold(recipient=recipient(row.id), reason=Reason.REPLACED)
    _changed(row, "partner.new_link", actor=actor, now=now)


def add_task(row: Participation, text: str, due_on: date, *, actor: Actor, now: datetime) -> PartnerTask:
    """Give a partner something to do. Raises TooManyTasksError."""
    if len(row.tasks) >= MOST_TASKS:
        raise TooManyTasksError
    task = PartnerTask(participation_id=row.id, text=text, due_on=due_on)
    db.session.add(task)
    db.session.flush()
    db.session.expire(row, ["tasks"])
    record("partner.task", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    return task


def mark_task(row: Participation, task: PartnerTask, *, is_done: bool, actor: Actor, now: datetime) -> None:
    """Note that a task is done, or is not after all."""
    task.done_at_utc = (task.done_at_utc or now) if is_done else None
    db.session.flush()
    record(
        "partner.task_done" if is_done else "partner.task",
        subject_kind=SUBJECT,
        subject_id=row.id,
        actor=actor,
        now=now,
    )


def remove_task(row: Participation, task: PartnerTask, *, actor: Actor, now: datetime) -> None:
    """Take a task away."""
    db.session.delete(task)
    db.session.flush()
    record("partner.task", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)


def queue(row: Participation, kind: str, purpose: str, *, now: datetime, **references: int | str) -> bool:
    """Queue an e-mail to the partner's contact; say whether it was new."""
    message = NewMessage(
        purpose=purpose,
        recipient=recipient(row.id),
        channel=Channel.EMAIL,
        kind=kind,
        language=row.contact.language if row.contact else "nb",
        references={"participation_id": row.id, **references},
        event_id=row.event_id,
    )
    return outbox.queue([message], now) == 1


def touch_pages(*, organisation_id: int, now: datetime) -> None:
    """Have the pages rendered anew that show a partner. Listens to "partner_changed"."""
    events.touch_page(queries.event_ids_of(organisation_id), now)


def partner_leaves(*, organisation_id: int, now: datetime) -> None:
    """Send nothing more to a partner that is erased. Listens to "partner_leaves"."""
    _stop(queries.ids_where(organisation_id=organisation_id))
    touch_pages(organisation_id=organisation_id, now=now)


def contact_leaves(*, contact_id: int) -> None:
    """Send nothing more to a contact that is erased. Listens to "partner_contact_leaves"."""
    _stop(queries.ids_where(contact_id=contact_id))


def refuse_closed(row: Participation, now: datetime) -> None:
    """Raise EventClosedError when a partner can change nothing any more."""
    if not is_open(event_state=row.event.state, starts_at_utc=row.event.starts_at_utc, now=now):
        raise EventClosedError


def _stop(ids: list[int]) -> None:
    if ids:
        outbox.withhold(recipients=map(recipient, ids), reason=Reason.ERASED)


def _changed(row: Participation, act: str, *, actor: Actor, now: datetime, **details: str) -> None:
    row.changed_at_utc = now
    db.session.flush()
    record(act, subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now, **details)
    events.touch_page([row.event_id], now)
