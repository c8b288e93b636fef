"""Letters made from the page: by a worker, once, fetched by who may, erased when they are delivered or forgotten."""

import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from outreach.audit.actor import COMMAND, Actor
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations import service as invitations
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.making import erasure, queries, service
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import JobAtWorkError, JobKind
from outreach.invitations.letters.making.work import commands
from outreach.outbox.models import OutboxMessage
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.letters import have_made, invite, make_home, make_pictures, make_ready
from tests.pages import forms_of, send

PAGE = "/admin/arrangementer/ny-i-modum-2026/brev"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event with two letters waiting."""
    make_home(("Kari", "Nordmann"))
    make_home(("Åse", "Bråthen"))
    return invite()


def states() -> set[str]:
    db.session.expire_all()
    return set(db.session.scalars(db.select(OutboxMessage.state)))


def press(client: FlaskClient, action: str):
    form = next(form for form in forms_of(client.get(PAGE)) if action in form.action)
    return send(client, form)


def test_an_organiser_has_letters_made_fetches_them_and_confirms(client: FlaskClient, event: Event) -> None:
    user = sign_in(client)
    press(client, "frigivelse")
    assert press(client, "lag/build").status_code == 303
    assert "Står i kø." in client.get(PAGE).text
    assert commands.work_due() == 1
    assert states() == {"handed_over"}
    [job] = db.session.scalars(db.select(LetterJob)).all()
    assert (job.stage, job.letters_total, job.queued_by_id) == ("done", 2, user.id)
    with press(client, "hent/letters-001.pdf") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.data.startswith(b"%PDF")
    with press(client, "hent/addresses.csv") as answer:
        assert b"VIKERSUND" in answer.data
    assert press(client, "/levert").status_code == 303
    assert not queries.folder_of(job.id).exists()
    assert states() == {"handed_over"}
    assert "Slettet" in client.get(PAGE).text
    acts = list(db.session.scalars(db.select(AuditEntry.act)))
    assert acts.count("letters.hand_over") == 1
    assert {"letters.ask", "letters.fetch", "letters.confirm"} <= set(acts)


def test_files_are_their_owners_alone(event: Event) -> None:
    job = have_made(event, JobKind.BUILD)
    folder = queries.folder_of(job.id)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_one_piece_of_work_at_a_time_for_an_event(event: Event) -> None:
    service.ask(event, JobKind.BUILD, batch_id=None, actor=COMMAND, now=NOW)
    with pytest.raises(JobAtWorkError):
        service.ask(event, JobKind.REPRINT, batch_id=None, actor=COMMAND, now=NOW)


def test_a_large_batch_waits_for_a_second_person(app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", strict)
    job = have_made(event, JobKind.BUILD, actor=Actor("staff", 1))
    assert (job.stage, states()) == ("failed", {"queued"})
    assert "godkjent" in json.loads(job.fault_json)[0]
    assert not queries.folder_of(job.id).exists()
    letters.release(make_ready(event).release_reference, by_id=2, actor=COMMAND, now=NOW)
    db.session.commit()
    have_made(event, JobKind.BUILD, actor=Actor("staff", 1))
    assert states() == {"handed_over"}


def test_nothing_waiting_is_told(client: FlaskClient, event: Event) -> None:
    have_made(event, JobKind.BUILD)
    sign_in(client)
    have_made(event, JobKind.BUILD)
    assert "Ingen brev venter på utskrift." in client.get(PAGE).text


def test_printing_again_is_an_act_of_its_own(event: Event) -> None:
    have_made(event, JobKind.BUILD)
    job = have_made(event, JobKind.REPRINT)
    assert (job.kind, job.stage, job.letters_total) == ("reprint", "done", 2)
    assert "letters.reprint" in set(db.session.scalars(db.select(AuditEntry.act)))


def test_a_worker_that_died_after_the_hand_over_is_followed_by_one_that_sees_it(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commands.service, "end", die)
        with pytest.raises(KeyboardInterrupt):
            have_made(event, JobKind.BUILD)
    db.session.rollback()
    # The lock file of the one who died is left, and free.
    db.session.execute(db.update(LetterJob).values(lease_until_utc=NOW - timedelta(minutes=1)))
    db.session.commit()
    commands.work_due()
    job = db.session.scalars(db.select(LetterJob)).one()
    db.session.refresh(job)
    assert (job.stage, job.letters_total, states()) == ("done", 2, {"handed_over"})
    assert list(db.session.scalars(db.select(AuditEntry.act))).count("letters.hand_over") == 1


def test_files_that_nobody_fetched_leave_uncertain_letters(event: Event) -> None:
    job = have_made(event, JobKind.BUILD)
    assert erasure.erase_old_files(NOW + timedelta(days=14)) == {"letter_job": 0}
    assert erasure.count_old_files(NOW + timedelta(days=14, seconds=1)) == 1
    assert erasure.erase_old_files(NOW + timedelta(days=14, seconds=1)) == {"letter_job": 1}
    assert not queries.folder_of(job.id).exists()
    assert states() == {"uncertain"}


def test_files_that_somebody_fetched_leave_letters_that_were_handed_over(event: Event) -> None:
    job = have_made(event, JobKind.BUILD)
    service.fetch(job, "letters-001.pdf", actor=COMMAND, now=NOW)
    erasure.erase_old_files(NOW + timedelta(days=15))
    assert states() == {"handed_over"}


def test_who_becomes_protected_is_in_no_file_any_more(event: Event) -> None:
    job = have_made(event, JobKind.BUILD)
    first = db.session.scalars(db.select(invitations.Invitee)).first()
    assert first is not None
    invitations.leave_out_protected([first.person_id], NOW)
    db.session.commit()
    assert not queries.folder_of(job.id).exists()
    assert states() == {"uncertain"}


def test_pictures_of_all_letters_are_looked_over_before_the_release(client: FlaskClient, event: Event) -> None:
    job = make_pictures(event)
    assert states() == {"queued"}
    sign_in(client)
    page = client.get(f"{PAGE}/bilder/{job.id}")
    assert page.text.count("<img") == 2
    assert "2 brev, forsiden av hvert" in page.text
    ids = queries.pictured(job)
    assert len(ids) == 2
    with client.get(f"{PAGE}/bilder/{job.id}/{ids[0]}.png") as answer:
        assert (answer.content_type, answer.headers["Cache-Control"]) == ("image/png", "no-store")
    path = queries.folder_of(job.id) / f"{ids[0]}.png"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Image.open(path) as picture:
        assert picture.size == (425, 601)
        # There is something on it.
        assert len(picture.convert("L").getcolors(256)) > 20
    assert f"/{ids[0]}.pdf" in page.text
    assert client.get(f"{PAGE}/bilder/{job.id}?page=2").status_code == 404
    assert "letters.look_over" in set(db.session.scalars(db.select(AuditEntry.act)))


def test_pictures_of_a_batch_that_changed_are_not_made(event: Event) -> None:
    batch = make_ready(event)
    make_home(("Ny", "Nabo"))
    invite(event)
    job = have_made(event, JobKind.PICTURES, batch.id)
    assert (job.stage, queries.folder_of(job.id).exists()) == ("failed", False)


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "manifest.json.bak", "letters-002.pdf"])
def test_only_what_the_manifest_names_is_sent(client: FlaskClient, event: Event, name: str) -> None:
    job = have_made(event, JobKind.BUILD)
    sign_in(client)
    form = next(form for form in forms_of(client.get(PAGE)) if "hent/letters-001.pdf" in form.action)
    form.action = f"{PAGE}/filer/{job.id}/hent/{name}"
    assert send(client, form).status_code == 404


def test_the_price_is_typed_and_the_sum_shown(client: FlaskClient, event: Event) -> None:
    make_ready(event)
    sign_in(client)
    assert "Porto for 2 brev: 43,00 kroner." in client.get(f"{PAGE}?pris=21,50").text
    assert "Skriv prisen per brev i kroner" in client.get(f"{PAGE}?pris=mye").text
    assert "kroner." not in client.get(PAGE).text.split("Papir og porto")[1].split("</form>")[1].split("<h2")[0]


def test_the_files_go_with_the_event(event: Event, tmp_path: Path) -> None:
    job = have_made(event, JobKind.BUILD)
    assert queries.folder_of(job.id).is_dir()
    erasure.erase_event_people(event.id)
    assert not queries.folder_of(job.id).exists()
