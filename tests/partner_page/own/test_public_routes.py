"""A partner's own page: its link opens it and nobody else's, and it never tells of a guest."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events import service as events
from outreach.partners.models import Participation, PartnerTask
from outreach.partners.participation import Role, State
from outreach.partners.participations import service
from outreach.people.models import Person
from tests.conftest import NOW
from tests.factories.events import SLUG, make_event
from tests.factories.interests import make_interest
from tests.factories.partners import contact_of, make_offer, make_participation, make_partner, partner_token, picture
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import Form, forms_of, send
from tests.statements import noted

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def row(app: Flask) -> Participation:
    return make_participation(make_event(), state=State.ASKED)


def path_of(row: Participation, end: str = "") -> str:
    return f"/partner/{partner_token(row)}{end}"


def form_at(client: FlaskClient, path: str, end: str = "") -> Form:
    return next(form for form in forms_of(client.get(path)) if form.action.endswith(end))


def test_the_page_is_for_nobody_else_to_keep(client: FlaskClient, row: Participation) -> None:
    answer = client.get(path_of(row))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Modum Trevare AS" in answer.text
    assert client.get(path_of(row).upper().replace("/PARTNER/", "/partner/")).status_code == 200


def test_the_page_shows_each_change_at_once_though_its_rendering_is_kept(
    client: FlaskClient, row: Participation
) -> None:
    def seen() -> str:
        db.session.commit()
        return client.get(path_of(row)).text

    tomorrow, task_text = date(2026, 11, 3), "Send oss navnene"
    before = seen()
    assert seen() == before
    changes: list[tuple[Callable[[], Any], str]] = [
        (lambda: setattr(row.organisation, "about", "Vi lager PLACE-OF-TOKEN-ENDS."), "Vi lager PLACE-OF-TOKEN-ENDS."),
        (lambda: setattr(row.organisation, "website", "https://trevare.example"), "https://trevare.example"),
        (lambda: setattr(row, "place", "B12"), "B12"),
        (lambda: setattr(row, "note", "Vi har med <en> ku"), "Vi har med &lt;en&gt; ku"),
        (lambda: setattr(row, "tables", 7), "<dd>7</dd>"),
        (lambda: setattr(row.event, "title", "En annen kveld"), "En annen kveld"),
        (lambda: row.tasks.append(PartnerTask(text=task_text, due_on=tomorrow)), "Merk som gjort: Send oss navnene"),
        (lambda: setattr(row.tasks[0], "done_at_utc", NOW), "Ikke gjort likevel: Send oss navnene"),
        (lambda: make_offer(row.organisation, title="Sommerjobb på lageret"), "Sommerjobb på lageret"),
        (lambda: setattr(row, "state", "confirmed"), "Se hvem som har skrevet (0)"),
        (lambda: make_interest(row), "Se hvem som har skrevet (1)"),
        (lambda: setattr(row.event, "state", "cancelled"), "Arrangementet er avlyst"),
    ]
    for change, words in changes:
        assert words not in before
        change()
        before = seen()
        assert words in before
    assert "Ikke skriv til oss mer" in before
    contact_of(row.organisation).no_at_utc = NOW
    assert "Ikke skriv til oss mer" not in seen()


def test_the_links_of_a_page_hold_the_code_and_not_what_was_typed(client: FlaskClient, row: Participation) -> None:
    code = partner_token(row)
    page = client.get(f"/partner/{code[:4].upper()}-{code[4:]}").text
    assert f"/partner/{code}/om" in page
    assert f"{code[:4].upper()}-" not in page


def test_a_page_takes_few_statements_however_much_is_on_it(client: FlaskClient, row: Participation) -> None:
    path = path_of(row)

    def asked() -> list[str]:
        db.session.rollback()
        with noted() as seen:
            client.get(path)
        return [statement for statement in seen if statement.startswith("SELECT")]

    few = asked()
    for number in range(5):
        make_offer(row.organisation, title=f"Jobb {number}")
    assert len(asked()) == len(few) == 3


@pytest.mark.parametrize(("pressed", "state"), [("ja", "confirmed"), ("nei", "declined")])
def test_a_partner_answers_and_may_change_its_mind(
    client: FlaskClient, row: Participation, pressed: str, state: str
) -> None:
    form = form_at(client, path_of(row), "/svar")
    answer = send(client, form, button=pressed)
    assert answer.status_code == 303
    assert "Takk! Svaret er lagret." in client.get(answer.location).text
    db.session.expire_all()
    assert row.state == state
    assert send(client, form_at(client, path_of(row), "/svar"), button="nei" if pressed == "ja" else "ja")
    db.session.expire_all()
    assert row.state != state
    assert send(client, form).status_code == 400, "no button was pressed"


def test_a_link_after_withdrawal_says_so_and_changes_nothing(client: FlaskClient, row: Participation) -> None:
    form = form_at(client, path_of(row), "/svar")
    service.withdraw(row, actor=COMMAND, now=NOW)
    db.session.commit()
    for answer in (client.get(path_of(row)), client.get(path_of(row, "/tall")), send(client, form, button="ja")):
        assert answer.status_code == 410
        assert "Vi har tatt invitasjonen tilbake, eller sendt dere en ny lenke." in answer.text
    db.session.expire_all()
    assert row.state == State.WITHDRAWN


def test_an_old_link_is_gone_and_a_cut_one_was_never_ours(client: FlaskClient, row: Participation) -> None:
    old = path_of(row)
    service.new_link(row, actor=COMMAND, now=NOW)
    db.session.commit()
    assert client.get(old).status_code == 410
    assert client.get(path_of(row)).status_code == 200
    cut = client.get(path_of(row)[:-3])
    assert cut.status_code == 404
    assert "Sjekk at hele lenken fra e-posten er med" in cut.text
    assert 'class="ds-button" href="/spor-oss"' in cut.text, "there is a way on"


def test_words_and_logo_are_kept_and_shown_to_guests(client: FlaskClient, row: Participation) -> None:
    service.answer(row, is_coming=True, actor=COMMAND, now=NOW)
    db.session.commit()
    form = form_at(client, path_of(row, "/om"))
    logo = (BytesIO(picture("JPEG")), "logo.jpg")
    sent = {**form.values, "about": "Vi lager vinduer også.", "website": "trevare.example", "logo": logo}
    assert client.post(form.action, data=sent).status_code == 303
    page = client.get(f"/arrangement/{SLUG}").text
    assert "Vi lager vinduer også." in page
    db.session.expire_all()
    shown = client.get(f"/partnerlogo/{row.organisation_id}-{row.organisation.logo_mark}.png")
    with Image.open(BytesIO(shown.data)) as drawn:
        assert drawn.format == "PNG"
    form = form_at(client, path_of(row, "/om"))
    assert client.post(form.action, data={**form.values, "no_logo": "y"}).status_code == 303
    db.session.expire_all()
    assert (row.organisation.logo, row.organisation.logo_mark) == (None, "")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (SVG, "logo.svg", "Filen er ikke et bilde vi kan bruke."),
        (SVG, "logo.png", "Filen er ikke et bilde vi kan bruke."),
        (b"MZ" + bytes(100), "logo.png", "Filen er ikke et bilde vi kan bruke."),
        (picture(size=(5000, 4000)), "logo.png", "Bildet er for stort."),
        (picture(size=(200, 10)), "logo.png", "Bildet er for lite."),
    ],
)
def test_a_logo_that_is_no_picture_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, row: Participation, content: bytes, name: str, words: str
) -> None:
    form = form_at(client, path_of(row, "/om"))
    sent = {**form.values, "about": "Ny tekst", "logo": (BytesIO(content), name)}
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ny tekst" in answer.text
    db.session.expire_all()
    assert (row.organisation.logo_mark, row.organisation.about) == ("", "Vi lager dører.")


def test_a_link_to_somewhere_dangerous_is_refused_with_words(client: FlaskClient, row: Participation) -> None:
    form = form_at(client, path_of(row, "/om"))
    answer = send(client, form, about="Ny tekst", website="javascript:alert(document.cookie)")
    assert answer.status_code == 422
    assert "Denne lenken kan vi ikke vise." in answer.text
    assert "Ny tekst" in answer.text


def test_stand_needs_are_kept_and_wrong_ones_told(client: FlaskClient, row: Participation) -> None:
    form = form_at(client, path_of(row, "/behov"))
    for tables in ("", "11", "-1", "to"):
        answer = send(client, form, tables=tables, note="En benk")
        assert answer.status_code == 422
        assert "En benk" in answer.text
    assert send(client, form, tables="3", power="y", note="En benk").status_code == 303
    db.session.expire_all()
    assert (row.tables, row.needs_power, row.needs_screen, row.note) == (3, True, False, "En benk")


def test_only_own_tasks_are_marked(client: FlaskClient, row: Participation) -> None:
    other = make_participation(row.event, make_partner(), Role.HOST)
    task = service.add_task(row, "Send logo", date(2026, 11, 10), actor=COMMAND, now=NOW)
    foreign = service.add_task(other, "Hent nøkkel", date(2026, 11, 10), actor=COMMAND, now=NOW)
    db.session.commit()
    form = form_at(client, path_of(row), "/gjort")
    assert send(client, form).status_code == 303
    form.action = form.action.replace(str(task.id), str(foreign.id))
    assert send(client, form).status_code == 404
    db.session.expire_all()
    assert (task.done_at_utc is not None, foreign.done_at_utc) == (True, None)
    page = client.get(path_of(row)).text
    assert "Send logo" in page
    assert "Hent nøkkel" not in page


def test_numbers_are_shown_and_never_a_name(client: FlaskClient, row: Participation) -> None:
    household = make_household(row.event)
    give_answer(household, answer_for(household, True, True, False))
    members = db.session.scalars(select(Person)).all()
    names = [word for person in members for word in person.full_name.split()]
    assert names
    pages = [client.get(path_of(row, end)).text for end in ("", "/tall", "/om", "/behov")]
    assert "Vises ikke" in pages[1]
    assert not [name for name in names for page in pages if name in page]


def test_when_the_event_has_begun_or_is_called_off_nothing_changes(client: FlaskClient, row: Participation) -> None:
    forms = [form_at(client, path_of(row), "/svar"), form_at(client, path_of(row, "/om")),
             form_at(client, path_of(row, "/behov"))]  # fmt: skip
    clock.set_clock(lambda: row.event.starts_at_utc + timedelta(minutes=1))
    page = client.get(path_of(row))
    assert "Arrangementet har begynt" in page.text
    for form in forms:
        assert send(client, form, button="ja", tables="2").status_code == 409
    clock.set_clock(lambda: NOW)
    events.cancel_event(row.event, NOW)
    db.session.commit()
    assert "Arrangementet er avlyst" in client.get(path_of(row)).text
    assert send(client, forms[0], button="ja").status_code == 409


def test_a_contact_says_no_to_more_mail_and_the_page_still_works(client: FlaskClient, row: Participation) -> None:
    answer = send(client, form_at(client, path_of(row), "/ikke-skriv"))
    assert "Vi skriver ikke mer til dere." in client.get(answer.location).text
    db.session.expire_all()
    assert not contact_of(row.organisation).may_be_written_to


def test_what_a_partner_does_is_in_the_trail(client: FlaskClient, row: Participation) -> None:
    send(client, form_at(client, path_of(row), "/svar"), button="ja")
    acts = {(entry.act, entry.actor_kind) for entry in db.session.scalars(select(AuditEntry))}
    assert ("partner.answer", "partner") in acts


def test_guessing_is_slowed_down(client: FlaskClient, row: Participation) -> None:
    right = partner_token(row)
    # The last character is a check, so a guess that reaches us has the right one.
    tried = 0
    for at in range(9, 37):
        for char in "23456789cdfhjkmnprtvwxy":
            guess = right[:at] + char + right[at + 1 :]
            if guess != right:
                tried += client.get(f"/partner/{guess}").status_code == 404
        if tried > 30:
            break
    assert client.get(path_of(row)).status_code == 200, "nobody is locked out"
