"""Use cases of partners and their contacts: make, change, agree, say no, erase. Never commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import SYSTEM, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.database.downward import announce
from outreach.partners.models import Contact, Organisation
from outreach.partners.organisation import (
    WORDING,
    ContactDetails,
    ContactKnownError,
    NumberTakenError,
    OrganisationDetails,
)
from outreach.partners.organisations import queries

SUBJECT, CONTACT = "partner", "partner_contact"


def create(details: OrganisationDetails, *, actor: Actor, now: datetime) -> Organisation:
    """Make a partner. Raises NumberTakenError."""
    row = Organisation(created_at_utc=now, changed_at_utc=now, kind=details.kind.value)
    _fill(row, details)
    with _number_is_free():
        db.session.add(row)
        db.session.flush()
    record("partner.create", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    return row


def change(row: Organisation, details: OrganisationDetails, *, actor: Actor, now: datetime) -> None:
    """Keep what was changed. Raises NumberTakenError."""
    with _number_is_free():
        if row.number != details.number:
            row.standing, row.register_name, row.register_asked_at_utc = "", "", None
        _fill(row, details)
        row.changed_at_utc = now
        db.session.flush()
    _tell(row, "partner.change", actor=actor, now=now)


def set_words(row: Organisation, *, about: str, website: str, actor: Actor, now: datetime) -> None:
    """Keep the partner's own words."""
    row.about, row.website, row.changed_at_utc = about, website, now
    _tell(row, "partner.words", actor=actor, now=now)


def set_logo(row: Organisation, png: bytes | None, mark: str, *, actor: Actor, now: datetime) -> None:
    """Keep another logo, or none; `png` and `mark` come from `logo.py`."""
    row.logo, row.logo_mark, row.changed_at_utc = png, mark, now
    _tell(row, "partner.logo", actor=actor, now=now)


def erase(row: Organisation, *, actor: Actor, now: datetime) -> None:
    """Erase a partner with everything that hangs on it; the log keeps its number."""
    announce("partner_leaves", organisation_id=row.id, now=now)
    record("partner.erase", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    db.session.delete(row)
    db.session.flush()


def add_contact(row: Organisation, details: ContactDetails, *, actor: Actor, now: datetime) -> Contact:
    """Note somebody who speaks for a partner. Raises ContactKnownError."""
    _refuse_known(row, details.email, but=None)
    contact = Contact(created_at_utc=now)
    _fill_contact(contact, details, now)
    row.contacts.append(contact)
    db.session.flush()
    record("partner.contact", subject_kind=CONTACT, subject_id=contact.id, actor=actor, now=now)
    return contact


def change_contact(
    row: Organisation, contact: Contact, details: ContactDetails, *, actor: Actor, now: datetime
) -> None:
    """Keep what was changed of a contact. Raises ContactKnownError."""
    _refuse_known(row, details.email, but=contact.id)
    _fill_contact(contact, details, now)
    db.session.flush()
    record("partner.contact", subject_kind=CONTACT, subject_id=contact.id, actor=actor, now=now)


def erase_contact(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """Erase somebody who speaks for a partner no longer, or does not want to be here."""
    announce("partner_contact_leaves", contact_id=contact.id)
    record("partner.erase_contact", subject_kind=CONTACT, subject_id=contact.id, actor=actor, now=now)
    db.session.delete(contact)
    db.session.flush()


def say_no(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """End the consent to be written to."""
    if contact.may_be_written_to:
        contact.no_at_utc = now
        db.session.flush()
        record("partner.say_no", subject_kind=CONTACT, subject_id=contact.id, actor=actor, now=now)


def no_was_said(is_theirs: Callable[[str], bool], *, now: datetime) -> None:
    """End the consent of every contact whose address `is_theirs`: they said no by the link of an e-mail."""
    for contact in queries.all_contacts():
        if contact.email and is_theirs(contact.email):
            say_no(contact, actor=SYSTEM, now=now)


def _fill(row: Organisation, details: OrganisationDetails) -> None:
    row.name, row.number, row.kind = details.name, details.number, details.kind.value
    row.about, row.website = details.about, details.website


def _tell(row: Organisation, act: str, *, actor: Actor, now: datetime) -> None:
    """Note in the log what was changed, and have the pages that show the partner rendered anew."""
    db.session.flush()
    record(act, subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
    announce("partner_changed", organisation_id=row.id, now=now)


def _fill_contact(contact: Contact, details: ContactDetails, now: datetime) -> None:
    contact.name, contact.role, contact.email = details.name, details.role, details.email
    contact.phone, contact.language = details.phone, details.language
    if details.has_agreed and not contact.may_be_written_to:
        contact.agreed_at_utc, contact.no_at_utc, contact.wording = now, None, WORDING
    elif not details.has_agreed and contact.may_be_written_to:
        contact.no_at_utc = now


def _refuse_known(row: Organisation, email: str, *, but: int | None) -> None:
    """Names are sealed, so no constraint can tell; two staff who add the same at once make two, which hurts nobody."""
    for one in row.contacts:
        if one.id != but and (one.email or "").casefold() == email.casefold():
            raise ContactKnownError


@contextmanager
def _number_is_free() -> Iterator[None]:
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if "number" not in str(error.orig):
            raise
        raise NumberTakenError from error
