"""What a row of the contact point holds, written from a form. Never commits.

A consent is a row of its own with two dates, so that it can be shown when it was given and when it ended (GDPR
art. 7(1)).
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from outreach.audience.interest import Interest
from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.contact_point.keeping import WITHDRAWN_DAYS, let_go_on
from outreach.contact_point.models import SignUp, SignUpConsent, SignUpInterest
from outreach.contact_point.recognising.service import recognise
from outreach.contact_point.sign_up import NEWS_TOPIC, WORDING, Details, Purpose
from outreach.database import db
from outreach.events.study_place import StudyPlace
from outreach.messages.erasure import erase_suppressions
from outreach.messages.models import Suppression
from outreach.messages.service import address_hashes
from outreach.messages.suppression import ALL
from outreach.outbox.states import Channel

SUBJECT = "sign_up"


def fill(row: SignUp, details: Details, now: datetime) -> None:
    """Write `details`, but for the address, into `row`, which has one; and see who of the register it is."""
    if (row.name, row.birth_year) != (details.name, details.birth_year):
        # Whom staff took them for was decided of another name.
        row.is_matched_by_hand = False
    row.name, row.school, row.programme = details.name, details.school, details.programme
    row.birth_year, row.finishing_year, row.city = details.birth_year, details.finishing_year, details.city.value
    row.language, row.changed_at_utc = details.language, now
    recognise([row])
    _put_interests(row, details.interests)
    _put_consents(row, details, now)


def withdraw(row: SignUp, purposes: Collection[Purpose], *, now: datetime) -> int:
    """End the consents to `purposes`; return how many were in force."""
    open_ones = [one for one in row.consents if one.withdrawn_at_utc is None and one.purpose in purposes]
    for one in open_ones:
        one.withdrawn_at_utc = now
    db.session.flush()
    for one in open_ones:
        record("contact.withdraw", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now, purpose=one.purpose)
    return len(open_ones)


def purposes_of(row: SignUp) -> frozenset[Purpose]:
    """Return what the consents in force are to."""
    return frozenset(Purpose(one.purpose) for one in row.consents if one.withdrawn_at_utc is None)


def details_of(row: SignUp) -> Details:
    """Return what is kept of somebody, opened."""
    return Details(
        name=row.name or "",
        birth_year=row.birth_year,
        city=StudyPlace(row.city),
        school=row.school or "",
        programme=row.programme or "",
        finishing_year=row.finishing_year,
        interests=frozenset(Interest(one.interest) for one in row.interests),
        purposes=purposes_of(row),
        channel=Channel(row.channel),
        contact=row.contact or "",
        language=row.language,
        heard_by=row.heard_by,
    )


def leaves_on(row: SignUp) -> date:
    """Return the day, in Oslo, before which nobody is let go of even if they never answer."""
    if row.home_at_utc is not None:
        return (row.home_at_utc + timedelta(days=WITHDRAWN_DAYS)).astimezone(OSLO).date()
    return let_go_on(row.renewed_at_utc, asks=row.asks, asked_at=row.asked_at_utc).astimezone(OSLO).date()


def _put_interests(row: SignUp, wanted: Collection[Interest]) -> None:
    row.interests[:] = [one for one in row.interests if one.interest in wanted]
    there = {one.interest for one in row.interests}
    row.interests.extend(SignUpInterest(interest=one.value) for one in sorted(wanted) if one not in there)


def _put_consents(row: SignUp, details: Details, now: datetime) -> None:
    before = purposes_of(row)
    withdraw(row, before - details.purposes, now=now)
    for purpose in sorted(details.purposes - before):
        row.consents.append(SignUpConsent(purpose=purpose.value, wording=WORDING, given_at_utc=now))
        record("contact.consent", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now, purpose=purpose.value)
    if details.purposes - before:
        _take_back_no(row.contact or "", now)


def _take_back_no(contact: str, now: datetime) -> None:
    """Forget an earlier no to what somebody now says yes to; that an address is dead is no wish and stays."""
    number = erase_suppressions(address_hashes(contact), purposes=(NEWS_TOPIC, ALL))[Suppression.__tablename__]
    if number:
        record("suppression.take_back", subject_kind="suppression", actor=GUEST, now=now, number=number)
