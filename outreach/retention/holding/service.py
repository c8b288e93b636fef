"""Use cases of one person's data: what each capability holds of it, and its erasure. Never commits.

Nothing of other people is told. What belongs to a household as a whole, such as its e-mail address, is told only when
the household is this person alone.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach.audience import erasure as audience_erasure
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin import erasure as checkin_erasure
from outreach.contact_point import erasure as contact_point_erasure
from outreach.database import db
from outreach.invitations import erasure as invitations_erasure
from outreach.invitations import queries as invitations
from outreach.messages import erasure as messages_erasure
from outreach.messages.service import suppress
from outreach.messages.suppression import ALL, Source
from outreach.outbox.message import invitation_recipient
from outreach.people import erasure as people_erasure
from outreach.people.models import Person
from outreach.questions import erasure as questions_erasure
from outreach.questions import queries as questions
from outreach.questions.service import recipient as question_recipient
from outreach.register.queries import municipalities
from outreach.register.staging.searching import queries as waiting
from outreach.register.staging.searching.erasure import export_row
from outreach.register.staging.searching.waiting_row import WaitingRow
from outreach.retention import erasure
from outreach.retention.holding.held_words import PART_WORDS, Line, lines_of
from outreach.retention.models import ErasureReceipt
from outreach.retention.schedule import Rule
from outreach.rsvp import erasure as rsvp_erasure
from outreach.rsvp.answer import recipient as rsvp_recipient
from outreach.rsvp.desk import erasure as desk_erasure
from outreach.rsvp.queries import rsvp_ids_with_persons
from outreach.rsvp.waitlist import erasure as waitlist_erasure
from outreach.tickets import erasure as tickets_erasure

Part = list[dict[str, Any]]


@dataclass(frozen=True)
class _Places:
    """Where one person stands: invitations, those among them that ask others too, and whom messages were for."""

    invitation_ids: list[int]
    shared: frozenset[int]
    replies: list[str]

    @property
    def letters(self) -> list[str]:
        """Return the recipients under which invitations, reminders and mailings went out."""
        return [invitation_recipient(one) for one in self.invitation_ids]


def held_on(person: Person, *, now: datetime, on_page: bool = False) -> dict[str, Part]:
    """Return everything that is stored on `person`, by part, as values that JSON knows; empty parts are there too.

    `on_page`: of uploads that are too large for a page it is said that a command must look through them.
    """
    ids, places, marks = [person.id], _places(person), _marks(person)
    return {
        "register": people_erasure.export_persons(ids),
        "waiting_files": _waiting(person, now, on_page=on_page),
        "lists": audience_erasure.export_persons(ids),
        "invitations": invitations_erasure.export_persons(ids),
        "messages": messages_erasure.export_messages([*places.letters, *places.replies]),
        "answers": rsvp_erasure.export_persons(ids, shared=places.shared),
        "notes": desk_erasure.export_of_invitations(places.invitation_ids, shared=places.shared),
        "waiting": waitlist_erasure.export_of_invitations(places.invitation_ids),
        "tickets": tickets_erasure.export_of_invitations(places.invitation_ids),
        "arrivals": checkin_erasure.export_of_invitations(places.invitation_ids),
        "questions": questions_erasure.export_persons(ids, shared=places.shared),
        "contact_point": contact_point_erasure.export_persons(ids),
        "wishes": messages_erasure.export_suppressions(marks),
        "memory": erasure.export_memory_of(marks),
    }


def in_words(held: dict[str, Part], own_numbers: tuple[str, ...]) -> list[tuple[str, list[list[Line]]]]:
    """Return what is held as it stands on paper: the title of each part, and lines of its rows.

    `own_numbers`: those of the installation's municipality.
    """
    titled = municipalities(own_numbers).titled
    return [(PART_WORDS[part], [lines_of(row, titled) for row in rows]) for part, rows in held.items()]


def held_in(row: WaitingRow) -> dict[str, Part]:
    """Return what is stored in one row of an upload that waits, as a part like those of `held_on`."""
    return {"waiting_files": [export_row(row)]}


def erase(person: Person, *, keeps_mark: bool, actor: Actor, now: datetime) -> ErasureReceipt:
    """Erase everything on `person`. `keeps_mark`: a keyed hash stays, by which we do not write again.

    Tickets and seats stay as numbers of persons. The receipt names nobody.
    """
    invitations.hold_with_persons([person.id])  # first, so that nothing is answered or asked while they are erased
    ids, places, marks = [person.id], _places(person), _marks(person)
    counts: Counter[str] = Counter()
    for erase_persons in (
        questions_erasure.erase_persons,
        contact_point_erasure.erase_persons,
        desk_erasure.erase_persons,
        rsvp_erasure.erase_persons,
        audience_erasure.erase_persons,
        invitations_erasure.erase_persons,
    ):
        counts.update(erase_persons(ids))
    counts.update(_erase_messages(places))
    counts.update(erasure.erase_memory_of(marks))
    _mark(marks, keeps_mark=keeps_mark, now=now)
    counts.update(people_erasure.erase_persons(ids))
    db.session.expire_all()
    return _receipt(dict(counts), actor=actor, now=now)


def note(act: str, person_id: int | None, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` searched, looked or exported; of whom by record number, never by name."""
    record(act, subject_kind="person", subject_id=person_id, actor=actor, now=now)


def note_waiting(act: str, row: WaitingRow, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at, or exported, one row of an upload that waits."""
    upload = row.upload.id
    record(act, subject_kind="staged_extract", subject_id=upload, actor=actor, now=now, row=row.place)


def as_json(held: dict[str, Part], *, now: datetime) -> str:
    """Return an export as JSON text."""
    return json.dumps({"exported_at": now.isoformat(), **held}, ensure_ascii=False, indent=2)


def _places(person: Person) -> _Places:
    ids = invitations.with_persons([person.id])
    asked = [question_recipient(row.id) for row in questions.of_persons([person.id])]
    answered = [rsvp_recipient(rsvp_id) for rsvp_id in rsvp_ids_with_persons([person.id])]
    return _Places(ids, invitations.shared_among(ids), [*answered, *asked])


def _marks(person: Person) -> list[str]:
    """Return the keyed hashes by which the person is known without their data."""
    return [mark for mark in _hashes(person) if mark]


def _waiting(person: Person, now: datetime, *, on_page: bool) -> Part:
    if on_page and waiting.is_much(now=now):
        return [{"needs_a_command": True}]
    return [export_row(row) for row in waiting.of_person(*_hashes(person), now=now)]


def _hashes(person: Person) -> tuple[str | None, str]:
    return person.identity_hash, person.weak_hash


def _erase_messages(places: _Places) -> Counter[str]:
    """Erase what was sent and may name the person: all of it where nobody is left, else but for the rows of letters."""
    empty = set(invitations.erased_among(places.invitation_ids))
    alone = [invitation_recipient(one) for one in places.invitation_ids if one in empty]
    others = [invitation_recipient(one) for one in places.invitation_ids if one not in empty]
    counts = Counter(messages_erasure.erase_messages([*alone, *places.replies]))
    counts.update(messages_erasure.erase_messages(others, but_letters=True))
    return counts


def _mark(marks: Sequence[str], *, keeps_mark: bool, now: datetime) -> None:
    if keeps_mark:
        for mark in marks:
            suppress(mark, purpose=ALL, source=Source.STAFF, now=now)
    else:
        messages_erasure.erase_suppressions(marks)


def _receipt(counts: dict[str, int], *, actor: Actor, now: datetime) -> ErasureReceipt:
    receipt = ErasureReceipt(
        erased_at_utc=now, rule=Rule.PERSON.value, event_id=None, counts_json=json.dumps(counts, sort_keys=True)
    )
    db.session.add(receipt)
    db.session.flush()
    record("person.erase", subject_kind="receipt", subject_id=receipt.id, actor=actor, now=now)
    return receipt
