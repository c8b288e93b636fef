"""Use cases of saying no: by a link, by a word to staff, by SMS; and taking it back. Only a keyed hash is stored."""

from datetime import datetime

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import record
from outreach.database.downward import announce
from outreach.database.sealed import key_ring
from outreach.messages.contact import subject_of_typed
from outreach.messages.erasure import erase_suppressions
from outreach.messages.models import Suppression
from outreach.messages.service import address_hash, address_hashes, suppress
from outreach.messages.suppression import ALL, Source
from outreach.messages.unsubscribe_link import Wish


def unsubscribe(wish: Wish, *, everything: bool, now: datetime) -> bool:
    """Write no more about the wish's topic, or at all when `everything`; say whether that was new.

    A link from before a change of key holds an older hash, which is brought under the newest key as stored ones are.
    """
    purpose = ALL if everything else wish.topic
    subject_hash = key_ring().wrapped(wish.subject_hash)
    return _suppressed(subject_hash, "suppression.asked", purpose=purpose, source=Source.LINK, actor=GUEST, now=now)


def add(typed: str, *, actor: Actor, now: datetime) -> bool:
    """Note for somebody who told staff that an address or number must not be written to; say whether that was new.

    Raises ContactFaultError when it is neither.
    """
    subject_hash = address_hash(subject_of_typed(typed))
    return _suppressed(subject_hash, "suppression.add", purpose=ALL, source=Source.STAFF, actor=actor, now=now)


def stop_by_sms(number: str, *, now: datetime) -> bool:
    """Write no more to the number that answered STOP; say whether that was new. Raises ContactFaultError."""
    subject_hash = address_hash(subject_of_typed(number))
    return _suppressed(subject_hash, "suppression.asked", purpose=ALL, source=Source.SMS, actor=GUEST, now=now)


def take_back(typed: str, *, actor: Actor, now: datetime) -> int:
    """Forget every wish about an address or number, and that it was dead; return how many. Raises ContactFaultError."""
    number = erase_suppressions(address_hashes(subject_of_typed(typed)))[Suppression.__tablename__]
    if number:
        record("suppression.take_back", subject_kind="suppression", actor=actor, now=now, number=number)
    return number


def _suppressed(subject_hash: str, act: str, *, purpose: str, source: Source, actor: Actor, now: datetime) -> bool:
    # Told also when it is no news: a later consent may be in force.
    announce("no_was_said", subject_hash=subject_hash, purpose=purpose, now=now)
    is_new = suppress(subject_hash, purpose=purpose, source=source, now=now)
    if is_new:
        record(act, subject_kind="suppression", actor=actor, now=now, purpose=purpose, source=source.value)
    return is_new
