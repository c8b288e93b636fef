"""Invitations made, revoked and emptied in a real database."""

import json
import threading
from datetime import date, timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.downward import announce
from outreach.events.service import cancel_event
from outreach.formats.short_code import INVITATION, read
from outreach.invitations import erasure, queries, service
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.models import Suppression
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.register.extract_age import ExtractTooOldError
from tests.conftest import NOW
from tests.factories.audience import make_family, make_household, make_import, make_person
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations, invite_all, make_invited


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def birth_years(invitation):
    rows = select(Person.birth_year).join(Invitee, Invitee.person_id == Person.id)
    return list(db.session.scalars(rows.where(Invitee.invitation_id == invitation.id).order_by(Invitee.position)))


def test_makes_one_invitation_a_household_with_the_adults_first(app):
    extract, event = make_import(), make_event()
    make_family(extract, 2016, 1985, 1987)
    make_person(extract)
    made = invite_all(event)
    assert (made.people, made.households, made.invitations) == (4, 2, 2)
    assert sorted(birth_years(row) for row in event_invitations(event)) == [[1985], [1985, 1987, 2016]]


def test_queues_one_letter_for_each_invitation(app):
    invited = make_invited()
    letters = list(db.session.scalars(select(OutboxMessage)))
    assert [(row.purpose, row.recipient, row.channel, row.kind, row.state) for row in letters] == [
        (
            f"invitation:{invited.event.id}:1",
            f"invitation:{invited.invitation.id}",
            "letter",
            "invitation_letter",
            "queued",
        )
    ]
    assert letters[0].event_id == invited.event.id


def test_a_second_run_makes_nothing_and_says_the_same_people(app):
    invited = make_invited()
    again = invite_all(invited.event)
    assert (again.people, again.households, again.already_invited) == (3, 1, 3)
    assert (again.invitations, again.joined) == (0, 0)
    assert (number_of(Invitation), number_of(Invitee), number_of(OutboxMessage)) == (1, 3, 1)


def test_somebody_new_in_the_household_joins_its_invitation(app):
    invited = make_invited(1985)
    extract = make_import()
    for person in db.session.scalars(select(Person)):
        person.seen_import_id = extract.id
    make_person(extract, invited.household, birth_year=1990)
    again = invite_all(invited.event)
    assert (again.invitations, again.joined) == (0, 1)
    assert birth_years(invited.invitation) == [1985, 1990]
    assert number_of(OutboxMessage) == 1


def test_another_event_asks_the_same_household_with_another_code(app):
    first = make_invited()
    second = make_event(slug="ny-i-modum-2027")
    assert invite_all(second).invitations == 1
    codes = {service.code_of(row) for row in db.session.scalars(select(Invitation))}
    assert len(codes) == 2
    assert first.code in codes


def test_codes_are_computed_and_nowhere_in_the_database(app):
    invited = make_invited()
    assert read(INVITATION, invited.code).selector == invited.invitation.selector
    stored = " ".join(str(value) for row in db.session.execute(select(Invitation.__table__)) for value in row)
    assert invited.code not in stored
    invited.invitation.generation += 1
    assert service.code_of(invited.invitation) != invited.code


def test_selectors_that_are_drawn_twice_are_drawn_again(app, monkeypatch):
    taken = make_invited(1985).invitation.selector
    extract, event = make_import(), make_event(slug="en-kveld-til")
    for _ in range(3):
        make_person(extract)
    drawn = chain([taken, "CCCCC", "CCCCC", "DDDDD", taken], iter(["FFFFF"]), repeat("HHHHH"))
    monkeypatch.setattr(service, "new_selector", lambda shape: next(drawn))
    assert invite_all(event).invitations == 3
    selectors = set(db.session.scalars(select(Invitation.selector).where(Invitation.event_id == event.id)))
    assert selectors == {"CCCCC", "DDDDD", "FFFFF"}


@pytest.mark.parametrize(("age_days", "is_refused"), [(30, False), (31, True)])
def test_an_extract_older_than_the_limit_blocks_inviting(app, age_days, is_refused):
    today = NOW.date()
    extract, event = make_import(today - timedelta(days=age_days)), make_event()
    make_person(extract)
    if not is_refused:
        assert invite_all(event).invitations == 1
        return
    with pytest.raises(ExtractTooOldError) as caught:
        invite_all(event)
    assert "31 dager gammelt. Grensen er 30 dager." in str(caught.value)
    assert number_of(Invitation) == 0


def test_a_draft_a_cancelled_and_a_past_event_invite_nobody(app):
    make_person(make_import())
    with pytest.raises(service.EventNotOpenError):
        invite_all(make_event(publish=False))
    cancelled = make_event(slug="avlyst")
    cancel_event(cancelled, NOW)
    with pytest.raises(service.EventCancelledError):
        invite_all(cancelled)
    over = make_event(slug="over", starts_at_utc=NOW - timedelta(hours=3), ends_at_utc=NOW, answer_by=NOW.date())
    with pytest.raises(service.EventOverError):
        invite_all(over)
    assert number_of(Invitation) == 0


def test_the_audit_row_holds_counts_and_no_names(app):
    invited = make_invited()
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "invitation.create"))
    details = json.loads(entry.details)
    assert (details["invitations"], details["joined"]) == (1, 0)
    assert entry.subject_id == invited.event.id


def test_a_suppressed_adult_is_left_out_of_the_households_letter(app):
    extract, event = make_import(), make_event()
    household = make_household()
    make_person(extract, household, birth_year=1985)
    alone = make_person(extract, household, birth_year=1990)
    db.session.add(Suppression(subject_hash=alone.identity_hash, purpose="all", source="guest", since_utc=NOW))
    db.session.commit()
    assert invite_all(event).excluded["suppressed"] == 1
    assert birth_years(event_invitations(event)[0]) == [1985]


def test_revoking_stops_the_letter_and_is_once(app):
    invited = make_invited()
    for _ in range(2):
        service.revoke(invited.invitation, now=NOW, actor=COMMAND)
    db.session.commit()
    letter = db.session.scalar(select(OutboxMessage))
    assert (invited.invitation.state, letter.state, letter.reason) == ("revoked", "withheld", "revoked")
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.act == "invitation.revoke")).all()
    assert len(acts) == 1
    assert invite_all(invited.event).invitations == 0


def test_a_newly_protected_person_leaves_the_invitation_and_the_letter_is_stopped(app):
    invited = make_invited(1985, 1990)
    protected = db.session.scalar(select(Person.id).where(Person.birth_year == 1990))
    announce("people_protected", person_ids=[protected], now=NOW)
    db.session.commit()
    assert birth_years(invited.invitation) == [1985]
    letter = db.session.scalar(select(OutboxMessage))
    assert (letter.state, letter.reason) == ("withheld", "by_hand")
    assert db.session.scalar(select(Invitation.state)) == "active"


def test_an_invitation_whose_only_person_became_protected_is_revoked(app):
    invited = make_invited(1985)
    person = db.session.scalar(select(Person.id))
    announce("people_protected", person_ids=[person], now=NOW)
    db.session.commit()
    assert (number_of(Invitee), db.session.scalar(select(Invitation.state))) == (0, "revoked")
    assert invited.invitation.id == db.session.scalar(select(Invitation.id))


def test_protection_of_somebody_who_is_not_invited_touches_nothing(app):
    make_invited()
    announce("people_protected", person_ids=[1, 2, 3], now=NOW)
    announce("people_protected", person_ids=[], now=NOW)
    assert db.session.scalar(select(OutboxMessage.state)) == "queued"


def test_erasing_an_event_empties_its_invitations_and_leaves_others(app):
    first = make_invited()
    other = make_event(slug="en-kveld-til")
    invite_all(other)
    assert erasure.erase_event_people(first.event.id) == {"invitee": 3, "returned_letter": 0}
    db.session.commit()
    states = dict(tuple(row) for row in db.session.execute(select(Invitation.event_id, Invitation.state)))
    assert states == {first.event.id: "erased", other.id: "active"}
    assert db.session.scalar(select(Invitation.household_id).where(Invitation.event_id == first.event.id)) is None
    assert number_of(Invitee) == 3


def test_erasing_a_person_erases_an_invitation_that_is_left_empty(app):
    make_invited(1985)
    family = make_family(make_import(), 1970, 1971)
    event = make_event(slug="en-kveld-til")
    persons = list(db.session.scalars(select(Person.id).where(Person.birth_year.in_((1985, 1970)))))
    make_import()
    for person in db.session.scalars(select(Person)):
        person.seen_import_id = queries_import_id()
    invite_all(event)
    assert erasure.erase_persons(persons) == {"invitee": 3, "returned_letter": 0}
    db.session.commit()
    kept = db.session.scalar(select(Invitation).where(Invitation.household_id == family.id))
    assert (kept.state, birth_years(kept)) == ("active", [1971])
    erased = db.session.scalars(select(Invitation.id).where(Invitation.state == "erased")).all()
    letters = db.session.scalars(
        select(OutboxMessage.state).where(OutboxMessage.recipient.in_([f"invitation:{id_}" for id_ in erased]))
    )
    assert len(erased) == 2
    assert set(letters) == {"withheld"}


def queries_import_id():
    from outreach.register.queries import latest_import

    return latest_import().id


def test_two_who_invite_at_the_same_moment_ask_each_household_once(app):
    extract, event = make_import(), make_event()
    for _ in range(20):
        make_family(extract, 1985, 1990)
    for _ in range(20):
        make_person(extract)
    made, barrier = [], threading.Barrier(2)

    def run():
        with app.app_context():
            barrier.wait()
            result = service.create_invitations(
                event, segment="moved-in", since=None, until=None, now=NOW, actor=COMMAND
            )
            db.session.commit()
            db.session.remove()
            made.append(result.invitations)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0, 40]
    assert (number_of(Invitation), number_of(Invitee), number_of(OutboxMessage)) == (40, 60, 40)


def test_without_the_lock_one_of_two_at_the_same_moment_fails(app, monkeypatch):
    """The control of the test above. SQLite has one writer: there the lock may go."""
    has_one_writer = db.engine.dialect.name == "sqlite"
    event, barrier, faults = make_event(), threading.Barrier(2), []
    make_person(make_import())
    monkeypatch.setattr(queries, "lock_event", lambda event_id: None)
    asked = queries.asked_persons
    if not has_one_writer:
        monkeypatch.setattr(queries, "asked_persons", lambda event_id: (asked(event_id), barrier.wait(5))[0])

    def run():
        with app.app_context():
            try:
                service.create_invitations(event, segment="moved-in", since=None, until=None, now=NOW, actor=COMMAND)
                db.session.commit()
            except IntegrityError as error:
                faults.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(faults) == (0 if has_one_writer else 1)


def test_cancelling_the_event_stops_its_letters_and_keeps_the_invitations(app):
    invited = make_invited()
    other = make_event(slug="en-kveld-til")
    invite_all(other)
    cancel_event(invited.event, NOW)
    db.session.commit()
    states = {row.event_id: (row.state, row.reason) for row in db.session.scalars(select(OutboxMessage))}
    assert states == {invited.event.id: ("withheld", "event_cancelled"), other.id: ("queued", "")}
    assert set(db.session.scalars(select(Invitation.state))) == {"active"}


def test_counts_of_states_and_letters(app):
    invited = make_invited()
    assert queries.state_counts(invited.event.id) == {"active": 1, "revoked": 0, "erased": 0}
    assert queries.letter_counts(invited.event.id) == {"queued": 1}
    assert queries.invited_persons(invited.event.id) == 3


def test_a_window_with_nobody_in_it_makes_nothing(app):
    make_person(make_import())
    made = service.create_invitations(
        make_event(),
        segment="moved-in",
        since=date(2026, 1, 1),
        until=date(2026, 1, 1),
        now=NOW,
        actor=COMMAND,
    )
    assert (made.people, made.invitations) == (0, 0)
