"""Which invitations left an address that must not be written to, or that is dead.

Addresses are sealed, and suppressions are keyed hashes of them, so the database cannot join the two. Addresses are
opened only when there is a suppression that belongs to no person of the register: else there is nothing to find.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from outreach.database import db
from outreach.database.keys import KeyRing
from outreach.database.sealed import key_ring
from outreach.mailings.mailing import OUTREACH, TOPIC, Kind, outbox_kind
from outreach.messages.contact import subject_of
from outreach.messages.models import Suppression
from outreach.messages.suppression import UNREACHABLE, binding_purposes
from outreach.people.models import Person
from outreach.rsvp.models import Rsvp


@dataclass(frozen=True)
class Wishes:
    """Invitations whose address asked for nothing more, and those whose e-mail or number is dead."""

    unwilling: tuple[int, ...] = ()
    dead_email: tuple[int, ...] = ()
    dead_mobile: tuple[int, ...] = ()


def wishes(event_id: int, kind: Kind) -> Wishes:
    """Return what stands against the addresses that the event's guests left, for a mailing of `kind`."""
    stopped = _of_addresses(
        binding_purposes(outbox_kind(kind), is_outreach=kind in OUTREACH, topic=TOPIC) - {UNREACHABLE}
    )
    dead = _of_addresses({UNREACHABLE})
    if not stopped and not dead:
        return Wishes()
    unwilling, dead_email, dead_mobile = [], [], []
    for invitation_id, email, mobile in _left(event_id):
        if stopped & (email | mobile):
            unwilling.append(invitation_id)
        if dead & email:
            dead_email.append(invitation_id)
        if dead & mobile:
            dead_mobile.append(invitation_id)
    return Wishes(tuple(unwilling), tuple(dead_email), tuple(dead_mobile))


def _of_addresses(purposes: Collection[str]) -> set[str]:
    """Return the keyed hashes suppressed under `purposes` that are no known person's."""
    if not purposes:
        return set()
    somebody = exists().where(
        or_(Person.identity_hash == Suppression.subject_hash, Person.weak_hash == Suppression.subject_hash)
    )
    wanted = select(Suppression.subject_hash).where(Suppression.purpose.in_(sorted(purposes)), ~somebody)
    return set(db.session.scalars(wanted.order_by(Suppression.subject_hash)))


def _left(event_id: int) -> Iterator[tuple[int, set[str], set[str]]]:
    """Yield invitation, hashes of its e-mail address and of its number, for those who left any."""
    columns = select(Rsvp.invitation_id, Rsvp.id, Rsvp.email_sealed, Rsvp.mobile_sealed)
    wanted = columns.where(
        Rsvp.event_id == event_id, or_(Rsvp.email_sealed.is_not(None), Rsvp.mobile_sealed.is_not(None))
    )
    # Asked for once: to look for a newer key file at each of thousands of addresses takes longer than to open them.
    keys = key_ring()
    for invitation_id, rsvp_id, email, mobile in db.session.execute(wanted.order_by(Rsvp.invitation_id)):
        yield (
            invitation_id,
            _hashes(email, keys, column="rsvp.email_sealed", row_id=rsvp_id),
            _hashes(mobile, keys, column="rsvp.mobile_sealed", row_id=rsvp_id),
        )


def _hashes(sealed: bytes | None, keys: KeyRing, *, column: str, row_id: int) -> set[str]:
    if sealed is None:
        return set()
    address = keys.unseal(sealed, column=column, row_id=row_id)
    return set(keys.keyed_candidates("address", subject_of(address)))
