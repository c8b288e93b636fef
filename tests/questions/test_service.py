"""Questions: answered once, by e-mail or phone; emptied in time; nothing of a protected person stays."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.messages.composers import Withheld, composer_of
from outreach.messages.email import ComposedEmail
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.questions import erasure, queries, service
from outreach.questions.models import Question
from outreach.questions.question import NoAddressError, QuestionMovedOnError, Way
from outreach.retention import service as retention
from outreach.retention.queries import clocks_in_force
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.factories.questions import make_question

MAIL = "olena@eksempel.example"


def composed(app: Flask, row: OutboxMessage) -> ComposedEmail | Withheld:
    composer = composer_of(app, row.kind)
    assert composer is not None
    assert composer.after_event
    return composer.compose(row)  # type: ignore[return-value]


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.channel == "email")))


def test_an_answer_by_email_is_queued_once_and_says_both_texts(app: Flask) -> None:
    row = make_question(make_event(), email=MAIL, language="nn")
    service.answer(row.id, "Ja, det er heis.", Way.EMAIL, user_id=3, now=NOW)
    with pytest.raises(QuestionMovedOnError):
        service.answer(row.id, "Nei.", Way.EMAIL, user_id=4, now=NOW)
    [mail] = mails()
    assert json.loads(mail.references_json) == {"question_id": row.id}
    written = composed(app, mail)
    assert isinstance(written, ComposedEmail)
    assert (written.to, written.topic) == (MAIL, "")
    assert "Ja, det er heis." in written.text
    assert "Er det heis i huset?" in written.html
    assert (row.status, row.answered_by_id, row.taken_by_id) == ("answered", 3, 3)


def test_an_answer_by_phone_sends_nothing(app: Flask) -> None:
    row = make_question()
    with pytest.raises(NoAddressError):
        service.answer(row.id, "Ja.", Way.EMAIL, user_id=3, now=NOW)
    db.session.rollback()
    service.answer(row.id, "Ringte.", Way.PHONE, user_id=3, now=NOW)
    assert (mails(), row.way, row.answer) == ([], "phone", "Ringte.")


def test_whoever_takes_it_is_named_and_another_may_take_over(app: Flask) -> None:
    row = make_question()
    service.take(row.id, user_id=3, now=NOW)
    service.take(row.id, user_id=4, now=NOW)
    assert (row.status, row.taken_by_id) == ("taken", 4)
    service.close(row.id, user_id=4, now=NOW)
    with pytest.raises(QuestionMovedOnError):
        service.take(row.id, user_id=3, now=NOW)


def test_texts_and_contact_are_sealed_and_stay_out_of_the_audit(app: Flask) -> None:
    row = make_question(text="Hemmeligheten", email=MAIL)
    stored = repr(db.session.execute(db.select(Question.__table__).where(Question.id == row.id)).all())
    audit = repr(db.session.execute(db.select(AuditEntry.__table__)).all())
    for text in ("Hemmeligheten", MAIL):
        assert text not in stored
        assert text not in audit
    assert "question.ask" in audit


def test_with_the_event_all_is_emptied_but_counts_and_texts_that_hold_nobody(app: Flask) -> None:
    event = make_event()
    kept, gone = (
        make_question(event, text="Heis?", email=MAIL),
        make_question(event, text="Jeg heter Olena", email=MAIL),
    )
    service.answer(kept.id, "Ja.", Way.EMAIL, user_id=3, now=NOW)
    service.mark_free(kept.id, is_free=True, user_id=3, now=NOW)
    db.session.commit()
    assert erasure.erase_event_people(event.id) == {"question": 2}
    assert erasure.erase_event_people(event.id) == {"question": 0}
    kept, gone = db.session.get(Question, kept.id), db.session.get(Question, gone.id)
    assert (kept.text, kept.answer, kept.email, kept.invitation_id) == ("Heis?", "Ja.", None, None)
    assert (gone.text, gone.email, gone.status, gone.is_erased) == (None, None, "closed", True)
    assert queries.status_counts(erased_too=True) == {"new": 0, "taken": 0, "answered": 1, "closed": 1}
    assert [row.id for row in queries.free_texts()] == [kept.id]
    assert composed(app, mails()[0]) == Withheld(Reason.ERASED)


def test_a_question_about_no_event_goes_by_the_same_number_of_days(app: Flask) -> None:
    row = make_question(email=MAIL)
    service.answer(row.id, "Ja.", Way.EMAIL, user_id=3, now=NOW)
    db.session.commit()
    for days, left in ((90, 1), (91, 0)):
        later = NOW + timedelta(days=days)
        retention.run(clocks=clocks_in_force(), today=later.date(), now=later)
        assert len(db.session.scalars(db.select(Question.id).where(Question.is_erased.is_(False))).all()) == left
    assert mails() == []


def test_a_person_gets_what_is_held_and_can_have_it_erased(app: Flask) -> None:
    invited = make_invited()
    other = make_invited(1970, event=invited.event)
    row = make_question(invited.event, text="Om meg", email=MAIL, invitation_id=invited.invitation.id)
    make_question(other.event, text="Om andre", invitation_id=other.invitation.id)
    service.mark_free(row.id, is_free=True, user_id=3, now=NOW)
    person = invited.household.members[0].id
    assert [(found["question"], found["email"]) for found in erasure.export_persons([person])] == [("Om meg", MAIL)]
    assert erasure.erase_persons([person]) == {"question": 1}
    assert erasure.export_persons([person]) == []
    assert queries.free_texts() == []


def test_of_protected_people_nothing_is_shown_or_sent(app: Flask) -> None:
    invited = make_invited()
    row = make_question(invited.event, text="Om meg", email=MAIL, invitation_id=invited.invitation.id)
    service.answer(row.id, "Ja.", Way.EMAIL, user_id=3, now=NOW)
    db.session.commit()
    erasure.forget_protected([invited.household.members[0].id], NOW)
    [mail] = mails()
    db.session.refresh(mail)
    assert (mail.state, mail.reason) == ("withheld", "by_hand")
    assert queries.listed(None, page=1) == ([], 0)
    assert db.session.get(Question, row.id).text_sealed is None
