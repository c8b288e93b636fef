"""Erases what is past its date, in this transaction, and writes a receipt that holds no person.

Event people: the event's figures are kept first, then each capability erases what it holds of the event's people, then
the register copy that served this event alone. In order from the door back to the register, so that no row points
nowhere.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from outreach.accounts import erasure as accounts_erasure
from outreach.audience import erasure as audience_erasure
from outreach.audit import service as audit
from outreach.audit.actor import SYSTEM
from outreach.checkin import erasure as checkin_erasure
from outreach.clock import OSLO
from outreach.contact_point import erasure as contact_point_erasure
from outreach.database import db, new_id
from outreach.events import queries as events
from outreach.hosts import erasure as hosts_erasure
from outreach.invitations import erasure as invitations_erasure
from outreach.invitations.letters.making import erasure as letter_files
from outreach.messages import erasure as messages_erasure
from outreach.partner_page import erasure as partner_page_erasure
from outreach.partners import erasure as partners_erasure
from outreach.people import erasure as people_erasure
from outreach.people.numbers import erasure as numbers_erasure
from outreach.questions import erasure as questions_erasure
from outreach.questions import queries as question_queries
from outreach.register import erasure as register_erasure
from outreach.reports.settling import service as settling
from outreach.retention import erasure, queries
from outreach.retention.models import ContactMemory, ErasureReceipt
from outreach.retention.schedule import Clocks, Due, EventDates, Rule, due_events, last_kept_day
from outreach.rsvp import erasure as rsvp_erasure
from outreach.rsvp.desk import erasure as desk_erasure
from outreach.rsvp.open_sign_up import erasure as open_sign_up_erasure
from outreach.rsvp.replies import erasure as replies_erasure
from outreach.surveys import erasure as surveys_erasure
from outreach.tickets import erasure as tickets_erasure

# From the door back to the audience: a row is erased before the row it points at.
_EVENT_ERASERS: tuple[Callable[[int], dict[str, int]], ...] = (
    hosts_erasure.erase_event_people,
    partner_page_erasure.erase_event_people,
    messages_erasure.erase_event_people,
    surveys_erasure.erase_event_people,
    checkin_erasure.erase_event_people,
    tickets_erasure.erase_event_people,
    questions_erasure.erase_event_people,
    desk_erasure.erase_event_people,
    rsvp_erasure.erase_event_people,
    audience_erasure.erase_event_people,
)


def plan(*, clocks: Clocks, today: date, now: datetime) -> list[tuple[Due, int]]:
    """Return what falls due today with the number of persons or rows it concerns, events first."""
    found = [(due, len(queries.invited_identities(due.event_id or 0))) for due in _due_events(clocks, today)]
    others = (
        (Rule.NEEDS, rsvp_erasure.count_needs(_needs_limit(clocks, today))),
        (Rule.REGISTER_COPY, queries.count_of(queries.persons_seen_before(last_kept_day(today, clocks.register_days)))),
        (Rule.NATIONAL_NUMBERS, queries.count_unneeded_numbers()),
        (Rule.CONTACT_MEMORY, queries.count_of(queries.memories_before(last_kept_day(today, clocks.memory_days)))),
        (Rule.QUESTIONS, len(question_queries.ids_of_no_event(_event_limit(clocks, today)))),
        (Rule.CALENDAR_ANSWERS, replies_erasure.count_of_no_event(_event_limit(clocks, today))),
        (Rule.CONTACT_POINT, contact_point_erasure.count_due(now)),
        (Rule.OPEN_REQUESTS, open_sign_up_erasure.count_due(now)),
        (Rule.PARTNERS, partners_erasure.count_idle(now, before=_midnight(last_kept_day(today, clocks.memory_days)))),
        (Rule.MESSAGES, messages_erasure.count_left_over(_event_limit(clocks, today), closed_events=_closed())),
        (Rule.LETTER_FILES, letter_files.count_old_files(now)),
        (Rule.STAGED_EXTRACT, register_erasure.count_expired_staging(now)),
    )
    return found + [(Due(rule, today), count) for rule, count in others if count]


def coming(*, clocks: Clocks, today: date) -> list[Due]:
    """Return each event whose people are still held and not yet due, with the day on which they go, soonest first."""
    later = due_events(queries.event_dates(), clocks=clocks, today=date.max)
    return [due for due in later if due.due_on > today]


def run(*, clocks: Clocks, today: date, now: datetime) -> list[ErasureReceipt]:
    """Erase everything that is due today and return the receipts written, one per rule and event.

    The figures of events that are over are kept first: they must not wait until there is nobody left to count.
    """
    settling.settle_due(now)
    receipts = [_erase_event(due, now=now) for due in _due_events(clocks, today)]
    register_day = last_kept_day(today, clocks.register_days)
    memory_day = last_kept_day(today, clocks.memory_days)
    erased = (
        (Rule.NEEDS, rsvp_erasure.erase_needs(_needs_limit(clocks, today))),
        (Rule.REGISTER_COPY, _erase_register_copy(register_day)),
        (Rule.NATIONAL_NUMBERS, _erase_unneeded_numbers()),
        (Rule.CONTACT_MEMORY, erasure.erase_memories(queries.memories_before(memory_day))),
        (Rule.QUESTIONS, questions_erasure.erase_of_no_event(_event_limit(clocks, today))),
        (Rule.CALENDAR_ANSWERS, replies_erasure.erase_of_no_event(_event_limit(clocks, today))),
        (Rule.CONTACT_POINT, contact_point_erasure.erase_due(now)),
        (Rule.OPEN_REQUESTS, open_sign_up_erasure.erase_due(now)),
        (Rule.PARTNERS, partners_erasure.erase_idle(now, before=_midnight(memory_day))),
        (Rule.MESSAGES, messages_erasure.erase_left_over(_event_limit(clocks, today), closed_events=_closed())),
        (Rule.LETTER_FILES, letter_files.erase_old_files(now)),
        (Rule.STAGED_EXTRACT, register_erasure.erase_expired_staging(now)),
        (Rule.STAFF_TRACES, accounts_erasure.erase_expired(now)),
    )
    receipts += [_receipt(rule, counts, now=now) for rule, counts in erased if any(counts.values())]
    return receipts


def _erase_register_copy(day: date) -> dict[str, int]:
    """Erase the persons, and the marks of protected people, that no extract has shown since `day`."""
    persons = people_erasure.erase_persons(queries.ids_of(queries.persons_seen_before(day)))
    return persons | people_erasure.erase_protection_marks(_midnight(day))


def _erase_unneeded_numbers() -> dict[str, int]:
    return numbers_erasure.erase_all() if queries.count_unneeded_numbers() else {}


def _event_limit(clocks: Clocks, today: date) -> datetime:
    """Return the moment before which what belongs to no event is past its date."""
    return _midnight(last_kept_day(today, clocks.event_days))


def _needs_limit(clocks: Clocks, today: date) -> datetime:
    """Return the moment before which an event must have ended for its guests' needs to be past their date."""
    return _midnight(last_kept_day(today, clocks.needs_days) + timedelta(days=1))


def _closed() -> list[int]:
    """Return the events whose people are erased."""
    return [dates.event_id for dates in queries.event_dates() if dates.is_erased]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO)


def _due_events(clocks: Clocks, today: date) -> list[Due]:
    return due_events(queries.event_dates(), clocks=clocks, today=today)


def _erase_event(due: Due, *, now: datetime) -> ErasureReceipt:
    event_id = due.event_id or 0
    dates = _dates_of(event_id)
    settling.settle(events.by_id(event_id), actor=SYSTEM, now=now)
    _remember_contacts(event_id, year=dates.ended_on.year)
    persons = queries.ids_of(queries.persons_only_for(event_id, ended_on=dates.ended_on))
    counts: Counter[str] = Counter()
    for erase in _EVENT_ERASERS:
        counts.update(erase(event_id))
    counts.update(invitations_erasure.erase_event_people(event_id))
    counts.update(people_erasure.erase_persons(persons))
    return _receipt(Rule.EVENT_PEOPLE, dict(counts), now=now, event_id=event_id)


def _dates_of(event_id: int) -> EventDates:
    return next(dates for dates in queries.event_dates() if dates.event_id == event_id)


def _remember_contacts(event_id: int, *, year: int) -> None:
    came = queries.identities_that_came(event_id)
    rows = [
        {"id": new_id(), "identity_hash": known, "event_id": event_id, "year": year, "has_attended": known in came}
        for known in queries.invited_identities(event_id)
    ]
    if rows:
        db.session.execute(ContactMemory.__table__.insert(), rows)


def _receipt(rule: Rule, counts: dict[str, int], *, now: datetime, event_id: int | None = None) -> ErasureReceipt:
    receipt = ErasureReceipt(
        erased_at_utc=now, rule=rule.value, event_id=event_id, counts_json=json.dumps(counts, sort_keys=True)
    )
    db.session.add(receipt)
    db.session.flush()
    audit.record(
        "retention.erase", subject_kind="receipt", subject_id=receipt.id, actor=SYSTEM, now=now, rule=rule.value
    )
    return receipt
