"""What counts and what does not: two at once, a no by link and by SMS, a year without an answer, the register."""

from datetime import date, timedelta

import pytest
from flask import Flask

from outreach.audience import queries as audience
from outreach.audience.exclusions import Reason as AudienceReason
from outreach.audience.interest import Interest
from outreach.audience.rule import Rule, SignedUp, Who
from outreach.audience.service import count, preview
from outreach.contact_point import erasure, queries, service
from outreach.contact_point.models import SignUp, SignUpConsent, SignUpInterest, SignUpRequest
from outreach.contact_point.sign_up import Purpose
from outreach.database import db, new_id
from outreach.database.downward import announce
from outreach.database.key_file import use_keys
from outreach.database.sealed import key_ring
from outreach.events.study_place import StudyPlace
from outreach.messages.composers import Withheld, composer_of
from outreach.messages.models import Suppression
from outreach.messages.service import address_hash, suppress
from outreach.messages.suppression import ALL
from outreach.messages.unsubscribe_link import Wish
from outreach.messages.wishes import service as wishes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.people.joining.service import join_doubles
from outreach.people.models import Person, ProtectedIdentity
from tests.conftest import NOW
from tests.factories.audience import make_import, make_person
from tests.factories.contact_point import ask, details, make_sign_up
from tests.factories.events import make_event

ADDRESS = "ase@student.example"


def purposes(row: SignUp) -> set[str]:
    db.session.expire_all()
    return {one.purpose for one in row.consents if one.withdrawn_at_utc is None}


def test_two_that_confirm_the_same_address_make_one(app: Flask) -> None:
    first, second = ask(), ask(city="bergen")
    for waiting in (first, second):
        service.confirm(waiting, now=NOW)
    db.session.commit()
    row = db.session.scalars(db.select(SignUp)).one()
    assert row.city == "bergen"
    assert not db.session.scalars(db.select(SignUpRequest)).all()


def test_an_unsubscribe_link_withdraws_the_news_and_nothing_else(app: Flask) -> None:
    row = make_sign_up(contact=ADDRESS)
    wishes.unsubscribe(Wish("newsletter", address_hash(ADDRESS)), everything=False, now=NOW)
    assert purposes(row) == {"invitations"}


@pytest.mark.parametrize("typed", ["412 34 567", "+4741234567"])
def test_stop_by_sms_withdraws_all(app: Flask, typed: str) -> None:
    row = make_sign_up(contact="+4741234567", channel=Channel.SMS)
    wishes.stop_by_sms(typed, now=NOW)
    assert purposes(row) == set()


def test_a_no_to_something_else_withdraws_nothing(app: Flask) -> None:
    row = make_sign_up(contact=ADDRESS)
    wishes.unsubscribe(Wish("invitation", address_hash(ADDRESS)), everything=False, now=NOW)
    wishes.unsubscribe(Wish("newsletter", address_hash("annen@student.example")), everything=True, now=NOW)
    assert purposes(row) == {"news", "invitations"}


def test_a_new_yes_takes_an_old_no_back_but_no_dead_address(app: Flask) -> None:
    for purpose in ("newsletter", ALL, "unreachable", "letter"):
        suppress(address_hash(ADDRESS), purpose=purpose, source="link", now=NOW)
    make_sign_up(contact=ADDRESS)
    assert set(db.session.scalars(db.select(Suppression.purpose))) == {"unreachable", "letter"}


def test_a_year_without_a_word_is_asked_of_three_times_and_then_let_go(app: Flask) -> None:
    silent, heard = make_sign_up(), make_sign_up(contact="b@student.example", name="Bo Lien")
    asked, gone = [], 0
    for day in range(420):
        now = NOW + timedelta(days=day, hours=1)
        announce("sending_begins", now=now)
        if day == 380:
            service.stay(queries.held(heard.id), now=now)
        number = db.session.scalars(db.select(db.func.count()).where(OutboxMessage.kind == service.STILL_KIND)).one()
        asked.append(number)
        if not gone and silent.id in queries.ids_to_let_go(erasure.Deadlines(now)):
            gone = day
            erasure.erase_due(now)
    db.session.commit()
    changes = [day for day in range(1, len(asked)) if asked[day] > asked[day - 1]]
    # A tick at the same hour each day comes a moment too early on the fourteenth.
    assert (changes, gone) == ([365, 380, 395], 410)
    assert [row.id for row in db.session.scalars(db.select(SignUp))] == [heard.id]


def test_two_workers_that_ask_at_once_ask_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    row, now = make_sign_up(), NOW + timedelta(days=366)
    # What the second one read before the first one's row was free.
    monkeypatch.setattr(queries, "ids_to_ask", lambda _due: [row.id, row.id])
    service.ask_who_may_have_left(now=now)
    db.session.commit()
    asked = db.session.scalars(db.select(OutboxMessage.id).where(OutboxMessage.kind == service.STILL_KIND)).all()
    assert (row.asks, len(asked)) == (1, 1)


def test_the_question_is_not_sent_to_who_has_answered_meanwhile(app: Flask) -> None:
    row = make_sign_up()
    announce("sending_begins", now=NOW + timedelta(days=366))
    message = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.kind == service.STILL_KIND)).one()
    composer = composer_of(app, service.STILL_KIND)
    assert composer is not None
    assert "Studerer du fortsatt?" in composer.compose(message).subject  # type: ignore[union-attr]
    service.stay(queries.held(row.id), now=NOW + timedelta(days=366))
    assert composer.compose(message) == Withheld(Reason.ANSWERED)


def test_what_is_never_confirmed_and_who_withdrew_everything_goes(app: Flask) -> None:
    row = make_sign_up()
    ask(contact="ny@student.example")
    service.withdraw(queries.held(row.id), tuple(Purpose), now=NOW)
    db.session.commit()
    for days, left in ((2, (1, 1)), (4, (1, 0)), (29, (1, 0)), (31, (0, 0))):
        now = NOW + timedelta(days=days)
        erasure.erase_due(now)
        tables = (SignUp, SignUpRequest)
        assert tuple(len(db.session.scalars(db.select(table)).all()) for table in tables) == left, days
    for table in (SignUpConsent, SignUpInterest, OutboxMessage):
        assert not db.session.scalars(db.select(table)).all()


def test_with_a_sign_up_goes_each_message_that_asked_to_confirm_it(app: Flask) -> None:
    """One was confirmed, one of the same address waits, one would change the address; a stranger's stays."""
    stranger = ask(contact="annen@student.example")
    first = ask()
    row = service.confirm(ask(), now=NOW)
    service.change(row, details(contact="ny@student.example"), now=NOW)
    ask()
    db.session.commit()
    to = set(db.session.scalars(db.select(OutboxMessage.recipient)))
    assert service.request_recipient(first.id) not in to, "what was confirmed is the sign-up's own"
    assert len(to) == 4
    told = sorted(message["kind"] for message in erasure.export(row)["messages"])
    assert told == [service.CONFIRM_KIND, service.CONFIRM_KIND, service.WELCOME_KIND]
    erasure.erase_own(row, now=NOW)
    db.session.commit()
    left = service.request_recipient(stranger.id)
    assert list(db.session.scalars(db.select(OutboxMessage.recipient))) == [left]
    assert list(db.session.scalars(db.select(SignUpRequest.id))) == [stranger.id]


def test_the_sign_up_that_another_address_replaces_leaves_no_message(app: Flask) -> None:
    other, row = make_sign_up(contact="ny@student.example"), make_sign_up()
    service.change(other, details(contact="tredje@student.example"), now=NOW)
    service.change(row, details(contact="ny@student.example"), now=NOW)
    waits = SignUpRequest.sign_up_id == row.id
    service.confirm(db.session.scalars(db.select(SignUpRequest).where(waits)).one(), now=NOW)
    db.session.commit()
    assert list(db.session.scalars(db.select(SignUp.id))) == [row.id]
    assert set(db.session.scalars(db.select(OutboxMessage.recipient))) == {service.recipient(row.id)}


def in_register(given: str = "Åse", family: str = "Berg", born: date = date(2003, 5, 17)) -> Person:
    weak_hash = key_ring().keyed_hash("weak", f"{given} {family} {born}".casefold())
    names = {"given_name": given, "family_name": family, "birth_date": born.isoformat(), "birth_year": born.year}
    return make_person(make_import(), weak_hash=weak_hash, **names)


def test_the_one_person_of_the_name_and_year_is_invited_as_signed_up(app: Flask) -> None:
    event, person = make_event(), in_register()
    in_register(born=date(2004, 5, 17))
    row = make_sign_up()
    assert row.person_id == person.id
    found = count(event, segment="contact-point", since=None, until=None)
    assert found.people + sum(found.excluded.values()) == 1
    service.withdraw(queries.held(row.id), (Purpose.INVITATIONS,), now=NOW)
    db.session.commit()
    found = count(event, segment="contact-point", since=None, until=None)
    assert found.people + sum(found.excluded.get(reason, 0) for reason in AudienceReason) == 0


def test_a_segment_asks_what_they_want_to_hear_of(app: Flask) -> None:
    in_register()
    in_register("Bo", "Lien")
    db.session.execute(db.update(Person).values(seen_import_id=make_import().id))
    row = make_sign_up()
    make_sign_up(name="Bo Lien", contact="bo@student.example", interests=frozenset({Interest.PLOTS}))

    def people(*interests: str, negated: bool = False) -> int:
        rule = Rule(Who.BOTH, (SignedUp(interests, negated=negated),))
        seen = preview(rule)
        return audience.count(seen.segment, event_id=0, import_id=seen.extract.id).people

    assert [people(), people("jobs"), people("plots"), people("jobs", "plots"), people("theses")] == [2, 1, 1, 2, 0]
    assert [people("jobs", negated=True), people("theses", negated=True)] == [1, 2]
    service.withdraw(queries.held(row.id), (Purpose.INVITATIONS,), now=NOW)
    db.session.commit()
    assert people("jobs") == 0


def test_of_two_of_the_name_and_year_nobody_is_guessed(app: Flask) -> None:
    in_register()
    in_register(born=date(2003, 6, 18))
    assert make_sign_up().person_id is None


def test_who_may_be_protected_is_kept_without_a_name_and_written_to(app: Flask) -> None:
    mark = f"weak:{key_ring().keyed_hash('weak', 'åse berg 2003-05-17')}"
    db.session.add(ProtectedIdentity(id=new_id(), identity_hash=mark, marked_at_utc=NOW))
    db.session.commit()
    row = make_sign_up()
    assert (row.is_unlisted, row.name, row.school, row.programme, row.contact) == (True, "", "", "", ADDRESS)


def test_each_extract_is_looked_through_again(app: Flask) -> None:
    known, marked = make_sign_up(), make_sign_up(name="Bo Lien", contact="bo@student.example", birth_year=2001)
    assert (known.person_id, marked.is_unlisted) == (None, False)
    person = in_register()
    mark = f"weak:{key_ring().keyed_hash('weak', 'bo lien 2001-12-31')}"
    db.session.add(ProtectedIdentity(id=new_id(), identity_hash=mark, marked_at_utc=NOW))
    db.session.commit()
    announce("register_read")
    db.session.commit()
    assert (known.person_id, known.name) == (person.id, "Åse Berg")
    assert (marked.person_id, marked.is_unlisted, marked.name, marked.contact) == (None, True, "", "bo@student.example")


def test_who_becomes_protected_is_erased_with_what_waits_for_them(app: Flask) -> None:
    person, row = in_register(), make_sign_up()
    to = service.recipient(row.id)
    announce("people_protected", person_ids=[person.id], now=NOW)
    db.session.commit()
    assert not db.session.scalars(db.select(SignUp)).all()
    mine = db.select(OutboxMessage).where(OutboxMessage.recipient == to)
    assert not db.session.scalars(mine).all()


def test_an_address_is_known_again_after_a_new_key_whichever_one_hashed_it(app: Flask) -> None:
    before = app.extensions["treffpunkt.settings"].register_key
    older, link = make_sign_up(contact=ADDRESS), Wish("newsletter", address_hash("ny@student.example"))
    use_keys(app, f"99:{'ab' * 32},{before}")
    try:
        assert make_sign_up(contact=ADDRESS, city=StudyPlace.BERGEN).id == older.id
        newer = make_sign_up(contact="ny@student.example")
        wishes.unsubscribe(link, everything=False, now=NOW)
        assert purposes(newer) == {"invitations"}
        assert purposes(older) == {"news", "invitations"}
    finally:
        db.session.rollback()
        use_keys(app, before)


def test_two_records_that_were_one_person_leave_the_sign_up_with_that_person(app: Flask) -> None:
    kept, gone = in_register("Åsa"), in_register()
    row = make_sign_up()
    assert row.person_id == gone.id
    join_doubles([(kept.id, gone.id)])
    db.session.commit()
    assert row.person_id == kept.id


def test_details_come_back_from_json_as_they_went(app: Flask) -> None:
    told = details(finishing_year=None, interests=frozenset())
    assert type(told).from_json(told.to_json()) == told
