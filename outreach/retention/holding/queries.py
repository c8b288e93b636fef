"""Finds a person among those we hold. A protected person has no row to be found: the answer is that of a stranger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from outreach.audience.name_search import is_match
from outreach.database import db, unseal
from outreach.database.sealed import key_ring
from outreach.errors import N_, NotFoundError
from outreach.invitations.models import Invitee
from outreach.invitations.queries import UnknownCodeError, by_code
from outreach.people.models import Person
from outreach.register.staging.searching import queries as waiting
from outreach.register.staging.searching.waiting_row import WaitingRow
from outreach.retention.holding.search_text import SearchKind, SearchText, understood

MOST_FOUND = 50
_NAME_COLUMNS = ("given_name_sealed", "middle_name_sealed", "family_name_sealed")
_AT_ONCE = 2_000


class NothingHeldError(NotFoundError):
    """Nobody we hold, or nobody whom we may tell of: one sentence for both."""

    message = N_("Vi har ingen opplysninger om noen som passer med det du skrev.")


@dataclass(frozen=True)
class Found:
    """People that a search found, at most MOST_FOUND, and whether there are more."""

    people: list[Person]
    has_more: bool = False


def find(typed: str, *, birth_year: int | None = None) -> Found:
    """Return whom `typed` can mean: a number, a record number, a code, or a name, born in `birth_year` when given."""
    wanted = understood(typed)
    ids = list(_ids(wanted, birth_year))
    people = db.session.scalars(select(Person).where(Person.id.in_(ids[:MOST_FOUND])).order_by(Person.id)).all()
    fitting = [person for person in people if birth_year is None or person.birth_year == birth_year]
    return Found(sorted(fitting, key=lambda person: person.full_name.casefold()), len(ids) > MOST_FOUND)


def person(person_id: int) -> Person:
    """Return the person of a record number. Raises NothingHeldError."""
    found: Person | None = db.session.get(Person, person_id)
    if found is None:
        raise NothingHeldError
    return found


def one(reference: str) -> Person:
    """Return the person of a record number, or the only one of a code. Raises NothingHeldError."""
    wanted = understood(reference)
    if wanted.kind not in (SearchKind.RECORD, SearchKind.CODE):
        raise NothingHeldError
    found = find(reference).people
    if len(found) != 1:
        raise NothingHeldError
    return found[0]


def find_waiting(typed: str, *, birth_year: int | None = None, now: datetime) -> list[WaitingRow]:
    """Return the rows of uploads that wait for a yes whom `typed` can mean: a number, a name, or a row's reference."""
    wanted = understood(typed)
    if wanted.kind not in (SearchKind.NATIONAL_ID, SearchKind.NAME, SearchKind.WAITING):
        return []

    def is_meant(row: WaitingRow) -> bool:
        if birth_year is not None and row.record.birth_year != birth_year:
            return False
        if wanted.kind is SearchKind.NAME:
            return is_match(wanted.words, row.name)
        return wanted.text in (row.reference, *row.record.national_ids)

    return waiting.find(is_meant, now=now)


def one_waiting(reference: str, *, now: datetime) -> WaitingRow:
    """Return the row of an upload that waits. Raises NothingHeldError."""
    found = waiting.find(lambda row: row.reference == reference, now=now)
    if not found:
        raise NothingHeldError
    return found[0]


def _ids(wanted: SearchText, birth_year: int | None) -> Iterator[int]:
    if wanted.kind is SearchKind.NATIONAL_ID:
        hashes = key_ring().identity_candidates(wanted.text)
        yield from db.session.scalars(select(Person.id).where(Person.identity_hash.in_(hashes)).order_by(Person.id))
    if wanted.kind in (SearchKind.RECORD, SearchKind.NATIONAL_ID):
        yield from db.session.scalars(select(Person.id).where(Person.id == int(wanted.text)))
    if wanted.kind is SearchKind.CODE:
        yield from _behind_code(wanted.text)
    if wanted.kind is SearchKind.NAME:
        yield from _named(wanted.words, birth_year)


def _behind_code(code: str) -> Iterator[int]:
    try:
        invitation = by_code(code)
    except UnknownCodeError:
        return
    asked = select(Invitee.person_id).where(Invitee.invitation_id == invitation.id, Invitee.person_id.is_not(None))
    yield from (person_id for person_id in db.session.scalars(asked.order_by(Invitee.position)) if person_id)


def _named(words: tuple[str, ...], birth_year: int | None) -> Iterator[int]:
    """Names are sealed, so each is opened in the process: about 3 µs a value."""
    columns: list[Any] = [Person.id, *(getattr(Person, name) for name in _NAME_COLUMNS)]
    wanted = select(*columns).order_by(Person.id).execution_options(yield_per=_AT_ONCE)
    if birth_year is not None:
        wanted = wanted.where(Person.birth_year == birth_year)
    for person_id, *sealed in db.session.execute(wanted):
        opened = (
            unseal(value, column=f"person.{name}", row_id=person_id)
            for name, value in zip(_NAME_COLUMNS, sealed, strict=True)
        )
        if is_match(words, " ".join(filter(None, opened))):
            yield person_id
