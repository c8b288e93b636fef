"""Writes to households that left no address, where KRR, the contact and reservation register, has one for an adult.

The register is asked when the message is about to leave, for a batch at a time, and nothing of its answer is stored:
what is kept is by which channel the message went, and that the register was asked. Who cannot be reached by the first
channel of the mailing is tried by the next; who cannot be reached at all is withheld by name of the reason, and stands
among those who must get a letter or a call.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from flask import Flask

from outreach import clock
from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.events.models import Event
from outreach.events.queries import by_id as event_by_id
from outreach.mailings import queries
from outreach.mailings.audiences.service import asks_register
from outreach.mailings.composing.service import (
    TEST_KIND,
    compose,
    compose_test,
    composed,
    message_of,
    reason_of_mailing,
    reason_of_move,
)
from outreach.mailings.groups import Group, channel_of, reason_of
from outreach.mailings.mailing import OF_AN_EVENT, Kind, outbox_kind
from outreach.mailings.models import Mailing
from outreach.mailings.recipients.queries import ASKS_REGISTER, group_now, people_to_ask
from outreach.mailings.service import channels_of
from outreach.messages.asking.service import ask_register
from outreach.messages.composers import (
    Composed,
    MessageRow,
    Postponed,
    Preparation,
    Redirected,
    Withheld,
    register_composer,
)
from outreach.messages.register_contact import RegisterContact, first_reached
from outreach.outbox.states import Channel, Reason
from outreach.people.numbers.queries import numbers_of


def install(app: Flask) -> None:
    """Have every kind of mailing written, and the test that goes to a member of staff."""
    asking = Preparation(gather=whom_to_ask, work=ask_register, compose=compose_asked)
    for kind in OF_AN_EVENT:
        register_composer(app, outbox_kind(kind), compose, after_event=kind is Kind.THANKS, preparation=asking)
    register_composer(app, TEST_KIND, compose_test, after_event=True)


def whom_to_ask(rows: Sequence[MessageRow]) -> dict[int, tuple[str, ...]]:
    """Return, for those of `rows` that need the register, the numbers of the household's adults; none where the message
    would not leave anyhow."""
    found: dict[int, tuple[str, ...]] = {}
    for mailing_id in sorted({_references(row)["mailing_id"] for row in rows if _asks(row)}):
        mine = [row for row in rows if _asks(row) and _references(row)["mailing_id"] == mailing_id]
        found |= dict.fromkeys((row.id for row in mine), ())
        mailing = queries.by_id(mailing_id)
        if mailing is not None:
            found |= _numbers(mailing, mine)
    return found


def compose_asked(row: MessageRow, found: tuple[RegisterContact, ...] | Postponed) -> Composed:
    """Return the message of a row that the register was asked about, or what becomes of it instead."""
    mailing = queries.by_id(_references(row)["mailing_id"])
    if mailing is None or mailing.event_id is None:
        return Withheld(Reason.ERASED)
    event, channel = event_by_id(mailing.event_id), Channel(row.channel)
    reason = reason_of_mailing(mailing, event) or reason_of_move(event.id, _references(row)["invitation_id"])
    if reason:
        return Withheld(reason)
    group = _group(mailing, row)
    left = channel_of(group)
    if left is not None:
        # The household left an address since: theirs goes before the register's.
        return compose(row) if left is channel else Redirected(left)
    if group is not Group.REGISTER:
        return Withheld(reason_of(group))
    return found if isinstance(found, Postponed) else _to_reached(row, mailing, event, found)


def _to_reached(row: MessageRow, mailing: Mailing, event: Event, found: tuple[RegisterContact, ...]) -> Composed:
    channels, channel = channels_of(mailing), Channel(row.channel)
    # Only forward, so that no message goes to and fro between two channels.
    reached = first_reached(found, channels[channels.index(channel) :])
    if reached is None:
        return Withheld(Reason.NOT_REGISTERED)
    by, contact = reached
    if by is not channel:
        return Redirected(by)
    message = message_of(mailing, event, _references(row)["invitation_id"], language=row.language)
    message = replace(message, email=contact.email, mobile=contact.mobile)
    return replace(composed(message, mailing, event, channel), is_untraced=True)


def _numbers(mailing: Mailing, rows: Sequence[MessageRow]) -> dict[int, tuple[str, ...]]:
    if mailing.event_id is None or reason_of_mailing(mailing, event_by_id(mailing.event_id)):
        return {}
    asked = {row.id: _references(row)["invitation_id"] for row in rows if _group(mailing, row) is Group.REGISTER}
    persons = people_to_ask(list(asked.values()), Kind(mailing.kind))
    numbers = numbers_of([person for mine in persons.values() for person in mine])
    if numbers:
        record(
            "mailing.ask_register",
            subject_kind="mailing",
            subject_id=mailing.id,
            actor=SYSTEM,
            now=clock.now_utc(),
            people=len(numbers),
        )
    return {
        message: tuple(numbers[person] for person in persons.get(invitation, ()) if person in numbers)
        for message, invitation in asked.items()
    }


def _group(mailing: Mailing, row: MessageRow) -> Group:
    return group_now(
        _references(row)["invitation_id"],
        Kind(mailing.kind),
        channels_of(mailing),
        asks_register=asks_register(mailing),
    )


def _asks(row: MessageRow) -> bool:
    return ASKS_REGISTER in _references(row)


def _references(row: MessageRow) -> dict[str, int]:
    found: dict[str, int] = json.loads(row.references_json)
    return found
