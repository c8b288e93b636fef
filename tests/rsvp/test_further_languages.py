"""A guest's walk from the right: every page and mail that it leads to says nothing in another language than its own.

The catalogue notes what it lacks while real pages are asked for, so a page that `tests/guest_texts.py` forgot is found.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.messages import composers
from outreach.messages.email import ComposedEmail
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import service
from outreach.web.catalogues import Catalogues
from outreach.web.further_languages import look_again
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.own_questions import make_own_question
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of
from tests.pages import forms_of, send, through_questions


class _Noting(Catalogues):
    """The catalogues, which note what they had to borrow."""

    def __init__(self) -> None:
        super().__init__(stand_in="en", whole=frozenset({"nb", "nn", "en"}))
        self.borrowed: set[str] = set()

    def _catalogue(self, language: str) -> object:
        catalogue = super()._catalogue(language)
        if (lent := catalogue._fallback) is not None:
            catalogue._fallback = _Lender(lent, self.borrowed)
        return catalogue


class _Lender:
    def __init__(self, lent: object, borrowed: set[str]) -> None:
        self._lent, self._borrowed = lent, borrowed

    def gettext(self, text: str) -> str:
        self._borrowed.add(text)
        return str(self._lent.gettext(text))  # type: ignore[attr-defined]

    def ngettext(self, one: str, many: str, number: int) -> str:
        self._borrowed.add(one)
        return str(self._lent.ngettext(one, many, number))  # type: ignore[attr-defined]

    ugettext, ungettext = gettext, ngettext


@pytest.fixture
def noting(app: Flask) -> Iterator[_Noting]:
    babel = app.extensions["babel"].instance
    kept, babel.domain_instance = babel.domain_instance, _Noting()
    yield babel.domain_instance
    babel.domain_instance = kept


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event(capacity=6, is_open_sign_up=True)
    event.letter_languages = "nb,ar"
    db.session.commit()
    make_own_question(event, is_required=False)
    look_again()
    return event


def _see(client: FlaskClient, path: str) -> str:
    page = client.get(f"{path}?lang=ar").text
    assert '<html lang="ar" dir="rtl"' in page, path
    return page


def test_control_what_is_not_said_is_noted_and_stands_in_english(
    noting: _Noting, client: FlaskClient, event: Event
) -> None:
    with client.application.test_request_context("/svar?lang=ar"):
        said = noting.get_translations().gettext("Trukket tilbake")
    assert said == "Withdrawn"
    assert noting.borrowed == {"Trukket tilbake"}


def test_no_page_of_the_answer_borrows_a_word(noting: _Noting, client: FlaskClient, event: Event) -> None:
    path = f"/i/{token_of(make_household(event))}"
    for page in ("/", "/svar", "/spor-oss", f"/arrangement/{event.slug}", "/finnes-ikke", "/i/finnes-ikke", path):
        _see(client, page)
    page = client.get(f"{path}/svar")
    assert send(client, forms_of(page)[0], button="next", extra_small="x").status_code == 422
    yes = {f"person_{number}": "yes" for number in (1, 2, 3)} | {"extra_small": "1"}
    needs = {f"asking_{number}": "yes" for number in (0, 1, 2)}
    refused = through_questions(client, page, **yes, **needs, need_1_interpreter="yes")
    assert refused.status_code == 422
    allergy = {"need_1_interpreter_text": "arabisk", "need_2_allergy": "yes", "need_2_allergy_text": "Nøtter"}
    refused = through_questions(client, refused, **allergy, email="feil", mobile="1")
    assert refused.status_code == 422
    checked = through_questions(client, refused, email="a@example.no", mobile="")
    send(client, forms_of(checked)[0], button="confirm")
    for page in (f"{path}/takk", path, f"{path}/avlys", f"{path}/reservasjon", f"{path}/spor"):
        _see(client, page)
    assert noting.borrowed == set()


def test_no_page_of_ticket_queue_and_sign_up_borrows_a_word(noting: _Noting, client: FlaskClient, event: Event) -> None:
    coming, waits = make_household(event, ("Ida",) * 6), make_household(event)
    outcome = give_answer(coming, answer_for(coming, *[True] * 6))
    assert outcome.state == "attending"
    join_queue(waits, answer_for(waits, True, True, True))
    page = _see(client, f"/i/{token_of(coming)}")
    ticket = page.partition('href="/billett/')[2].partition('"')[0]
    for path in (f"/billett/{ticket}", f"/billett/{ticket}/kalender", f"/i/{token_of(waits)}"):
        _see(client, path)
    assert client.get(f"/billett/{ticket}.ics?lang=ar").status_code == 200
    service.cancel(coming, NOW, language="ar")
    db.session.commit()
    _see(client, f"/i/{token_of(waits)}")
    _see(client, f"/i/{token_of(coming)}")
    form = forms_of(client.get(f"/arrangement/{event.slug}/pamelding?lang=ar"))[0]
    assert send(client, form, button="check", email="feil").status_code == 422
    assert noting.borrowed == set()


def _mails(app: Flask) -> list[ComposedEmail]:
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    written = [composers.composer_of(app, row.kind).compose(row) for row in rows]
    return [mail for mail in written if isinstance(mail, ComposedEmail)]


def test_the_mails_that_follow_are_whole_and_from_the_right(noting: _Noting, app: Flask, event: Event) -> None:
    coming = make_household(event)
    service.answer(coming, answer_for(coming, True, True, True, email="a@example.no"), now=NOW, language="ar")
    db.session.commit()
    [confirmation] = _mails(app)
    events.change_event(event, event_details(venue="Furumo", capacity=6), NOW)
    db.session.commit()
    changed = _mails(app)[-1]
    events.cancel_event(event, NOW)
    db.session.commit()
    for mail in (confirmation, changed, _mails(app)[-1]):
        assert '<html lang="ar" dir="rtl"' in mail.html
        assert "\u206632 78 93 00\u2069" in mail.text
    assert confirmation.subject == "تذكرة: Ny i Modum-kveld 2026"
    assert noting.borrowed == set()
