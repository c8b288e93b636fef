"""Chooses for an event's doors. Each choice raises the revision, so that every phone fetches what it changes.

Who is in charge has a revision of its own: phones are told, and need not fetch the whole list for it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.checkin.choices.door_choices import stored_needs
from outreach.checkin.choices.queries import chosen_row
from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.in_charge.queries import in_charge_in
from outreach.checkin.models import ChosenForDoors
from outreach.database import db
from outreach.database.conflicts import insert_if_free
from outreach.database.downward import listen
from outreach.events.models import Event


def install(app: Flask) -> None:
    """Have phones fetch the names anew when an extract, or a mark of protection, changed who may be shown in `app`."""
    listen(app, "people_protected", forget_protected)
    listen(app, "register_read", fetch_anew)


def search_names(event: Event, *, is_on: bool, actor: Actor, now: datetime) -> None:
    """Let the event's phones search names, or have them forget the names. Twice is as once."""
    row = _row(event.id)
    if row.has_names != is_on:
        row.has_names = is_on
        _noted(row, "door.names", actor=actor, now=now, on=is_on)


def renew_pin(event: Event, *, actor: Actor, now: datetime) -> None:
    """Make a new PIN; what is sealed by the one before is thrown away by phones that are on the net."""
    row = _row(event.id)
    row.pin_generation += 1
    _noted(row, "door.pin", actor=actor, now=now)


def tell_needs(event: Event, needs: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """Have a verdict tell these needs of a party, and no others."""
    row, chosen = _row(event.id), stored_needs(needs)
    if row.told_needs != chosen:
        row.told_needs = chosen
        _noted(row, "door.needs", actor=actor, now=now, needs=chosen)


def put_in_charge(event: Event, person: InCharge, *, actor: Actor, now: datetime) -> None:
    """Have phones say that `person` is to be fetched; the trail tells that it was chosen, not who."""
    row = _row(event.id)
    if in_charge_in(row) == person:
        return
    row.in_charge_name, row.in_charge_phone = person.name or None, person.phone or None
    row.in_charge_revision += 1
    db.session.flush()
    record("door.in_charge", subject_kind="event", subject_id=row.event_id, actor=actor, now=now)


def forget_protected(*, person_ids: Iterable[int], now: datetime) -> None:
    """Have every phone fetch the names anew: somebody's must be there no more."""
    fetch_anew()


def fetch_anew() -> None:
    """Have every phone fetch the guest list and the names anew."""
    db.session.execute(update(ChosenForDoors).values(revision=ChosenForDoors.revision + 1))


def _row(event_id: int) -> ChosenForDoors:
    if found := chosen_row(event_id):
        return found
    insert_if_free(ChosenForDoors, event_id=event_id, has_names=False, pin_generation=1, told_needs="", revision=0)
    made = chosen_row(event_id)
    assert made is not None  # just made, by us or by another
    return made


def _noted(row: ChosenForDoors, act: str, *, actor: Actor, now: datetime, **told: Any) -> None:
    row.revision += 1
    db.session.flush()
    record(act, subject_kind="event", subject_id=row.event_id, actor=actor, now=now, **told)
