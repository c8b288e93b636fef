"""Every SELECT of the contact point, always ordered. Lists and numbers leave out who is unlisted."""

import hmac
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from outreach.contact_point.keeping import MOST_ASKS, Deadlines
from outreach.contact_point.models import SignUp, SignUpConsent, SignUpInterest, SignUpRequest
from outreach.contact_point.own_link import OWN_PAGE
from outreach.contact_point.sign_up import Purpose
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.formats.secret_token import token_hash
from outreach.formats.short_code import compute, read
from outreach.messages.contact import subject_of
from outreach.messages.recipients import RecipientWords
from outreach.messages.service import address_hashes
from outreach.people.models import Person, ProtectedIdentity

_OWN_PAGE, _CODE = "contact-point", "contact-point-code"
# Under the number of parameters that both databases take in one statement.
_HASHES_A_STATEMENT = 10_000
MOST_LIKELY = 8
T = TypeVar("T")


def has_yes(purpose: Purpose | None = None) -> ColumnElement[bool]:
    """Say of a sign-up whether a consent is in force, to `purpose` or to any: none is of whoever lives here again."""
    open_ones = exists().where(SignUpConsent.sign_up_id == SignUp.id, SignUpConsent.withdrawn_at_utc.is_(None))
    found = open_ones if purpose is None else open_ones.where(SignUpConsent.purpose == purpose.value)
    return and_(found.correlate(SignUp), SignUp.home_at_utc.is_(None))


def by_id(sign_up_id: int) -> SignUp | None:
    """Return the sign-up as it is in the database now, or None."""
    wanted = select(SignUp).where(SignUp.id == sign_up_id).execution_options(populate_existing=True)
    found: SignUp | None = db.session.scalar(wanted)
    return found


def held(sign_up_id: int) -> SignUp:
    """Return the sign-up, locked until this transaction ends. Raises NotFoundError."""
    wanted = select(SignUp).where(SignUp.id == sign_up_id).with_for_update()
    found: SignUp | None = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError
    return found


def code_of(selector: str, generation: int) -> str:
    """Return the whole code of somebody's own page."""
    return compute(OWN_PAGE, selector, key_ring().link_mac(_OWN_PAGE, selector, generation))


def by_code(typed: str) -> SignUp:
    """Return the sign-up whose own page has the code. Raises MistypedCodeError or NotFoundError."""
    code = read(OWN_PAGE, typed)
    found: SignUp | None = db.session.scalar(select(SignUp).where(SignUp.selector == code.selector))
    if found is None or not hmac.compare_digest(code_of(found.selector, found.generation), code.text):
        raise NotFoundError
    return found


def by_contact(contact: str) -> SignUp | None:
    """Return who signed up with an address or number, whichever key it was hashed by."""
    wanted = select(SignUp).where(SignUp.contact_hash.in_(address_hashes(contact)))
    found: SignUp | None = db.session.scalar(wanted.order_by(SignUp.id).limit(1))
    return found


def by_subject_hash(subject_hash: str) -> SignUp | None:
    """Return who signed up with the address behind a hash by the newest key.

    After a change of key the same address may stand under a hash of another generation; then each is opened.
    """
    same: SignUp | None = db.session.scalar(select(SignUp).where(SignUp.contact_hash == subject_hash))
    ring = key_ring()
    if same is not None or len(ring.register_keys) == 1:
        return same
    everybody = db.session.scalars(select(SignUp).order_by(SignUp.id))
    return next(
        (one for one in everybody if ring.is_hash_of(subject_hash, "address", subject_of(one.contact or ""))), None
    )


def request_by_token(token: str, *, now: datetime) -> SignUpRequest:
    """Return what the holder of `token` may confirm. Raises NotFoundError when it is none, or too old."""
    wanted = select(SignUpRequest).where(
        SignUpRequest.token_hash == token_hash(token), SignUpRequest.made_at_utc >= Deadlines(now).link_from
    )
    found: SignUpRequest | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError
    return found


def request_by_id(request_id: int) -> SignUpRequest | None:
    """Return a sign-up that waits, or None."""
    wanted = select(SignUpRequest).where(SignUpRequest.id == request_id).execution_options(populate_existing=True)
    found: SignUpRequest | None = db.session.scalar(wanted)
    return found


def code_mac(request_id: int) -> bytes:
    """Return what the code of a text message is made from."""
    return key_ring().link_mac(_CODE, str(request_id), 0)


def count_requests(contact: str, *, since: datetime) -> int:
    """Return how many sign-ups with this address have been made since `since` and wait."""
    mine = SignUpRequest.contact_hash.in_(address_hashes(contact))
    wanted = select(func.count()).select_from(SignUpRequest).where(mine, SignUpRequest.made_at_utc > since)
    return db.session.scalar(wanted) or 0


def ids_of_requests(contacts: Collection[str], *, sign_up_ids: Collection[int] = ()) -> list[int]:
    """Return what waits to be confirmed for these addresses, or to change one of these sign-ups."""
    hashes = [found for contact in contacts for found in address_hashes(contact)]
    mine = or_(SignUpRequest.contact_hash.in_(hashes), SignUpRequest.sign_up_id.in_(sign_up_ids))
    return list(db.session.scalars(select(SignUpRequest.id).where(mine).order_by(SignUpRequest.id)))


def ids_to_ask(due: Deadlines) -> list[int]:
    """Return who is to be asked whether they still study, or reminded of it."""
    waited = SignUp.asked_at_utc.is_(None) | (SignUp.asked_at_utc < due.asked)
    wanted = select(SignUp.id).where(SignUp.renewed_at_utc < due.to_ask, SignUp.asks < MOST_ASKS, waited, has_yes())
    return list(db.session.scalars(wanted.order_by(SignUp.id)))


def ids_to_let_go(due: Deadlines) -> list[int]:
    """Return who answered neither the question nor the reminders, and who withdrew everything or moved home a while
    ago."""
    silent = (SignUp.asks >= MOST_ASKS) & (SignUp.asked_at_utc < due.asked)
    latest = select(func.max(SignUpConsent.withdrawn_at_utc)).where(SignUpConsent.sign_up_id == SignUp.id)
    withdrawn = ~has_yes() & (latest.correlate(SignUp).scalar_subquery() < due.withdrawn)
    gone = silent | withdrawn | (SignUp.home_at_utc < due.withdrawn)
    return list(db.session.scalars(select(SignUp.id).where(gone).order_by(SignUp.id)))


def ids_unconfirmed(due: Deadlines) -> list[int]:
    """Return the sign-ups that nobody confirmed in time."""
    wanted = select(SignUpRequest.id).where(SignUpRequest.made_at_utc < due.unconfirmed)
    return list(db.session.scalars(wanted.order_by(SignUpRequest.id)))


def ids_of_persons(person_ids: Collection[int]) -> list[int]:
    """Return the sign-ups that belong to any of these persons of the register."""
    found = (
        db.session.scalars(select(SignUp.id).where(SignUp.person_id.in_(part)).order_by(SignUp.id))
        for part in _parts(sorted(person_ids))
    )
    return [one for part in found for one in part]


def of_persons(person_ids: Collection[int]) -> list[SignUp]:
    """Return the sign-ups that belong to any of these persons (some hundred at most), to read only."""
    wanted = select(SignUp).where(SignUp.person_id.in_(person_ids)).order_by(SignUp.id)
    return list(db.session.scalars(wanted))


def signed_up_persons(_event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) of the register who want to be invited, for the audience."""
    wanted = select(SignUp.person_id.label("person_id")).where(
        SignUp.person_id.is_not(None), SignUp.is_unlisted.is_(False), has_yes(Purpose.INVITATIONS)
    )
    return wanted.order_by(SignUp.person_id)


def interested_persons(_event_id: int) -> Select[Any]:
    """Return the SELECT of (`person_id`, `interest`) of those of `signed_up_persons`, a row for each interest."""
    wanted = signed_up_persons(_event_id).join(SignUpInterest, SignUpInterest.sign_up_id == SignUp.id)
    return wanted.add_columns(SignUpInterest.interest.label("interest"))


def ids_named() -> list[int]:
    """Return the sign-ups that have a name."""
    return list(db.session.scalars(select(SignUp.id).where(SignUp.is_unlisted.is_(False)).order_by(SignUp.id)))


def by_ids(ids: Collection[int]) -> list[SignUp]:
    """Return the sign-ups with `ids` (some dozens), locked until this transaction ends."""
    wanted = select(SignUp).where(SignUp.id.in_(ids)).order_by(SignUp.id).with_for_update()
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def persons_born(years: Collection[int]) -> list[tuple[str, int]]:
    """Return (weak hash, person) of the persons of the register who were born in any of `years` (some dozens)."""
    wanted = select(Person.weak_hash, Person.id).where(
        Person.birth_year.in_(sorted(set(years))), Person.weak_hash != ""
    )
    return [(weak_hash, person_id) for weak_hash, person_id in db.session.execute(wanted.order_by(Person.id))]


def likely_persons(row: SignUp) -> list[Person]:
    """Return people of the register who may be the one who signed up: born within a year of it, with a word of the name
    in common; those with most words in common first, MOST_LIKELY at most. Names are opened for it."""
    words = set((row.name or "").casefold().split())
    near = Person.birth_year.between(row.birth_year - 1, row.birth_year + 1)
    common = {
        one: len(words & set(one.full_name.casefold().split()))
        for one in db.session.scalars(select(Person).where(near).order_by(Person.id))
    }
    likely = sorted((one for one in common if common[one]), key=lambda one: (-common[one], one.id))
    return likely[:MOST_LIKELY]


def marked_names() -> set[str]:
    """Return the weak hashes under which people are marked as protected."""
    wanted = select(ProtectedIdentity.identity_hash).where(ProtectedIdentity.identity_hash.startswith("weak:"))
    found = db.session.scalars(wanted.order_by(ProtectedIdentity.identity_hash))
    return {mark.removeprefix("weak:") for mark in found}


def recipient_words(ids: Collection[int]) -> dict[int, RecipientWords]:
    """Return who the recipients of messages are, as staff may see it."""
    rows = db.session.scalars(
        select(SignUp).where(SignUp.id.in_(ids), SignUp.is_unlisted.is_(False)).order_by(SignUp.id)
    )
    return {row.id: RecipientWords(row.name or "", f"/admin/kontaktpunkt/paameldte/{row.id}") for row in rows}


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, _HASHES_A_STATEMENT)):
        yield part
