"""Makes two records of one person one, or notes that they are two persons. Later capabilities move what they hold.

The record that is kept goes on; of the other only what points at it is kept, by listeners to "people_joined".
"""

from collections.abc import Sequence
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.database.downward import announce
from outreach.people import erasure
from outreach.people.joining.queries import Pair
from outreach.people.models import KeptApart
from outreach.people.numbers import service as numbers


def join(pair: Pair, *, actor: Actor, now: datetime) -> None:
    """Make the two one person. From now on a row without a number, of this name and birth date, is this person."""
    pair.kept.is_known_by_name = True
    db.session.flush()
    record("person.join", subject_kind="person", subject_id=pair.kept.id, actor=actor, now=now, other_id=pair.other.id)
    join_doubles([(pair.kept.id, pair.other.id)])


def join_doubles(pairs: Sequence[tuple[int, int]]) -> None:
    """Erase the second record of each of `pairs` (kept, gone) when what points at it points at the first."""
    if pairs:
        numbers.move(pairs)
        announce("people_joined", pairs=pairs)
        erasure.erase_persons([gone for _, gone in pairs])
        db.session.expire_all()


def keep_apart(pair: Pair, *, actor: Actor, now: datetime) -> None:
    """Note that the two are two persons, so that nobody is asked again. Twice is as once."""
    first, second = sorted((pair.kept.id, pair.other.id))
    insert_if_free(KeptApart, id=new_id(), first_id=first, second_id=second)
    record("person.keep_apart", subject_kind="person", subject_id=first, actor=actor, now=now, other_id=second)
