"""Partners are asked once for each link; what they answer, and what staff take back, holds from then on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.events import service as event_service
from outreach.outbox.models import OutboxMessage
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import (
    AlreadyTakesPartError,
    EventClosedError,
    NobodyToAskError,
    NotPublishedError,
    Plan,
    Role,
    StandNeeds,
    State,
    WithdrawnError,
)
from outreach.partners.participations import queries, service
from tests.conftest import NOW
from tests.factories.events import SLUG, make_event
from tests.factories.partners import contact_of, make_participation, make_partner, partner_token


def messages() -> list[tuple[str, str, str]]:
    found = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.purpose))
    return [(row.purpose, row.state, row.reason) for row in found]


def test_an_invitation_is_queued_once_however_often_it_is_asked_for(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    assert [service.ask(row, actor=COMMAND, now=NOW) for _ in range(3)] == [True, False, False]
    assert messages() == [("partner-invitation:0", "queued", "")]
    assert row.asked_at_utc == NOW


def test_another_link_takes_the_old_one_and_its_message_back_and_can_be_sent(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    old = partner_token(row)
    service.new_link(row, actor=COMMAND, now=NOW)
    assert service.ask(row, actor=COMMAND, now=NOW)
    assert messages() == [("partner-invitation:0", "withheld", "replaced"), ("partner-invitation:1", "queued", "")]
    db.session.commit()
    assert queries.by_code(partner_token(row)).id == row.id
    with pytest.raises(WithdrawnError):
        queries.by_code(old)


def test_a_link_of_a_withdrawn_partner_is_gone_and_can_be_given_anew(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    service.withdraw(row, actor=COMMAND, now=NOW)
    assert messages() == [("partner-invitation:0", "withheld", "revoked")]
    with pytest.raises(WithdrawnError):
        queries.by_code(partner_token(row))
    with pytest.raises(WithdrawnError):
        service.answer(row, is_coming=True, actor=COMMAND, now=NOW)
    service.new_link(row, actor=COMMAND, now=NOW)
    assert row.state == State.ASKED
    assert queries.by_code(partner_token(row)).id == row.id


def test_the_code_of_another_partner_opens_only_its_own(app: Flask) -> None:
    event = make_event()
    first, second = make_participation(event), make_participation(event)
    assert queries.by_code(partner_token(first)).id == first.id
    mixed = partner_token(first)[:9] + partner_token(second)[9:]
    with pytest.raises(Exception, match=r"Koden|finner ikke"):
        queries.by_code(mixed)


def test_who_said_no_to_email_or_has_no_contact_is_not_asked(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    organisations.say_no(contact_of(row.organisation), actor=COMMAND, now=NOW)
    with pytest.raises(NobodyToAskError):
        service.ask(row, actor=COMMAND, now=NOW)
    row.contact_id, row.contact = None, None
    with pytest.raises(NobodyToAskError):
        service.ask(row, actor=COMMAND, now=NOW)
    assert messages() == []


def test_nobody_is_asked_to_what_guests_do_not_see_or_what_has_begun(app: Flask) -> None:
    draft = make_participation(make_event(publish=False), state=State.ASKED)
    with pytest.raises(NotPublishedError):
        service.ask(draft, actor=COMMAND, now=NOW)
    begun = draft.event.starts_at_utc
    for act in (
        lambda: service.ask(draft, actor=COMMAND, now=begun),
        lambda: service.answer(draft, is_coming=True, actor=COMMAND, now=begun),
        lambda: service.set_needs(draft, StandNeeds(), actor=COMMAND, now=begun),
    ):
        with pytest.raises(EventClosedError):
            act()


def test_a_partner_has_a_role_once_at_an_event_but_may_have_several(app: Flask) -> None:
    event, row = make_event(), make_partner()
    make_participation(event, row)
    make_participation(event, row, Role.SPONSOR)
    with pytest.raises(AlreadyTakesPartError):
        service.add(event, row, Role.STAND, actor=COMMAND, now=NOW)


def test_a_contact_of_another_partner_cannot_be_written_to(app: Flask) -> None:
    row, other = make_participation(make_event()), make_partner()
    with pytest.raises(NotFoundError):
        service.plan(row, Plan(contact_id=contact_of(other).id, place="", slot_title="", slot_at_utc=None),
                     actor=COMMAND, now=NOW)  # fmt: skip


def test_a_no_takes_reminders_back_and_leaves_the_page(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    service.answer(row, is_coming=False, actor=COMMAND, now=NOW)
    assert messages() == [("partner-invitation:0", "withheld", "answered")]
    service.answer(row, is_coming=True, actor=COMMAND, now=NOW)
    assert row.state == State.CONFIRMED


def test_an_erased_contact_or_partner_gets_nothing_more(app: Flask) -> None:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    organisations.erase_contact(contact_of(row.organisation), actor=COMMAND, now=NOW)
    db.session.commit()
    assert messages() == [("partner-invitation:0", "withheld", "erased")]
    db.session.expire_all()
    assert row.contact is None
    organisations.erase(row.organisation, actor=COMMAND, now=NOW)
    db.session.commit()
    assert queries.of_event(events.by_slug(SLUG).id) == []


def test_every_change_that_guests_see_renders_the_events_page_anew(app: Flask) -> None:
    event = make_event()
    row = make_participation(event)
    later = NOW + timedelta(hours=1)
    sequence = event.sequence
    organisations.set_words(row.organisation, about="Ny tekst", website="", actor=COMMAND, now=later)
    db.session.commit()
    version = events.public_version(SLUG)
    assert version.changed_at_utc == later
    db.session.expire_all()
    assert event.sequence == sequence, "no calendar takes a new version, and nobody is told"
    other = make_event(slug="en-annen")
    organisations.set_words(row.organisation, about="Nyere", website="", actor=COMMAND, now=later + timedelta(hours=1))
    db.session.commit()
    assert events.public_version("en-annen").changed_at_utc == other.changed_at_utc, "it takes no part there"


def test_a_cancelled_event_takes_no_new_partners(app: Flask) -> None:
    event = make_event()
    event_service.cancel_event(event, NOW)
    with pytest.raises(event_service.EventCancelledError):
        service.add(event, make_partner(), Role.STAND, actor=COMMAND, now=NOW)
