"""The organiser's way through a mailing, page by page, as a browser goes it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.audit.actor import Actor
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.mailings.mailing import Kind, State
from outreach.mailings.models import Mailing
from outreach.mailings.sending import service as sending
from outreach.national_services import NationalServices
from outreach.outbox.models import OutboxMessage
from outreach.people.numbers import service as numbers
from tests.conftest import NOW
from tests.factories.accounts import make_staff, sign_in
from tests.factories.events import make_event
from tests.factories.mailings import again, ask, make_mailing
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import Form, forms_of, links_of, send

BASE = "/admin/arrangementer/ny-i-modum-2026/utsendinger"


@pytest.fixture
def event(app: Flask) -> Event:
    made = make_event()
    for names, contact in ((("Åse",), {"email": "a@eksempel.example"}), (("Bo",), {"mobile": "+4791234567"})):
        invitation = make_household(made, names)
        give_answer(invitation, answer_for(invitation, True, **contact))
    make_household(made, ("Emma",))
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    return made


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)


def only() -> Mailing:
    db.session.expire_all()
    found: Mailing = db.session.scalars(db.select(Mailing)).one()
    return found


def page_of(mailing: Mailing) -> str:
    return f"{BASE}/{mailing.id}"


def form_with(answer: TestResponse, part: str) -> Form:
    (form,) = [form for form in forms_of(answer) if part in form.action]
    return form


def press(client: FlaskClient, mailing: Mailing, part: str, **values: str) -> TestResponse:
    return send(client, form_with(client.get(page_of(mailing)), f"/{part}"), **values)


def drafted(client: FlaskClient, event: Event, kind: Kind = Kind.INFORMATION) -> Mailing:
    user = sign_in(client)
    return make_mailing(event, kind, maker=Actor("staff", user.id))


def writing(client: FlaskClient, mailing: Mailing) -> Form:
    answer = client.get(f"{page_of(mailing)}/tekst")
    assert answer.status_code == 200
    return form_with(answer, "/tekst")


def test_a_mailing_is_made_from_the_list_and_begins_with_texts(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    form = form_with(client.get(BASE), "/utsendinger")
    answer = send(client, form, kind="praktisk")
    assert answer.location == f"{page_of(only())}/tekst"
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Vi gleder oss til å se {deg|dere} på {arrangement}." in page.text
    assert "Praktisk informasjon" in client.get(BASE).text


def test_without_a_kind_the_list_says_what_is_missing(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    answer = send(client, form_with(client.get(BASE), "/utsendinger"))
    assert answer.status_code == 422
    assert "Velg hva du skal sende." in answer.text


def test_the_page_of_a_mailing_shows_each_group_with_a_link_and_a_sum(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    answer = client.get(page_of(mailing))
    groups = {link.rpartition("/")[2] for link in links_of(answer) if "/mottakere/" in link}
    assert groups == {"epost", "sms", "kommer-ikke"}
    for link in {link for link in links_of(answer) if "/mottakere/" in link}:
        assert "1 husstand" in client.get(link).text
    assert "<div>3</div>" in answer.text


def test_checking_says_what_is_wrong_and_saves_nothing(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    form = writing(client, mailing)
    changed = {
        "versions-0-body": "Hei {navn}! Vedrørende møtet kl. 19.00. [Kart](http://kart.example)",
        "versions-2-sms": "Welcome at 6 pm",
    }
    answer = send(client, form, button="check", **changed)
    assert answer.status_code == 200
    for words in (
        "Tekst, linje 1: {navn} er ikke et felt som kan fylles ut.",
        "Lenken http://kart.example kan ikke brukes.",
        "«Vedrørende». Prøv heller: om",
        "Teksten er for kort til å måle",
        "Språkene sier ikke det samme",
        "kl. 19.00",
        "6 pm",
    ):
        assert words in answer.text, words
    assert again(mailing).texts[0].body.startswith("Hei, {fornavn}!")


def test_a_sound_text_is_told_so(client: FlaskClient, event: Event) -> None:
    form = writing(client, drafted(client, event))
    answer = send(client, form, button="check")
    assert "Samme fakta" in answer.text
    assert "Må rettes" not in answer.text
    assert "SMS-en sendes i 2 deler." in answer.text


def test_saving_keeps_the_text_and_goes_back_to_the_mailing(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    answer = send(client, writing(client, mailing), button="save", **{"versions-0-subject": "  Nytt   emne "})
    assert answer.location == page_of(mailing)
    assert again(mailing).texts[0].subject == "Nytt emne"


def test_a_language_is_added_and_taken_away(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    send(client, writing(client, mailing), button="add", add="uk")
    assert [text.language for text in again(mailing).texts] == ["nb", "nn", "en", "uk"]
    page = client.get(f"{page_of(mailing)}/tekst")
    assert "Українська" in page.text
    send(client, form_with(page, "/tekst"), button="save", **{"versions-3-remove": "y", "versions-0-remove": "y"})
    assert [text.language for text in again(mailing).texts] == ["nb", "nn", "en"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("versions-0-subject", "x" * 151, "høyst 150 tegn"),
        ("versions-1-sms", "x" * 1001, "høyst 1000 tegn"),
        ("versions-0-language", "../nb", "Velg et språk fra lista."),
        ("channels", "pigeon", "Velg hvordan den skal sendes."),
        ("survey_url", "http://a.example", "Den må begynne med https://"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    client: FlaskClient, event: Event, field: str, value: str, words: str
) -> None:
    mailing = drafted(client, event, Kind.THANKS)
    answer = send(client, writing(client, mailing), button="save", **{field: value})
    assert answer.status_code == 422
    assert words in answer.text


def test_only_a_draft_can_be_written(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    ask(mailing, event)
    assert client.get(f"{page_of(mailing)}/tekst").location == page_of(mailing)


def test_the_sample_names_nobody_and_the_preview_of_a_household_is_in_the_log(
    client: FlaskClient, event: Event
) -> None:
    mailing = drafted(client, event)
    sample = client.get(f"{page_of(mailing)}/eksempel/en").text
    assert "Hello, Kari and Ola!" in sample
    listed = client.get(f"{page_of(mailing)}/mottakere/epost")
    (link,) = [link for link in links_of(listed) if "/husstand/" in link]
    shown = client.get(link)
    assert "Hei, Åse!" in shown.text
    assert "Hello, Åse!" in client.get(f"{link}?sprak=en").text
    acts = list(db.session.scalars(db.select(AuditEntry.act)))
    assert (acts.count("mailing.preview"), acts.count("mailing.list")) == (2, 1)


def test_a_preview_with_a_hole_in_it_says_which(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event, Kind.THANKS)
    event.access_information = ""
    mailing.texts[0].body += "\n\n{adkomst}"
    db.session.commit()
    answer = client.get(f"{page_of(mailing)}/eksempel/nb", follow_redirects=True)
    assert "Teksten har et felt uten verdi: {adkomst}." in answer.text


def test_a_test_is_sent_to_oneself(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    press(client, mailing, "prove")
    assert {row.recipient.split(":")[0] for row in db.session.scalars(db.select(OutboxMessage))} == {"staff"}
    assert "3 prøver er på vei til" in client.get(page_of(mailing)).text


def test_a_small_mailing_is_sent_at_once(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    assert press(client, mailing, "frigivelse").status_code == 303
    assert "Utsendingen går om et øyeblikk." in client.get(page_of(mailing)).text


@pytest.mark.usefixtures("strict")
def test_a_second_person_releases_a_large_one(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    press(client, mailing, "frigivelse")
    own = client.get(page_of(mailing))
    assert "En annen enn deg må godkjenne den" in own.text
    assert not [form for form in forms_of(own) if form.action.endswith("/frigi")]
    token = form_with(own, "/tilbake").values["csrf_token"]
    assert client.post(f"{page_of(mailing)}/frigi", data={"csrf_token": token}).status_code == 403
    sign_in(client, make_staff("admin"))
    assert press(client, mailing, "frigi").status_code == 303
    assert again(mailing).state == State.RELEASED


@pytest.mark.parametrize(
    ("day", "at", "status", "words"),
    [
        ("2026-11-20", "18.30", 303, "fredag 20.\u00a0november 2026 kl.\u00a018.30"),
        ("20.11.2026", "18", 303, "fredag 20.\u00a0november 2026 kl.\u00a018.00"),
        ("2026-11-20", "", 422, "Fyll ut både dag og klokkeslett"),
        ("", "18.30", 422, "Fyll ut både dag og klokkeslett"),
        ("2026-11-20", "25.00", 422, "Skriv klokkeslettet slik: 18.30"),
        ("2026-11-20", "kveld", 422, "Skriv klokkeslettet slik: 18.30"),
        ("2026-11-01", "18.30", 303, "Tida du valgte, er passert."),
        ("2026-11-27", "18.30", 303, "før det er over"),
    ],
)
def test_a_time_is_chosen_in_local_time(
    client: FlaskClient, event: Event, day: str, at: str, status: int, words: str
) -> None:
    mailing = drafted(client, event)
    answer = press(client, mailing, "frigivelse", day=day, clock=at)
    assert answer.status_code == status
    assert words in (answer.text if status == 422 else client.get(page_of(mailing)).text)


def test_pause_go_on_and_stop(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    ask(mailing, event)
    sending.begin_due(NOW)
    db.session.commit()
    for course, state in (("pause", "paused"), ("fortsett", "sending"), ("stopp", "called_off")):
        assert press(client, mailing, course).status_code == 303
        assert again(mailing).state == state
    assert "stopp" not in [form.action.rpartition("/")[2] for form in forms_of(client.get(page_of(mailing)))]


def test_what_another_did_meanwhile_is_said(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    token = form_with(client.get(page_of(mailing)), "/frigivelse").values["csrf_token"]
    answer = client.post(f"{page_of(mailing)}/pause", data={"csrf_token": token})
    assert answer.status_code == 303
    assert "Utsendingen har endret seg" in client.get(answer.location).text


def test_the_result_adds_up_and_each_number_leads_to_its_households(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, event)
    ask(mailing, event)
    sending.begin_due(NOW)
    db.session.commit()
    answer = client.get(page_of(mailing))
    links = {link for link in links_of(answer) if "/meldinger/" in link}
    assert {link.rpartition("/")[2] for link in links} == {"email.queued.", "sms.queued."}
    for link in links:
        assert "1 husstand" in client.get(link).text
    assert "Er med i utsendingen" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/1",
        "/1/tekst",
        "/{id}/mottakere/alle",
        "/{id}/mottakere/epost?side=0",
        "/{id}/mottakere/epost?side=9",
        "/{id}/meldinger/email",
        "/{id}/meldinger/email.queued.unknown",
        "/{id}/husstand/1",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, event: Event, path: str) -> None:
    mailing = drafted(client, event)
    assert client.get(f"{BASE}{path.format(id=mailing.id)}").status_code == 404


def test_a_mailing_of_another_event_is_not_found(client: FlaskClient, event: Event) -> None:
    mailing = drafted(client, make_event(slug="en-annen-kveld"))
    assert client.get(page_of(mailing)).status_code == 404


def test_an_event_that_can_be_written_about_leads_here(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    assert BASE in links_of(client.get("/admin/arrangementer/ny-i-modum-2026"))


def command(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["mailings", *words])


@pytest.mark.usefixtures("strict")
def test_the_command_releases_as_a_second_person(app: Flask, event: Event) -> None:
    mailing, second = make_mailing(event), make_staff()
    ask(mailing, event)
    maker = db.session.get_one(type(second), mailing.made_by_id)
    own = command(app, "release", mailing.reference, "--by", maker.email)
    assert (own.exit_code, "Be en annen" in own.stderr) == (1, True)
    done = command(app, "release", mailing.reference.lower(), "--by", second.email)
    assert (done.exit_code, "2 husstander er godkjent" in done.stdout) == (0, True)
    assert again(mailing).state == State.RELEASED


def test_the_command_lists_what_there_is(app: Flask, event: Event) -> None:
    mailing = make_mailing(event)
    ask(mailing, event, scheduled_at_utc=NOW + timedelta(days=1))
    found = command(app, "list", event.slug, "--json").stdout
    assert f'"reference": "{mailing.reference}"' in found
    assert '"state": "released"' in found
    assert mailing.reference in command(app, "list", event.slug).stdout


def test_the_contact_register_can_be_chosen_where_it_is_switched_on_and_its_group_is_told(
    app: Flask, client: FlaskClient, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = drafted(client, event, Kind.REMINDER)
    asked = make_household(event, ("Frida",))
    numbers.keep({asked.invitees[0].person_id or 0: "12849022499"})
    db.session.commit()
    assert "asks_register" not in client.get(f"{page_of(mailing)}/tekst").text
    assert "kontaktregister" not in client.get(page_of(mailing)).text
    on = NationalServices(krr_url="https://kontaktregisteret.no/rest/v2/personer")
    monkeypatch.setitem(
        app.extensions, "treffpunkt.settings", replace(app.extensions["treffpunkt.settings"], services=on)
    )
    page = client.get(f"{page_of(mailing)}/tekst")
    send(client, form_with(page, "/tekst"), button="save", asks_register="y")
    assert again(mailing).channels == "email,sms,krr"
    send(client, writing(client, mailing), button="save")
    assert again(mailing).channels == "email,sms,krr", "the page shows what is chosen"
    shown = client.get(page_of(mailing))
    assert "Slås opp i kontaktregisteret når den sendes" in shown.text
    assert "vi lagrer ikke svaret" in shown.text
    assert "Lien" in client.get(f"{page_of(mailing)}/mottakere/kontaktregister").text
