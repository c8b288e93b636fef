"""Staff split a household, join two, and decide about those that wait. Never commits; each act is in the audit trail.

Who was put somewhere by hand stays there when the next extract comes, as long as they live at the same dwelling
(`person.placed_household_id`). Invitations that are sent point at persons and are not touched.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.errors import N_, OutreachError
from outreach.people.models import Household, Person
from outreach.people.person import NO_EXTRACT
from outreach.people.set_aside import SET_ASIDE, Decision
from outreach.register.households.arranging import queries
from outreach.register.households.arranging.queries import ListedHousehold
from outreach.register.queries import latest_import

_ACTS = {Decision.RELEASED: "household.release", Decision.HELD: "household.hold"}


class NobodyChosenError(OutreachError):
    """Nobody, or nobody of this household, was chosen."""

    message = N_("Velg minst én person.")


class EverybodyChosenError(OutreachError):
    """A household cannot be split from itself."""

    message = N_("Noen må bli igjen i husstanden. Velg ikke alle.")


class SameHouseholdError(OutreachError):
    """A household cannot be joined with itself."""

    message = N_("Velg en annen husstand å slå sammen med.")


class NoHouseholdChosenError(OutreachError):
    """Nothing was chosen in the list."""

    message = N_("Velg minst én husstand.")


def split(home: ListedHousehold, person_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Put `person_ids` into a household of their own, set aside as the old one is; return its id.

    Raises NobodyChosenError or EverybodyChosenError.
    """
    new_home = _part_off(home, person_ids, reason=home.household.set_aside_reason, decision=home.household.decision)
    _note("household.split", home.household.id, actor=actor, now=now, new_id=new_home, persons=len(set(person_ids)))
    return new_home


def invite_part(home: ListedHousehold, person_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Let `person_ids` get letters, in a household of their own, and hold the others back; return the new household.

    Raises NobodyChosenError or EverybodyChosenError.
    """
    new_home = _part_off(home, person_ids, reason="", decision=Decision.RELEASED.value)
    _hold_back([home.household.id])
    _clear([new_home])
    _note("household.invite_part", home.household.id, actor=actor, now=now, new_id=new_home)
    return new_home


def join(kept: ListedHousehold, other: ListedHousehold, *, actor: Actor, now: datetime) -> None:
    """Put everybody of `other` into `kept`. What one of them waited for, both wait for. Raises SameHouseholdError."""
    if kept.household.id == other.household.id:
        raise SameHouseholdError
    into = kept.household.id
    if other.household.set_aside_reason:
        aside = {"set_aside_reason": SET_ASIDE, "decision": other.household.decision}
        db.session.execute(update(Household).where(Household.id == into).values(aside))
    here = update(Person).where(Person.household_id == other.household.id)
    db.session.execute(here.values(household_id=into, placed_household_id=into, is_grouped=True))
    db.session.execute(delete(Household).where(Household.id == other.household.id))
    _note("household.join", into, actor=actor, now=now, other_id=other.household.id)
    db.session.expire_all()


def decide(household_ids: Sequence[int], decision: Decision, *, actor: Actor, now: datetime) -> int:
    """Release or hold back the households, some hundred at most; return how many. Raises NoHouseholdChosenError."""
    ids = queries.lived_in_among(household_ids)
    if not ids:
        raise NoHouseholdChosenError
    if decision is Decision.HELD:
        _hold_back(ids)
    else:
        released = {"set_aside_reason": "", "decision": Decision.RELEASED.value}
        db.session.execute(update(Household).where(Household.id.in_(ids)).values(released))
        _clear(ids)
    _note(_ACTS[decision], ids[0] if len(ids) == 1 else None, actor=actor, now=now, households=len(ids))
    db.session.expire_all()
    return len(ids)


def note_look(
    act: str, *, household_id: int | None = None, page: int | None = None, actor: Actor, now: datetime
) -> None:
    """Write down that `actor` looked at names: one household, one page of a list, or what a search found."""
    details = {} if page is None else {"page": page}
    record(act, subject_kind="household", subject_id=household_id, actor=actor, now=now, **details)


def _part_off(home: ListedHousehold, person_ids: Sequence[int], *, reason: str, decision: str) -> int:
    members = {member.id for member in home.members}
    chosen = members.intersection(person_ids)
    if not chosen:
        raise NobodyChosenError
    if chosen == members:
        raise EverybodyChosenError
    part = Household(id=new_id(), dwelling_hash="", set_aside_reason=reason, decision=decision)
    part.dwelling_hash = key_ring().keyed_hash("household", f"placed|{part.id}")
    db.session.add(part)
    db.session.flush()
    moved = update(Person).where(Person.id.in_(sorted(chosen)))
    db.session.execute(moved.values(household_id=part.id, placed_household_id=part.id, is_grouped=True))
    db.session.expire_all()
    return part.id


def _hold_back(household_ids: Sequence[int]) -> None:
    held = {"set_aside_reason": SET_ASIDE, "decision": Decision.HELD.value}
    db.session.execute(update(Household).where(Household.id.in_(household_ids)).values(held))


def _clear(household_ids: Sequence[int]) -> None:
    """Take what we hold of the members as right until the next extract, whatever was missing or wrong in the last."""
    extract = latest_import()
    mine = update(Person).where(Person.household_id.in_(household_ids))
    db.session.execute(mine.values(is_held_back=False))
    if extract:
        shown_once = Person.seen_import_id != NO_EXTRACT
        db.session.execute(mine.where(shown_once).values(seen_import_id=extract.id))


def _note(act: str, household_id: int | None, *, actor: Actor, now: datetime, **details: int) -> None:
    record(act, subject_kind="household", subject_id=household_id, actor=actor, now=now, **details)
