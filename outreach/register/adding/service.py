"""Adds a person whom no extract has shown. Never commits.

The keyed hash of the number, when there is one, lets the next extract recognise the person; else name and birth date
make a pair with the extract's row that somebody confirms (`people/joining/`).
"""

from dataclasses import replace
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record as note
from outreach.clock import OSLO
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import N_, OutreachError
from outreach.people.models import Person
from outreach.people.person import NO_EXTRACT
from outreach.people.rotating.service import wait_for_rotation
from outreach.register.adding.queries import needs_a_look
from outreach.register.households import service as households
from outreach.register.person_record import PersonRecord
from outreach.register.queries import latest_import
from outreach.register.recognised import StoringTerms
from outreach.register.sealing.service import Sealing


class HandledByHandError(OutreachError):
    """Somebody else decides about this person. One sentence for every cause, so that it tells none."""

    message = N_("Denne personen kan ikke legges til her. Ta det med den som har ansvar for personvern.")
    http_status = 409


class KnownNumberError(OutreachError):
    """Somebody we hold has the number."""

    message = N_("Personen med dette fødselsnummeret er her allerede.")
    http_status = 409


def add(record: PersonRecord, *, actor: Actor, now: datetime) -> int:
    """Store the person of `record`, of whom `actor` said to have asked about protection; return the person's id.

    Raises HandledByHandError and KnownNumberError; the unique column decides a race.
    """
    wait_for_rotation()
    if needs_a_look(record):
        raise HandledByHandError
    sealing = Sealing(_terms(now))
    one = replace(sealing.recognise([record])[0], known=None)
    row_id = new_id()
    is_new = insert_if_free(
        Person,
        id=row_id,
        household_id=None,
        placed_household_id=None,
        is_known_by_name=False,
        **sealing.values(one, row_id, ""),
    )
    if not is_new:
        raise KnownNumberError
    households.group_ungrouped()
    db.session.expire_all()
    note("person.add", subject_kind="person", subject_id=row_id, actor=actor, now=now, asked_about_protection=True)
    return row_id


def _terms(now: datetime) -> StoringTerms:
    """Return terms under which the next extract counts as newer than what was typed."""
    latest = latest_import()
    as_of = latest.as_of if latest else now.astimezone(OSLO).date()
    return StoringTerms(NO_EXTRACT, as_of, now, may_lift_protection=False, is_newest=False, is_dry_run=False)
