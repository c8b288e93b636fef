"""Invites one person whom somebody chose by hand. Never commits. Twice is as once."""

from datetime import datetime

from outreach.audience.adding.service import add_to_list
from outreach.audience.exclusions import words
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.invitations import queries as invitations
from outreach.invitations import service
from outreach.invitations.adding import queries
from outreach.invitations.models import Invitation
from outreach.people.models import Person
from outreach.register.freshness.queries import fresh_import


class NotInvitedError(OutreachError):
    """The person may not be invited as things stand."""

    http_status = 409


class HouseholdRevokedError(OutreachError):
    """The household's invitation was taken back: somebody decided that."""

    message = N_("Husstandens invitasjon er trukket tilbake. Derfor ble det ikke laget noen ny.")
    http_status = 409


def invite(event: Event, person: Person, *, actor: Actor, now: datetime) -> Invitation:
    """Ask `person` to `event`, by an invitation of the household where there is one, and return it.

    Raises EventNotOpenError, NoExtractError, ExtractTooOldError, NotInvitedError and HouseholdRevokedError.
    """
    service.refuse_closed(event, now)
    latest = fresh_import(now)
    if reason := queries.reason_against(person, event.id):
        raise NotInvitedError(words(reason))
    invitations.lock_event(event.id)
    list_id = add_to_list(event, person.id, as_of=latest.as_of, now=now)
    service.make(event.id, service.plan_of(event.id, list_id), now)
    found = queries.invitation_of(person.id, event.id)
    if found is None:
        raise HouseholdRevokedError
    record(
        "invitation.add", subject_kind="invitation", subject_id=found.id, actor=actor, now=now, event_id=event.id,
        person_id=person.id,
    )  # fmt: skip
    return found


def note_look(person_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one person to invite."""
    record("person.look", subject_kind="person", subject_id=person_id, actor=actor, now=now)
