"""Staff make an event from the form, change it, publish it and call it off; a fault is told at its field."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events import queries
from outreach.events.models import Event
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import forms_of, links_of, send

NEW = "/admin/arrangementer/ny"
EDIT = f"/admin/arrangementer/{SLUG}/endre"
CANCEL = f"/admin/arrangementer/{SLUG}/avlys"


def form_at(client: FlaskClient, path: str, having: str):  # type: ignore[no-untyped-def]
    return next(form for form in forms_of(client.get(path)) if having in form.values or having in form.choices)


def test_new_event_begins_with_what_is_usual(client: FlaskClient) -> None:
    sign_in(client)
    form = form_at(client, NEW, "title")
    assert (form.values["title"], form.values["kind"]) == ("Ny i Modum-kveld", "ny-i-modum")
    assert form.values["starts"] == "2027-11-25T18:00"
    assert form_at(client, f"{NEW}?mal=meetup", "title").values["title"] == "Treff for Modum-ungdom"
    assert form_at(client, f"{NEW}?mal=jul", "title").values["kind"] == "gathering"
    assert form_at(client, f"{NEW}?mal=sommer", "title").values["title"] == "Sommertreff i Modum"
    assert form_at(client, f"{NEW}?mal=tull", "title").values["kind"] == "ny-i-modum"


def test_new_event_is_saved_as_a_draft_with_what_was_left_empty_filled_in(client: FlaskClient) -> None:
    user = sign_in(client)
    form = form_at(client, NEW, "title")
    fields = {"title": "Ny i  Modum", "starts": "2026-11-26T18:00", "ends": "", "venue": "Kulturhuset"}
    answer = send(client, form, button="draft", **fields)
    assert (answer.status_code, answer.location) == (303, "/admin/arrangementer")
    event = queries.by_slug("ny-i-modum")
    assert (event.title, event.state, event.capacity) == ("Ny i Modum", "draft", None)
    assert (event.starts_at_utc.hour, event.ends_at_utc.hour, event.answer_by.isoformat()) == (17, 20, "2026-11-23")
    assert db.session.scalars(select(AuditEntry.actor_id).where(AuditEntry.act == "event.create")).all() == [user.id]
    assert "Kladden er lagret." in client.get("/admin/arrangementer").text


def test_new_event_can_be_published_at_once(client: FlaskClient) -> None:
    sign_in(client)
    send(client, form_at(client, NEW, "title"), button="publish", venue="Kulturhuset", slug=SLUG)
    assert queries.public_by_slug(SLUG).state == "published"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Skriv en tittel."),
        ({"title": "Ny"}, "Skriv en tittel på minst 3 tegn."),
        ({"slug": "Ny i Modum"}, "Nettadressen kan bare ha små bokstaver"),
        ({"starts": ""}, "Skriv dato og klokkeslett, for eksempel 26.11.2026 18.00."),
        ({"starts": "i morgen"}, "Skriv dato og klokkeslett, for eksempel 26.11.2026 18.00."),
        ({"starts": "2027-03-28T02:30"}, "Dette klokkeslettet finnes ikke"),
        ({"ends": "2026-11-26T17:00"}, "Slutten må være etter starten."),
        ({"capacity": "mange"}, "Skriv et helt tall, for eksempel 120."),
        ({"capacity": "0"}, "Skriv et tall fra 1 og opp, eller la feltet stå tomt."),
        ({"capacity": "100001"}, "Antall plasser må være fra 1 til 100000."),
        ({"capacity": "-3", "title": "", "venue": ""}, "Skriv et tall fra 1 og opp, eller la feltet stå tomt."),
        ({"programme": "18.00 Hei\n\n- Mat"}, "Linje 3 må begynne med et klokkeslett, for eksempel 18.00."),
        ({"programme": "18.00 Hei\n25.00 Takk\n- Mat"}, "Klokkeslettet i linje 2 finnes ikke."),
        ({"parking": "x" * 201}, "Teksten er for lang. Den kan ha høyst 200 tegn."),
        ({"answer_by": "32.13.2026"}, "Skriv en dato, for eksempel 23.11.2026."),
        ({"answer_by": "2026-11-27"}, "Svarfristen må være senest samme dag som arrangementet."),
        ({"kind": "konsert"}, ""),
        ({"city": "paris"}, ""),
    ],
    ids=str,
)
def test_new_event_tells_what_is_wrong_and_keeps_the_values(
    client: FlaskClient, fields: dict[str, str], words: str
) -> None:
    sign_in(client)
    usual = {"starts": "2026-11-26T18:00", "ends": "2026-11-26T21:00", "venue": "Kulturhuset", "programme": "- Mat"}
    answer = send(client, form_at(client, NEW, "title"), button="draft", **{**usual, **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Feil:" in answer.text
    assert "- Mat" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_people_may_type_the_time_as_norwegians_do(client: FlaskClient) -> None:
    sign_in(client)
    fields = {"starts": "26.11.2026 18.00", "ends": "", "venue": "Kulturhuset", "answer_by": "20.11.2026", "slug": SLUG}
    assert send(client, form_at(client, NEW, "title"), button="draft", **fields).status_code == 303
    assert queries.by_slug(SLUG).answer_by.isoformat() == "2026-11-20"


def test_a_taken_address_is_told_at_its_field(client: FlaskClient) -> None:
    make_event()
    sign_in(client)
    answer = send(client, form_at(client, NEW, "title"), button="draft", venue="Kulturhuset", slug=SLUG)
    assert answer.status_code == 422
    assert "Et annet arrangement har allerede denne nettadressen." in answer.text


def test_edit_event_changes_what_guests_see(client: FlaskClient) -> None:
    make_event()
    sign_in(client)
    form = form_at(client, EDIT, "title")
    assert "slug" not in form.values, "guests have the address already"
    assert (form.values["starts"], form.values["answer_by"]) == ("2026-11-26T18:00", "2026-11-23")
    assert send(client, form).status_code == 303
    assert queries.by_slug(SLUG).sequence == 0
    assert send(client, form, venue="Frydenberg").status_code == 303
    event = queries.by_slug(SLUG)
    assert (event.venue, event.sequence, event.slug) == ("Frydenberg", 1, SLUG)


def _flash(client: FlaskClient) -> str:
    return " ".join(client.get(EDIT).text.split())


@pytest.mark.usefixtures("without_sms")
def test_who_is_told_of_what_stands_before_and_after_saving(client: FlaskClient) -> None:
    event = make_event()
    for contact in ({"email": "a@b.no"}, {"email": "c@d.no"}, {"mobile": "+4740000001"}, {}):
        coming = make_household(event)
        give_answer(coming, answer_for(coming, True, True, True, **contact))
    sign_in(client)
    form = form_at(client, EDIT, "title")
    assert "2 husstander får e-post. 2 husstander må dere ringe." in _flash(client)
    send(client, form, answer_by="2026-11-20")
    assert "Endringen er lagret. Ingen gjester får melding om den." in _flash(client)
    send(client, form, answer_by="2026-11-20", venue="Frydenberg")
    assert "Endringen er lagret. 2 husstander får e-post. 2 husstander må dere ringe." in _flash(client)
    send(client, form, answer_by="2026-11-20", venue="Frydenberg")
    assert "Ingenting var endret." in _flash(client)


def test_a_programme_of_before_bars_no_other_change_and_no_copy(client: FlaskClient) -> None:
    old = "**Program**\n- 18.00 Mat"
    event = make_event(programme="")
    event.programme = old
    db.session.commit()
    sign_in(client)
    form = form_at(client, EDIT, "title")
    assert send(client, form, venue="Frydenberg").status_code == 303
    assert queries.by_slug(SLUG).programme == old
    answer = send(client, form, programme=f"{old} og prat")
    assert answer.status_code == 422
    assert "Linje 1 må begynne med et klokkeslett" in answer.text
    copy = next(form for form in forms_of(client.get(EDIT)) if form.action.endswith("/kopier"))
    assert send(client, copy).status_code == 303
    assert {event.programme for event in queries.all_events()} == {old}


def test_a_draft_can_get_another_address(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client)
    send(client, form_at(client, EDIT, "title"), slug="velkommen-2026")
    assert queries.by_slug("velkommen-2026")


def test_publish_event_shows_it_to_guests(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client)
    assert client.get(f"/arrangement/{SLUG}").status_code == 404
    form = next(form for form in forms_of(client.get(EDIT)) if form.action.endswith("/publiser"))
    assert send(client, form).status_code == 303
    assert client.get(f"/arrangement/{SLUG}").status_code == 200


def test_cancel_event_asks_first(client: FlaskClient) -> None:
    make_event()
    sign_in(client)
    assert CANCEL in links_of(client.get(EDIT))
    page = client.get(CANCEL)
    assert "Dette kan ikke angres" in page.text
    assert queries.by_slug(SLUG).state == "published"
    form = next(form for form in forms_of(page) if form.action == CANCEL)
    assert send(client, form).status_code == 303
    assert queries.by_slug(SLUG).state == "cancelled"
    assert "Arrangementet er allerede avlyst" in client.get(CANCEL).text
    assert "Det kan ikke endres lenger." in client.get(EDIT).text


def test_a_cancelled_event_is_not_changed_from_a_page_that_stood_open(client: FlaskClient) -> None:
    make_event()
    sign_in(client)
    form = form_at(client, EDIT, "title")
    send(client, next(form for form in forms_of(client.get(CANCEL)) if form.action == CANCEL))
    assert send(client, form, venue="Frydenberg").status_code == 422
    assert queries.by_slug(SLUG).venue == "Modum kulturhus"


@pytest.mark.parametrize("path", ["endre", "avlys"])
def test_an_unknown_event_is_not_found(client: FlaskClient, path: str) -> None:
    sign_in(client)
    assert client.get(f"/admin/arrangementer/finnes-ikke/{path}").status_code == 404


def test_list_events_shows_drafts_to_staff(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client, role="reader")
    page = client.get("/admin/arrangementer").text
    assert "Ny i Modum-kveld 2026" in page
    assert "Kladd" in page
    assert EDIT not in page, "a reader is not shown what a reader may not do"
