"""A batch of letters through SvarUt: a real server that holds requests against KS's documents, the real typesetter."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND, Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.faults import PostedBeforeError, ReleaseNeededError, SvarUtOffError
from outreach.invitations.letters.making.stages import ChangedSinceError
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.posting import service
from outreach.messages.models import LetterBatch, LetterShipment
from outreach.messages.sending.commands import send_due
from outreach.messages.transports import svarut_transport
from outreach.messages.transports.svarut import SETTLING_SECONDS
from outreach.national_services import NationalServices
from outreach.outbox import service as outbox
from outreach.outbox.afterwards.service import change_state
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import State
from outreach.people.models import Person, ProtectedIdentity
from outreach.people.numbers import service as numbers
from tests.conftest import NOW
from tests.factories.accounts import make_staff, sign_in
from tests.factories.events import make_event
from tests.factories.letters import invite, make_home, make_ready, read_pages
from tests.factories.national import SvarUtServer
from tests.pages import forms_of, send


@pytest.fixture
def server(app: Flask) -> Iterator[SvarUtServer]:
    with SvarUtServer().running() as running:
        yield running
        clock.set_clock(lambda: NOW)


@pytest.fixture
def use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[NationalServices], None]:
    def run(services: NationalServices) -> None:
        settings = replace(app.extensions["treffpunkt.settings"], services=services)
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
        if services.svarut:
            monkeypatch.setattr(svarut_transport(services), "_rest_seconds", 0)

    return run


@pytest.fixture
def event(server: SvarUtServer, use: Callable[[NationalServices], None]) -> Event:
    """Return an event with two invited households, SvarUt switched on for print."""
    use(server.services())
    make_home(("Åse", "Lien"), ("Bjørn", "Lien"))
    make_home(("Cille", "Nord"))
    return invite()


def hand_over(event: Event, batch: LetterBatch | None = None) -> int:
    number = service.hand_over(event, batch or make_ready(event), actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return number


def rows() -> list[tuple[str, str, str]]:
    db.session.expire_all()
    found = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    return sorted((row.channel, row.state, row.reason) for row in found)


def later(**by: int) -> None:
    moment = clock.now_utc() + timedelta(**by)
    clock.set_clock(lambda: moment)


def person(name: str) -> Person:
    everybody = db.session.scalars(db.select(Person)).all()
    return next(one for one in everybody if one.given_name == name)


def test_each_household_gets_one_shipment_to_one_adult_with_its_own_letter(
    event: Event, server: SvarUtServer, tmp_path: Path
) -> None:
    assert hand_over(event) == 2
    assert rows() == [("svarut", "queued", "")] * 2
    send_due()
    assert rows() == [("svarut", "handed_over", "")] * 2
    assert server.faults == []
    assert set(server.references()) == {str(row.id) for row in db.session.scalars(db.select(OutboxMessage))}
    told = {shipment["mottaker"]["navn"]: (shipment, pdf) for shipment, pdf in server.taken.values()}
    assert set(told) == {"Åse Lien", "Cille Nord"}
    shipment, pdf = told["Åse Lien"]
    assert shipment["mottaker"] | {"adresselinje1": "Storgata 1", "postnummer": "3370"} == shipment["mottaker"]
    assert "digitalId" not in shipment["mottaker"]
    assert shipment["tittel"] == f"Invitasjon: {event.title}"
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    front, back = read_pages(file)
    assert "Åse" in front.text
    assert "Cille" not in front.text + back.text
    assert len(front.qr_texts) == 1
    assert b"StructTreeRoot" in pdf, "tagged"


def test_digital_first_names_the_adult_whose_number_is_kept(
    event: Event, server: SvarUtServer, use: Callable[[NationalServices], None]
) -> None:
    use(server.services(is_digital=True, cost_code="NYIMODUM"))
    numbers.keep({person("Cille").id: "12849022499"})
    db.session.commit()
    hand_over(event)
    send_due()
    told = {shipment["mottaker"]["navn"]: shipment for shipment in server.shipments()}
    assert told["Cille Nord"]["mottaker"]["digitalId"] == "12849022499"
    assert told["Cille Nord"]["konteringskode"] == "NYIMODUM"
    assert "/i/" in told["Cille Nord"]["lenker"][0]["url"]
    assert "digitalId" not in told["Åse Lien"]["mottaker"], "no number is kept: by postal address, to print"


def test_handed_over_twice_or_printed_too_is_refused(event: Event, server: SvarUtServer) -> None:
    batch = make_ready(event)
    hand_over(event, batch)
    with pytest.raises(ChangedSinceError):
        hand_over(event, batch)
    db.session.rollback()
    assert planning.plan(event, is_reprint=False, now=NOW).rows == [], "nothing is left to print"
    send_due()
    assert planning.plan(event, is_reprint=True, now=NOW).rows == []
    assert set(server.references().values()) == {1}


def test_a_batch_that_is_not_what_it_was_is_refused(event: Event) -> None:
    batch = make_ready(event)
    make_home(("Dag", "Sund"))
    invite(event)
    with pytest.raises(ChangedSinceError):
        hand_over(event, batch)
    db.session.rollback()
    assert rows() == [("letter", "queued", "")] * 3


def test_a_large_batch_is_released_by_another_first(
    app: Flask, event: Event, server: SvarUtServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    batch = make_ready(event)
    with pytest.raises(ReleaseNeededError):
        hand_over(event, batch)
    db.session.rollback()
    letters.release(batch.release_reference, by_id=2, actor=Actor("staff", 2), now=NOW)
    assert hand_over(event, batch) == 2


def test_switched_off_nothing_is_handed_over_and_what_waited_is_printed(
    event: Event, server: SvarUtServer, use: Callable[[NationalServices], None]
) -> None:
    batch = make_ready(event)
    hand_over(event, batch)
    use(NationalServices())
    with pytest.raises(SvarUtOffError):
        hand_over(event, batch)
    db.session.rollback()
    send_due()
    assert rows() == [("letter", "queued", "")] * 2
    assert server.taken == {}


def test_a_fresh_protection_mark_wins_over_the_queue(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    db.session.add(ProtectedIdentity(identity_hash=person("Bjørn").identity_hash, marked_at_utc=NOW))
    db.session.commit()
    send_due()
    assert rows() == [("svarut", "handed_over", ""), ("svarut", "withheld", "by_hand")]
    assert [shipment["mottaker"]["navn"] for shipment in server.shipments()] == ["Cille Nord"]


def test_what_must_wait_waits_among_the_letters_again(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    person("Cille").is_held_back = True
    db.session.commit()
    send_due()
    assert rows() == [("letter", "queued", ""), ("svarut", "handed_over", "")]


def test_an_extract_that_is_too_old_by_then_stops_everything(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    event.ends_at_utc = NOW + timedelta(days=90)
    db.session.execute(db.update(OutboxMessage).values(due_at_utc=NOW + timedelta(days=40)))
    db.session.commit()
    later(days=40)
    send_due()
    assert rows() == [("letter", "queued", "")] * 2
    assert server.taken == {}


@pytest.mark.parametrize("wish", [500, "reset"])
def test_taken_and_not_answered_is_asked_about_and_never_sent_twice(
    event: Event, server: SvarUtServer, wish: object
) -> None:
    hand_over(event)
    server.on_taken = lambda shipment: wish
    send_due()
    assert rows() == [("svarut", "claimed", "")] * 2
    server.on_taken = lambda shipment: None
    later(minutes=6)
    send_due()
    assert rows() == [("svarut", "handed_over", "")] * 2
    assert set(server.references().values()) == {1}
    shipments = db.session.scalars(db.select(LetterShipment)).all()
    assert {row.shipment_id for row in shipments} == set(server.taken), "learnt by our reference"


def test_what_svarut_does_not_know_yet_is_sent_again_only_when_it_cannot_be_on_its_way(
    event: Event, server: SvarUtServer
) -> None:
    hand_over(event)
    server.fault = lambda path: 500 if path.endswith("/forsendelser") else None
    send_due()
    server.fault = lambda path: None
    later(minutes=6)
    send_due()
    assert rows() == [("svarut", "claimed", "")] * 2, "SvarUt may work on it for a quarter of an hour"
    later(seconds=SETTLING_SECONDS)
    send_due()
    assert rows() == [("svarut", "handed_over", "")] * 2
    assert set(server.references().values()) == {1}


def test_a_silent_svarut_leaves_uncertain_letters_and_a_person_who_sends_again_sends_no_second(
    event: Event, server: SvarUtServer
) -> None:
    hand_over(event)
    server.on_taken = lambda shipment: 500
    send_due()
    asked = server.fault
    server.fault = lambda path: 503 if path.endswith("/forsendelser") else None
    for _ in range(3):
        later(minutes=31)
        send_due()
    assert rows() == [("svarut", "uncertain", "")] * 2
    server.fault = asked
    ids = db.session.scalars(db.select(OutboxMessage.id)).all()
    outbox.settle(ids, state=State.QUEUED, now=clock.now_utc())
    db.session.commit()
    send_due()
    assert rows() == [("svarut", "handed_over", "")] * 2
    assert set(server.references().values()) == {1}


def test_statuses_become_receipts(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    send_due()
    assert server.status_questions == [], "not at once"
    ids = sorted(server.references())
    server.say("LEST", ids[0])
    server.say("AVVIST", ids[1])
    later(minutes=6)
    send_due()
    assert rows() == [("svarut", "bounced", "rejected"), ("svarut", "delivered", "")]
    later(days=1)
    send_due()
    assert len(server.status_questions) == 1, "what has come to its end is asked about no more"


def test_a_letter_under_way_is_asked_about_until_it_is_printed(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    send_due()
    for status in ("AKSEPTERT", "SENDT_PRINT"):
        server.say(status)
        later(minutes=31)
        send_due()
        assert rows() == [("svarut", "handed_over", "")] * 2
        assert {row.status for row in db.session.scalars(db.select(LetterShipment))} == {status}
    server.say("PRINTET")
    later(minutes=31)
    send_due()
    assert rows() == [("svarut", "delivered", "")] * 2


def test_what_svarut_could_not_deliver_is_printed_here(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    send_due()
    ids = sorted(server.references())
    server.say("IKKE_LEVERT", ids[0])
    server.say("PRINTET", ids[1])
    later(minutes=6)
    send_due()
    assert service.print_instead(event, actor=COMMAND, now=clock.now_utc()) == 1
    db.session.commit()
    assert rows() == [("letter", "queued", ""), ("svarut", "delivered", "")]
    found = planning.plan(event, is_reprint=False, now=clock.now_utc())
    assert [str(row.message_id) for row in found.rows] == [ids[0]]


def test_a_letter_that_svarut_has_had_is_printed_and_never_taken_to_be_there_again(
    event: Event, server: SvarUtServer
) -> None:
    hand_over(event)
    send_due()
    server.say("AVVIST")
    later(minutes=6)
    send_due()
    service.print_instead(event, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    batch = make_ready(event)
    with pytest.raises(PostedBeforeError):
        hand_over(event, batch)
    db.session.rollback()
    make_home(("Dag", "Sund"))
    invite(event)
    assert hand_over(event) == 1
    send_due()
    assert rows() == [("letter", "queued", "")] * 2 + [("svarut", "handed_over", "")]
    assert len(server.taken) == 3


def test_switched_off_what_was_begun_is_uncertain(
    event: Event, server: SvarUtServer, use: Callable[[NationalServices], None]
) -> None:
    hand_over(event)
    server.on_taken = lambda shipment: 500
    send_due()
    use(NationalServices())
    send_due()
    assert rows() == [("svarut", "claimed", "")] * 2, "a sender may still be at it"
    later(minutes=6)
    send_due()
    assert rows() == [("svarut", "uncertain", "")] * 2


def test_a_refused_letter_fails_and_stops_nobody_else(event: Event, server: SvarUtServer) -> None:
    hand_over(event)
    server.on_taken = lambda shipment: None
    real = server.sends.faults
    server.sends.faults = lambda schema, value: (  # type: ignore[method-assign]
        ["no"] if value["mottaker"]["navn"] == "Åse Lien" else real(schema, value)
    )
    send_due()
    assert rows() == [("svarut", "failed", "refused"), ("svarut", "handed_over", "")]
    assert service.print_instead(event, actor=COMMAND, now=NOW) == 1


def test_a_returned_letter_that_svarut_printed_is_printed_here_the_next_time(
    event: Event, server: SvarUtServer
) -> None:
    hand_over(event)
    send_due()
    row = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert row is not None
    for was, then in (
        (letters.State.HANDED_OVER, letters.State.BOUNCED),
        (letters.State.BOUNCED, letters.State.QUEUED),
    ):
        assert change_state(row.id, was=was, then=then)
    db.session.commit()
    assert rows() == [("letter", "queued", ""), ("svarut", "handed_over", "")]


def test_the_page_offers_svarut_and_tells_what_became_of_the_letters(
    client: FlaskClient, event: Event, server: SvarUtServer, use: Callable[[NationalServices], None]
) -> None:
    sign_in(client)
    make_ready(event)
    page = f"/admin/arrangementer/{event.slug}/brev"
    use(NationalServices())
    assert "SvarUt" not in client.get(page).text
    use(server.services())
    (form,) = [form for form in forms_of(client.get(page)) if "/svarut/" in form.action]
    assert "er på vei til SvarUt" in client.get(send(client, form).location).text
    send_due()
    listed = client.get(f"/admin/arrangementer/{event.slug}/invitasjoner").text
    assert listed.count("Levert til SvarUt") == 3, "in the sum and for each household"
    server.say("AVVIST")
    later(minutes=6)
    send_due()
    shown = client.get(page)
    assert "Avvist av SvarUt" in shown.text
    assert "Noen brev kom ikke fram" in shown.text
    (form,) = [form for form in forms_of(shown) if "skriv-ut-i-stedet" in form.action]
    assert "2 brev venter på utskrift igjen." in client.get(send(client, form).location).text


def test_a_batch_of_another_event_is_not_found(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    batch = make_ready(event)
    other = make_event(slug="annet")
    page = client.get(f"/admin/arrangementer/{event.slug}/brev")
    (form,) = [form for form in forms_of(page) if "/svarut/" in form.action]
    stolen = replace(form, action=f"/admin/arrangementer/{other.slug}/brev/svarut/{batch.release_reference}")
    assert send(client, stolen).status_code == 404


def post(app: Flask, *options: str) -> Any:
    return app.test_cli_runner().invoke(args=["letters", "post", "ny-i-modum-2026", *options])


def test_the_command_posts_what_waits_once(app: Flask, event: Event, server: SvarUtServer) -> None:
    done = json.loads(post(app, "--json").stdout)
    batch = db.session.scalars(db.select(LetterBatch)).one()
    assert done == {"count": 2, "reference": batch.release_reference}
    assert rows() == [("svarut", "queued", "")] * 2
    again = post(app)
    assert (again.exit_code, again.stdout.strip()) == (0, "Ingen brev venter.")
    send_due()
    assert set(server.references().values()) == {1}


def test_the_command_is_refused_until_another_person_has_released_the_batch(
    app: Flask, event: Event, server: SvarUtServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    maker, other = make_staff(), make_staff()
    refused = post(app, "--by", maker.email)
    batch = db.session.scalars(db.select(LetterBatch)).one()
    assert refused.exit_code == 1
    assert f"flask mailings release {batch.release_reference}" in refused.stderr
    assert batch.made_by_id == maker.id
    release = ["mailings", "release", batch.release_reference, "--by"]
    assert app.test_cli_runner().invoke(args=[*release, maker.email]).exit_code == 1
    assert post(app, "--by", maker.email).exit_code == 1
    assert app.test_cli_runner().invoke(args=[*release, other.email]).exit_code == 0
    assert post(app, "--by", maker.email).stdout.startswith("2 brev er på vei til SvarUt")
    assert rows() == [("svarut", "queued", "")] * 2


def test_the_command_says_so_where_svarut_is_off_and_whom_it_does_not_know(
    app: Flask, event: Event, use: Callable[[NationalServices], None]
) -> None:
    unknown = post(app, "--by", "ingen@modum.example")
    assert (unknown.exit_code, "ingen@modum.example har ikke en konto" in unknown.stderr) == (1, True)
    use(NationalServices())
    off = post(app)
    assert (off.exit_code, "SvarUt er ikke slått på" in off.stderr) == (1, True)
    assert rows() == [("letter", "queued", "")] * 2
    assert db.session.scalars(db.select(LetterBatch)).all() == []
