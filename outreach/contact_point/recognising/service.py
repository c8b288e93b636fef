"""Recognises those who signed up in the register: when they tell their name, and again whenever an extract was read.

Never commits. Where just one person has the name and year of birth, that is who they are; what staff decided stands.
Who may be a protected person is kept without a name and stands in no list, number or export: it is theirs to tell us
where to write, and ours to tell nobody.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.contact_point import queries
from outreach.contact_point.matching import weak_keys
from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError

# People of so many sign-ups' years of birth are read at once.
_ROWS_AT_ONCE = 50


def recognise(rows: Sequence[SignUp]) -> None:
    """Note of each of `rows` which person of the register it is, if any, or that it must not be listed."""
    persons: dict[str, set[int]] = defaultdict(set)
    for weak_hash, person_id in queries.persons_born([row.birth_year for row in rows]):
        persons[weak_hash].add(person_id)
    marked, ring = queries.marked_names(), key_ring()
    for row in rows:
        keys = weak_keys(row.name or "", row.birth_year)
        hashes = {one for key in keys for one in ring.keyed_candidates("weak", key)}
        found = set().union(*(persons[one] for one in hashes & persons.keys()))
        row.is_unlisted = not hashes.isdisjoint(marked)
        if row.is_unlisted or not row.is_matched_by_hand:
            row.person_id = found.pop() if len(found) == 1 and not row.is_unlisted else None
        if row.is_unlisted:
            row.name, row.school, row.programme = "", "", ""


def match_by_hand(row: SignUp, person_id: int | None, *, actor: Actor, now: datetime) -> None:
    """Note whom of the register staff take them for, None for nobody. Raises NotFoundError unless it is likely."""
    if person_id is not None and person_id not in {one.id for one in queries.likely_persons(row)}:
        raise NotFoundError
    row.person_id, row.is_matched_by_hand = person_id, True
    db.session.flush()
    record("contact.match", subject_kind="sign_up", subject_id=row.id, actor=actor, now=now, other_id=person_id or 0)


def move_persons(pairs: Sequence[tuple[int, int]]) -> None:
    """Give what belongs to the second of each of `pairs` (kept, gone) to the first. Listens to "people_joined"."""
    for kept, gone in pairs:
        moved = update(SignUp).where(SignUp.person_id == gone).values(person_id=kept)
        db.session.execute(moved, execution_options={"synchronize_session": False})


def recognise_all() -> None:
    """Do so for everybody who has a name. Listens to "register_read"."""
    ids = queries.ids_named()
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        recognise(queries.by_ids(ids[start : start + _ROWS_AT_ONCE]))
        db.session.flush()
