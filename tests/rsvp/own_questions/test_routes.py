import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.database.downward import announce
from outreach.events.models import Event
from outreach.events.service import copy_event
from outreach.invitations.models import Invitee
from outreach.rsvp import erasure
from outreach.rsvp.own_questions import queries, service
from outreach.rsvp.own_questions.models import EventQuestion, QuestionReply
from outreach.rsvp.own_questions.own_question import (
    MOST_QUESTIONS,
    AskedOf,
    QuestionAnsweredError,
    QuestionKind,
    TooManyQuestionsError,
)
from outreach.rsvp.own_questions.service import Act
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.own_questions import make_own_question, wording
from tests.factories.rsvp import make_household, token_of
from tests.pages import forms_of, send, through_questions

LIST = f"/admin/arrangementer/{SLUG}/egne-sporsmal"
YES = {"person_1": "yes", "person_2": "yes", "person_3": "no"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def staff(client: FlaskClient, event: Event) -> FlaskClient:
    sign_in(client, role="organiser")
    return client


def _event() -> Event:
    """Return the event as it is now: a request leaves objects of before behind."""
    return db.session.scalars(select(Event).where(Event.slug == SLUG)).one()


def _texts() -> list[str]:
    return [question.text for question in queries.asked(_event().id)]


def _answered(app: Flask, **fields: str) -> tuple[int, str]:
    """Have a household answer by its pages, with `fields`; return its invitation's number and the form's path."""
    invitation = make_household(_event())
    guest, path, number = app.test_client(), f"/i/{token_of(invitation)}/svar", invitation.id
    checked = through_questions(guest, guest.get(path), **YES, **fields)
    assert checked.status_code == 200, checked.text
    assert send(guest, forms_of(checked)[0], button="confirm").status_code == 303
    return number, path


def _replies() -> list[tuple[str, int]]:
    rows = db.session.scalars(select(QuestionReply).order_by(QuestionReply.position)).all()
    return [(row.words or "", row.position) for row in rows]


def test_staff_make_order_change_and_delete_questions(staff: FlaskClient, event: Event) -> None:
    for text in ("Hvem er naboen din?", "Hva vil du se?"):
        form = next(form for form in forms_of(staff.get(f"{LIST}/nytt")) if "asked_of" in form.values)
        assert send(staff, form, text=text, kind="text").status_code == 303
    assert _texts() == ["Hvem er naboen din?", "Hva vil du se?"]
    first, second = (question.id for question in queries.asked(_event().id))
    for path, order in ((f"{second}/opp", [1, 0]), (f"{second}/opp", [1, 0]), (f"{second}/ned", [0, 1])):
        form = next(form for form in forms_of(staff.get(LIST)) if "/opp" in form.action or "/ned" in form.action)
        assert staff.post(f"{LIST}/{path}", data=form.values).status_code == 303
        assert _texts() == [["Hvem er naboen din?", "Hva vil du se?"][at] for at in order]
    form = next(form for form in forms_of(staff.get(f"{LIST}/{first}/endre")) if "asked_of" in form.values)
    assert send(staff, form, text="Hvor bor du?", kind="one", choices="Nord\nSør").status_code == 303
    assert _texts()[0] == "Hvor bor du?"
    form = next(form for form in forms_of(staff.get(LIST)) if form.action.endswith(f"{second}/slett"))
    assert send(staff, form).status_code == 303
    assert _texts() == ["Hvor bor du?"]


def test_a_question_with_faults_is_not_made_and_says_all_of_them(staff: FlaskClient, event: Event) -> None:
    form = next(form for form in forms_of(staff.get(f"{LIST}/nytt")) if "asked_of" in form.values)
    answer = send(staff, form, text="", kind="several", choices="Alene")
    assert answer.status_code == 422
    assert answer.text.count("Skriv spørsmålet.") == 2
    assert answer.text.count("Skriv fra 2 til 12 svaralternativer, ett på hver linje.") == 2
    assert _texts() == []


def test_an_answered_question_stands_and_can_be_retired_and_asked_again(
    app: Flask, staff: FlaskClient, event: Event
) -> None:
    row = make_own_question(_event())
    _answered(app, **{f"reply_{row}": "IL Modum"})
    for refused in (
        lambda: service.change(_event().id, row, wording(text="Noe annet?"), actor=COMMAND, now=NOW),
        lambda: service.act(_event().id, row, Act.DELETE, actor=COMMAND, now=NOW),
    ):
        with pytest.raises(QuestionAnsweredError):
            refused()
    db.session.rollback()
    assert "Slutt å stille spørsmålet" in staff.get(f"{LIST}/{row}/endre").text
    form = next(form for form in forms_of(staff.get(LIST)) if form.action.endswith("/avslutt"))
    assert send(staff, form).status_code == 303
    assert _texts() == []
    assert "IL Modum" in staff.get(f"{LIST}/svar").text
    form = next(form for form in forms_of(staff.get(LIST)) if form.action.endswith("/igjen"))
    assert send(staff, form).status_code == 303
    assert len(_texts()) == 1


def test_an_event_asks_so_many_questions_and_no_more(event: Event) -> None:
    rows = [make_own_question(_event(), text=f"Spørsmål {number}") for number in range(MOST_QUESTIONS)]
    with pytest.raises(TooManyQuestionsError):
        make_own_question(_event())
    service.act(_event().id, rows[0], Act.RETIRE, actor=COMMAND, now=NOW)
    make_own_question(_event())
    with pytest.raises(TooManyQuestionsError):
        service.act(_event().id, rows[0], Act.ASK_AGAIN, actor=COMMAND, now=NOW)


def test_the_question_of_another_event_is_not_found(staff: FlaskClient, event: Event) -> None:
    other = make_own_question(make_event(slug="julekaffe"))
    assert staff.get(f"{LIST}/{other}/endre").status_code == 404
    form = forms_of(staff.get(f"{LIST}/nytt"))[-1]
    assert staff.post(f"{LIST}/{other}/slett", data=form.values).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(EventQuestion)) == 1


def test_a_guest_is_asked_and_sees_the_replies_on_every_page_and_can_change_them(app: Flask, event: Event) -> None:
    team = make_own_question(_event(), is_required=True)
    size = make_own_question(
        _event(), text="Størrelse?", kind=QuestionKind.ONE, choices=("Liten", "Stor"), asked_of=AskedOf.PERSON
    )
    invitation = make_household(_event())
    guest, path = app.test_client(), f"/i/{token_of(invitation)}"
    refused = through_questions(guest, guest.get(f"{path}/svar"), **YES)
    assert refused.status_code == 422
    assert refused.text.count("Svar på spørsmålet «Hva heter laget ditt?».") == 2
    assert f'href="#reply_{team}"' in refused.text
    fields = {f"reply_{team}": "IL Modum", f"reply_{size}_1": "1", f"reply_{size}_2": "0"}
    checked = through_questions(guest, refused, **fields)
    assert "IL Modum" in checked.text
    assert "Åse: Stor" in checked.text
    assert send(guest, forms_of(checked)[0], button="confirm").status_code == 303
    receipt = guest.get(f"{path}/takk")
    assert "Bjørn: Liten" in receipt.text
    assert _replies() == [('["IL Modum"]', 0), ('["Stor"]', 1), ('["Liten"]', 2)]
    first = guest.get(f"{path}/svar")
    again = forms_of(first)[0]
    assert again.values[f"reply_{team}"] == "IL Modum"
    assert again.values[f"reply_{size}_1"] == "1"
    checked = through_questions(guest, first, person_2="no", **{f"reply_{team}": "Modum FK"})
    send(guest, forms_of(checked)[0], button="confirm")
    assert _replies() == [('["Modum FK"]', 0), ('["Stor"]', 1)]
    checked = through_questions(guest, guest.get(f"{path}/svar"))
    assert send(guest, forms_of(checked)[0], button="confirm").status_code == 303
    form = next(form for form in forms_of(guest.get(f"{path}/avlys")) if form.action.endswith("/avlys"))
    assert send(guest, form).status_code == 303
    assert _replies() == []


def test_a_reply_to_a_retired_question_stays_with_who_comes_when_the_answer_changes(app: Flask, event: Event) -> None:
    row = make_own_question(_event())
    _number, path = _answered(app, **{f"reply_{row}": "IL Modum"})
    service.act(_event().id, row, Act.RETIRE, actor=COMMAND, now=NOW)
    db.session.commit()
    guest = app.test_client()
    page = guest.get(path)
    assert f"reply_{row}" not in forms_of(page)[0].values
    checked = through_questions(guest, page, person_2="no")
    assert send(guest, forms_of(checked)[0], button="confirm").status_code == 303
    assert _replies() == [('["IL Modum"]', 0)]


def test_staff_see_counts_and_take_replies_along_without_names_or_formulas(
    app: Flask, staff: FlaskClient, event: Event
) -> None:
    team = make_own_question(_event())
    visit = make_own_question(_event(), text="Hva vil dere se?", kind=QuestionKind.SEVERAL, choices=("Kirken", "Elva"))
    cars = make_own_question(_event(), text="Hvor mange biler?", kind=QuestionKind.NUMBER)
    _answered(app, **{f"reply_{team}": "=1+1", f"reply_{visit}_c1": "yes", f"reply_{cars}": "2"})
    _answered(app, **{f"reply_{visit}": "yes", f"reply_{visit}_c1": "yes", f"reply_{cars}": "10"})
    counted = {one.question.id: (one.counts, one.total) for one in queries.replies(_event().id)}
    assert counted[visit] == ((("Kirken", 1), ("Elva", 2)), None)
    assert counted[cars] == ((("2", 1), ("10", 1)), 12)
    page = staff.get(f"{LIST}/svar")
    assert "Til sammen: 12" in page.text
    assert "Åse" not in page.text
    answer = staff.get(f"{LIST}/svar.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert ["Hva heter laget ditt?", "'=1+1", 2.0] in rows
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_replies_are_sealed_and_go_with_the_events_people_and_what_is_a_persons_with_the_person(
    app: Flask, event: Event
) -> None:
    together, own = make_own_question(_event()), make_own_question(_event(), text="Størrelse?", asked_of=AskedOf.PERSON)
    fields = {f"reply_{together}": "IL Modum", f"reply_{own}_1": "XL", f"reply_{own}_2": "S"}
    number, _path = _answered(app, **fields)
    stored = db.session.scalars(select(QuestionReply.words_sealed)).all()
    assert not any(b"Modum" in (sealed or b"") for sealed in stored)
    query = select(Invitee.person_id).where(Invitee.invitation_id == number).order_by(Invitee.position)
    first, second, _third = db.session.scalars(query).all()
    [told] = erasure.export_persons([first or 0], shared=[number])
    assert told["own_replies"] == [{"asked": "Størrelse?", "words": "XL"}]
    assert told["held_for_the_household"] == ["replies"]
    [alone] = erasure.export_persons([second or 0])
    assert alone["replies"] == [{"asked": "Hva heter laget ditt?", "words": "IL Modum"}]
    announce("people_protected", person_ids=[first], now=NOW)
    assert _replies() == [('["S"]', 2)]
    assert erasure.erase_event_people(_event().id)["question_reply"] == 1
    assert _replies() == []
    assert len(queries.asked(_event().id)) == 2


def test_a_copied_event_asks_the_same_and_holds_no_reply(app: Flask, event: Event) -> None:
    row = make_own_question(_event())
    retired = make_own_question(_event(), text="Ikke nå?")
    service.act(_event().id, retired, Act.RETIRE, actor=COMMAND, now=NOW)
    _answered(app, **{f"reply_{row}": "IL Modum"})
    copy = copy_event(_event(), NOW)
    db.session.commit()
    assert [question.text for question in queries.asked(copy.id)] == ["Hva heter laget ditt?"]
    assert queries.reply_counts(copy.id) == {}
