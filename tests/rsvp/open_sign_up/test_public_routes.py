import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from outreach import clock
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations import service as invitations
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.reports.funnels import queries as funnels
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from outreach.rsvp import erasure
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.models import Need, Rsvp, SeatCount
from outreach.rsvp.open_sign_up.erasure import erase_due
from outreach.rsvp.open_sign_up.mails import service as mails
from outreach.rsvp.open_sign_up.models import OpenParty, OpenRequest
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, event_details, make_event
from tests.factories.open_sign_up import ask_openly, party, sign_up_openly
from tests.factories.own_questions import make_own_question
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import forms_of, links_of, send

PAGE = f"/arrangement/{SLUG}/pamelding"
MAIL = "ida@gjest.example"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=6, is_open_sign_up=True)


def _count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _seats() -> tuple[int, int]:
    row = db.session.execute(select(SeatCount.held, SeatCount.waiting)).one_or_none()
    return tuple(row) if row else (0, 0)


def _fill(client: FlaskClient, **fields: str) -> TestResponse:
    """Fill in the form and send it from the check page."""
    form = forms_of(client.get(PAGE))[0]
    checked = send(client, form, button="check", **{"name_1": "Ida", "email": MAIL, **fields})
    assert checked.status_code == 200, checked.text
    return send(client, forms_of(checked)[0], button="send")


def _mail() -> str:
    """Return the newest e-mail with a link to confirm, as it is written at hand-over."""
    row = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == mails.KIND)).all()[-1]
    composed = mails.compose(row)
    db.session.commit()
    text: str = getattr(composed, "text", str(composed))
    return text


def _link(text: str) -> str:
    found = re.search(r"/pamelding/\S+", text)
    assert found, text
    return found[0]


def _confirm(client: FlaskClient, path: str) -> TestResponse:
    return send(client, forms_of(client.get(path))[0])


def _state() -> str:
    return db.session.scalars(select(Rsvp.state)).one()


def test_from_the_form_by_the_e_mail_to_seats_a_ticket_and_an_own_page(client: FlaskClient, event: Event) -> None:
    fields = {"name_2": "Per", "extra_school": "1", "need_diet": "yes", "need_diet_text": "halal"}
    sent = _fill(client, **fields)
    assert sent.location.endswith("/pamelding/sendt")
    assert "Først da er du påmeldt" in client.get(sent.location).text
    assert (_seats(), _count(Invitation), _count(OpenRequest)) == ((0, 0), 0, 1), "nothing counts and nothing is held"
    done = _confirm(client, _link(_mail()))
    assert done.status_code == 303
    assert (_seats(), _count(OpenRequest), _state()) == ((3, 0), 0, "attending")
    page = client.get(done.location)
    assert "Vi holder av 3 plasser til Ida, Per og 1 barn til." in page.text
    own = client.get(done.location.removesuffix("/takk"))
    assert "Du meldte deg på selv" in own.text
    assert "Folkeregisteret" not in own.text
    kinds = set(db.session.scalars(select(OutboxMessage.kind)))
    assert kinds == {mails.KIND, "rsvp_confirmation"}
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.state, ticket.persons) == ("valid", 3)
    assert [row.person_id for row in db.session.scalars(select(Invitee))] == [None, None]


def test_opening_the_link_changes_nothing_and_it_works_once(client: FlaskClient, event: Event) -> None:
    path = f"/pamelding/{ask_openly(event)}"
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert (_seats(), _count(Invitation), _count(OpenRequest)) == ((0, 0), 0, 1)
    form = forms_of(client.get(path))[0]
    assert send(client, form).status_code == 303
    assert client.get(path).status_code == 404
    assert send(client, form).status_code == 404
    assert _seats() == (2, 0)


def test_a_link_is_good_for_two_days(client: FlaskClient, event: Event) -> None:
    path = f"/pamelding/{ask_openly(event)}"
    clock.set_clock(lambda: NOW + timedelta(hours=48))
    assert client.get(path).status_code == 200
    clock.set_clock(lambda: NOW + timedelta(hours=48, seconds=1))
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Den kan være brukt før, eller eldre enn to døgn." in answer.text
    assert '<a class="ds-button" href="/">Meld deg på igjen</a>' in answer.text


def test_a_cancelled_own_page_frees_the_seats(client: FlaskClient, event: Event) -> None:
    path = f"/i/{sign_up_openly(event)}"
    assert "Ida, Per" not in client.get(path).text
    form = next(form for form in forms_of(client.get(f"{path}/avlys")) if form.action.endswith("/avlys"))
    assert send(client, form).status_code == 303
    assert (_seats(), _state()) == ((0, 0), "cancelled")


def test_a_party_that_does_not_fit_waits_whole_and_others_in_turn(client: FlaskClient, event: Event) -> None:
    give_answer(household := make_household(event), answer_for(household, True, True, True, extra_children=1))
    big, small = party("Ida", "Per", "Siv"), party("Ove", email="ove@gjest.example")
    page = client.get(path := f"/pamelding/{ask_openly(event, big)}")
    assert "kommer dere på ventelista" in page.text
    done = _confirm(client, path)
    assert "/takk" not in done.location
    assert "nummer 1" in client.get(done.location).text
    assert (_seats(), _state_of("ida")) == ((4, 1), "waitlisted")
    _confirm(client, f"/pamelding/{ask_openly(db.session.merge(event), small)}")
    assert (_seats(), _state_of("ove")) == ((5, 1), "attending"), "one that fits goes before, by the rule of the list"


def _state_of(who: str) -> str:
    rows = db.session.scalars(select(Rsvp)).all()
    return next(row.state for row in rows if (row.email or "").startswith(who))


def test_the_same_address_again_changes_the_party_and_does_not_make_another(client: FlaskClient, event: Event) -> None:
    sign_up_openly(event, party("Ida", "Per", "Siv"))
    event = db.session.scalars(select(Event)).one()
    path = f"/pamelding/{ask_openly(event, party('Ida', 'Eva', extra_children=2))}"
    assert "Du er påmeldt fra før" in client.get(path).text
    assert _confirm(client, path).status_code == 303
    assert (_seats(), _count(Invitation), _count(OpenParty)) == ((4, 0), 1, 1)
    assert [row.name for row in db.session.scalars(select(Invitee).order_by(Invitee.position))] == ["Ida", "Eva"]
    event = db.session.scalars(select(Event)).one()
    path = f"/pamelding/{ask_openly(event, party('Ida', 'Eva', extra_children=5))}"
    full = _confirm(client, path)
    assert full.status_code == 409
    assert "beholder plassene dere har" in full.text
    assert (_seats(), _state()) == ((4, 0), "attending")


def test_the_form_answers_alike_whatever_is_known_and_the_e_mail_alone_tells(app: Flask, event: Event) -> None:
    household = make_household(event)
    give_answer(household, answer_for(household, True, False, False, email="Asked@gjest.example"))
    sign_up_openly(event, party(email="known@gjest.example"))
    answers_ = []
    for mail in ("asked@gjest.example", "known@gjest.example", "nobody@gjest.example"):
        client = app.test_client()
        sent = _fill(client, email=mail)
        answers_.append((sent.status_code, sent.location, re.sub(r'value="[^"]*"', "", client.get(sent.location).text)))
        text = _mail_to(mail)
        assert ("svar på en invitasjon" in text) == mail.startswith("asked")
        assert ("påmeldt fra før" in text) == mail.startswith("known")
    assert len(set(answers_)) == 1


def _mail_to(address: str) -> str:
    for row in db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == mails.KIND)).all():
        composed = mails.compose(row)
        if getattr(composed, "to", "") == address:
            db.session.commit()
            return str(getattr(composed, "text", ""))
    raise AssertionError(address)


def test_faults_are_told_and_rows_added_without_losing_anything(client: FlaskClient, event: Event) -> None:
    asks = make_own_question(event, is_required=True)
    form = forms_of(client.get(PAGE))[0]
    more = send(client, form, button="more", name_1="Ida", email=MAIL)
    filled = forms_of(more)[0]
    assert (more.status_code, filled.values["name_1"], "name_3" in filled.values) == (200, "Ida", True)
    wrong = send(client, filled, button="check", email="ida")
    assert wrong.status_code == 422
    assert f'href="#reply_{asks}"' in wrong.text
    assert wrong.text.count("Skriv e-postadressen slik: navn@eksempel.no.") == 2
    assert _count(OpenRequest) == 0


@pytest.mark.parametrize("tail", ["", "/sendt"])
def test_only_an_open_event_can_be_signed_up_for(client: FlaskClient, event: Event, tail: str) -> None:
    assert client.get(PAGE + tail).status_code == 200
    for changes in ({"is_open_sign_up": False}, {"is_open_sign_up": True, "answer_by": NOW.date() - timedelta(days=1)}):
        events.change_event(event, event_details(capacity=6, **changes), NOW)
        db.session.commit()
        answer = client.get(PAGE + tail)
        assert answer.status_code == 404
        assert "Påmeldingen er ikke åpen</h1>" in answer.text
        assert "brevet" not in answer.text
    assert client.get(f"/arrangement/kladd/pamelding{tail}").status_code == 404


def test_a_link_confirms_nothing_when_the_event_is_closed_meanwhile(client: FlaskClient, event: Event) -> None:
    path = f"/pamelding/{ask_openly(event)}"
    form = forms_of(client.get(path))[0]
    events.cancel_event(db.session.merge(event), NOW)
    db.session.commit()
    assert client.get(path).status_code == 404
    assert send(client, form).status_code == 404
    assert (_count(Invitation), _seats()) == (0, (0, 0))
    assert "Det går ikke an å melde seg på" in client.get(path).text


def test_an_invitation_that_staff_took_back_is_not_taken_up_again(client: FlaskClient, event: Event) -> None:
    sign_up_openly(event)
    invitations.revoke(db.session.scalars(select(Invitation)).one(), now=NOW, actor=invitations.Actor("staff", 1))
    db.session.commit()
    event = db.session.scalars(select(Event)).one()
    assert _confirm(client, f"/pamelding/{ask_openly(event)}").status_code == 410


def test_one_address_gets_five_messages_a_day_and_who_sends_too_much_waits(client: FlaskClient, event: Event) -> None:
    for _ in range(6):
        event = db.session.scalars(select(Event)).one()
        ask_openly(event)
    assert db.session.scalar(select(func.count()).where(OutboxMessage.kind == mails.KIND)) == 5
    codes = [_fill(client, email=f"ny{number}@gjest.example").status_code for number in range(12)]
    assert codes[:10] == [303] * 10
    assert 429 in codes[10:]


def test_switching_it_on_tells_no_guest_and_moves_no_calendar(event: Event) -> None:
    household = make_household(event)
    give_answer(household, answer_for(household, True, True, True, email=MAIL))
    before = (event.sequence, db.session.scalar(select(func.count()).where(OutboxMessage.kind == "event_changed")))
    assert events.change_event(event, event_details(capacity=6), NOW)
    db.session.commit()
    assert not event.is_open_sign_up
    after = (event.sequence, db.session.scalar(select(func.count()).where(OutboxMessage.kind == "event_changed")))
    assert after == before


def test_the_event_page_and_the_poster_lead_to_the_form(client: FlaskClient, event: Event) -> None:
    assert PAGE in links_of(client.get(f"/arrangement/{SLUG}"))
    staff = client.application.test_client()
    sign_in(staff, role="organiser")
    assert f"http://localhost{PAGE}" in staff.get(f"/admin/arrangementer/{SLUG}/plakat").text


def test_staff_see_who_signed_up_and_the_funnel_adds_up(client: FlaskClient, event: Event) -> None:
    household = make_household(event)
    give_answer(household, answer_for(household, True, False, False, extra_children=1))
    sign_up_openly(event, party("Ida", "Per", extra_children=1))
    sign_up_openly(event, party("Ove", "Eli", email="ove@gjest.example"), is_refused=True)
    funnel = funnels.funnel(event.id)
    assert (funnel.invited, funnel.answered, funnel.coming, funnel.extra_guests) == (3, 3, 1, 1)
    assert (funnel.signed_up, funnel.signed_up_coming, funnel.signed_up_waiting) == (5, 3, 2)
    assert (funnel.attending, funnel.no_show) == (5, 5)
    sign_in(client, role="organiser")
    page = client.get(f"/admin/arrangementer/{SLUG}/invitasjoner")
    assert "Ida og Per" in page.text
    assert "Meldte seg på selv" in page.text


def test_what_is_held_is_shown_to_the_party_and_erased_when_it_asks(client: FlaskClient, event: Event) -> None:
    needs = (NeedWish(NeedKind.ALLERGY, "nøtter"),)
    path = f"/i/{sign_up_openly(event, party(needs=needs))}"
    told = json.loads(client.get(f"{path}/opplysninger.json").text)
    assert (told["names"], told["email"], told["persons"]) == (["Ida", "Per"], MAIL, 2)
    assert told["needs"] == [{"need": "allergy", "words": "nøtter", "person": 0}]
    form = next(form for form in forms_of(client.get(f"{path}/slett")) if form.action.endswith("/slett"))
    gone = send(client, form)
    assert gone.location.endswith("/pamelding/slettet")
    assert "Alt er slettet" in client.get(gone.location).text
    assert client.get(path).status_code == 410
    assert (_seats(), _count(Invitee), _count(OpenParty), _count(Need)) == ((0, 0), 0, 0, 0)
    rsvp = db.session.scalars(select(Rsvp)).one()
    assert (rsvp.email_sealed, rsvp.mobile_sealed) == (None, None)
    assert db.session.scalar(select(func.count()).where(OutboxMessage.recipient == f"rsvp:{rsvp.id}")) == 0


def test_what_nobody_confirmed_goes_after_three_days_and_the_rest_with_the_events_people(event: Event) -> None:
    ask_openly(event)
    assert erase_due(NOW + timedelta(days=3)) == {}
    clocks = Clocks(event_days=90, register_days=395, memory_days=730)
    late = NOW + timedelta(days=3, seconds=1)
    [receipt] = [
        one for one in retention.run(clocks=clocks, today=late.date(), now=late) if one.rule == "open-requests"
    ]
    assert json.loads(receipt.counts_json) == {"open_request": 1, "outbox_message": 1}
    event = db.session.scalars(select(Event)).one()
    sign_up_openly(event)
    ask_openly(db.session.scalars(select(Event)).one(), party(email="ove@gjest.example"))
    counts = erasure.erase_event_people(db.session.scalars(select(Event.id)).one())
    assert (counts["open_request"], counts["open_party"]) == (1, 1)


def test_names_and_what_waits_are_sealed(event: Event) -> None:
    sign_up_openly(event, party("Kanarifugl"))
    ask_openly(db.session.scalars(select(Event)).one(), party("Kanarifugl", email="annen@gjest.example"))
    stored = [*db.session.scalars(select(Invitee.name_sealed)), *db.session.scalars(select(OpenRequest.details_sealed))]
    assert len(stored) == 2
    assert not any(b"Kanari" in (sealed or b"") for sealed in stored)
    [named, *_] = answers.guests(db.session.scalars(select(Invitation.id)).one())
    assert named.first_name == "Kanarifugl"
