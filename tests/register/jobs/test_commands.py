"""Large uploads are read and stored by a worker; killed anywhere it leaves nothing half-done, the next one goes on."""

import signal
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.database import db
from outreach.people.models import Person
from outreach.register import erasure
from outreach.register.formats.detect import Kind
from outreach.register.jobs import commands, service
from outreach.register.jobs.commands import work_due
from outreach.register.jobs.service import JobLostError
from outreach.register.models import RegisterImport, RegisterJob, StagedChunk, StagedExtract, UploadChunk
from outreach.register.staging import service as staging
from outreach.settings import Settings
from tests import forked
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import national_number, table, table_row
from tests.pages import forms_of, send
from tests.register.jobs.worker_process import main
from tests.register.test_routes import count, press, upload

PEOPLE = 60
FILE = table([table_row(national_number(date(1990, 4, 1 + n % 28), n // 28)) for n in range(PEOPLE)]).encode()


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SMALL_BYTES", dict.fromkeys(Kind, 0))
    monkeypatch.setattr(staging, "SMALL_ROWS", 0)
    monkeypatch.setattr(staging, "BATCH_ROWS", 10)


@pytest.fixture
def brought(client: FlaskClient) -> str:
    """Return the path of a large upload that waits for a worker."""
    sign_in(client)
    answer = upload(client, FILE, name="uttrekk.csv", as_of="2026-11-02")
    assert answer.status_code == 303
    return str(answer.location)


def page(client: FlaskClient, path: str) -> str:
    return client.get(path, follow_redirects=True).get_data(as_text=True)


def test_the_request_returns_at_once_and_the_page_shows_how_far_the_worker_is(
    client: FlaskClient, brought: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Filen står i kø." in page(client, brought)
    assert (count(StagedChunk), count(RegisterJob)) == (0, 1)
    seen: list[str] = []
    renew = service.renew

    def renewed(*args: Any, rows: int, **more: Any) -> None:
        renew(*args, rows=rows, **more)
        seen.append(f"{rows}")

    monkeypatch.setattr(service, "renew", renewed)
    assert work_due() == 1
    assert seen == ["0", "10", "20", "30", "40", "50", "60"]
    shown = page(client, brought)
    assert "Hva uttrekket endrer" in shown
    assert "Elegant Sofapute" in shown
    assert (count(RegisterJob), count(Person)) == (0, 0)


def test_accepting_a_large_extract_is_a_job_and_ends_on_its_page(client: FlaskClient, brought: str) -> None:
    work_due()
    assert press(client, client.get(brought), "/godta").status_code == 303
    assert "Uttrekket tas i bruk" in page(client, brought)
    assert count(Person) == 0
    assert work_due() == 1
    assert "Filen og det som ventet, er slettet." in page(client, brought)
    assert count(Person) == PEOPLE
    assert [count(model) for model in (StagedExtract, StagedChunk, UploadChunk, RegisterJob)] == [0, 0, 0, 0]


def test_accepting_twice_is_one_job(client: FlaskClient, brought: str) -> None:
    work_due()
    shown = client.get(brought)
    press(client, shown, "/godta")
    assert press(client, shown, "/godta").status_code == 409
    assert count(RegisterJob) == 1


def test_what_is_being_stored_cannot_be_discarded(client: FlaskClient, brought: str) -> None:
    work_due()
    shown = client.get(brought)
    press(client, shown, "/godta")
    assert press(client, shown, "/forkast").status_code == 409
    assert (count(RegisterJob), count(StagedExtract)) == (1, 1)


def test_a_page_that_nobody_works_on_says_so(client: FlaskClient, brought: str) -> None:
    assert "Ingen har begynt" not in page(client, brought)
    clock.set_clock(lambda: NOW + timedelta(seconds=21))
    assert "Ingen har begynt" in page(client, brought)


def test_discarding_stops_the_worker(client: FlaskClient, brought: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = client.get(brought)
    renew = service.renew

    def discarded_meanwhile(*args: Any, rows: int, **more: Any) -> None:
        if rows == 20:
            db.session.rollback()
            press(client, shown, "/forkast")
        renew(*args, rows=rows, **more)

    monkeypatch.setattr(service, "renew", discarded_meanwhile)
    work_due()
    assert [count(model) for model in (StagedExtract, StagedChunk, UploadChunk, RegisterJob)] == [0, 0, 0, 0]
    assert "Uttrekket er forkastet" in page(client, brought)


def test_a_file_that_breaks_in_the_middle_is_explained_and_leaves_no_row(client: FlaskClient) -> None:
    sign_in(client)
    broken = FILE.rstrip() + b'\r\n"1;aldri slutt'
    path = upload(client, broken, name="uttrekk.csv", as_of="2026-11-02").location
    work_due()
    shown = page(client, path)
    assert "Filen kan ikke brukes" in shown
    assert "Filen er ikke hel" in shown
    assert count(RegisterJob) == 0
    assert count(Person) == 0
    answer = send(client, next(form for form in forms_of(client.get(path)) if form.action.endswith("/forkast")))
    assert answer.status_code == 303
    assert count(StagedChunk) == 0


def test_a_fault_of_ours_is_told_and_does_not_stop_the_worker(
    client: FlaskClient, brought: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(staging, "read", broken)
    assert work_due() == 1
    assert "Noe gikk galt hos oss." in page(client, brought)
    assert count(RegisterJob) == 0


def test_a_job_that_kills_every_worker_is_given_up(client: FlaskClient, brought: str) -> None:
    job = db.session.scalars(select(RegisterJob)).one()
    job.attempts = service.MOST_ATTEMPTS
    db.session.commit()
    work_due()
    assert "Noe gikk galt hos oss." in page(client, brought)


def test_the_files_bytes_go_after_an_hour_and_the_job_says_so(client: FlaskClient, brought: str) -> None:
    raw = b"".join(bytes(piece) for piece in db.session.scalars(select(UploadChunk.bytes_sealed)))
    assert b"Sofapute" not in raw
    later = NOW + erasure.UPLOAD_KEPT_FOR
    assert erasure.count_expired_staging(later - timedelta(seconds=1)) == 0
    assert erasure.count_expired_staging(later) == 1
    clock.set_clock(lambda: later)
    work_due()
    assert count(UploadChunk) == 0
    sign_in(client)
    assert "over en time siden" in page(client, brought)


def test_a_worker_that_lost_its_lease_cannot_commit(app: Flask, brought: str) -> None:
    first = service.claim("first", NOW)
    assert first is not None
    assert service.claim("second", NOW + service.LEASE) is None
    second = service.claim("second", NOW + service.LEASE + timedelta(seconds=1))
    assert second is not None
    with pytest.raises(JobLostError):
        service.renew(first.id, worker="first", rows=10, percent=None, now=NOW)
    with pytest.raises(JobLostError):
        service.end(first.id, worker="first")
    assert not service.release(first.id, worker="first")
    service.end(second.id, worker="second")


def killed(settings: Settings, point: str) -> None:
    environ = {"INSTANCE_DIR": str(settings.instance_dir), "DATABASE_URL": settings.database_url}
    assert forked.exit_code(main, environ, point) == -signal.SIGKILL


def test_a_worker_killed_while_it_reads_leaves_nothing_to_accept_and_the_next_begins_anew(
    client: FlaskClient, brought: str, settings: Settings
) -> None:
    db.session.rollback()
    killed(settings, "check")
    job = db.session.scalars(select(RegisterJob)).one()
    assert (job.rows_done, bool(job.worker)) == (30, True)
    assert count(StagedChunk) == 3
    assert "30 rader er lest." in page(client, brought)
    token = forms_of(client.get("/admin/register/ny"))[-1].values["csrf_token"]
    assert client.post(f"{brought}/godta", data={"csrf_token": token}).status_code == 409
    assert count(Person) == 0
    db.session.rollback()
    assert work_due() == 1  # at once: the dead worker's file lock is gone
    press(client, client.get(brought), "/godta")
    assert work_due() == 1
    assert count(Person) == PEOPLE


def test_a_worker_killed_before_it_commits_has_stored_nothing(
    client: FlaskClient, brought: str, settings: Settings
) -> None:
    work_due()
    press(client, client.get(brought), "/godta")
    db.session.rollback()
    killed(settings, "accept")
    db.session.rollback()
    assert (count(Person), count(RegisterImport), count(StagedExtract)) == (0, 0, 1)
    db.session.rollback()
    assert work_due() == 1
    assert (count(Person), count(RegisterImport), count(StagedExtract)) == (PEOPLE, 1, 0)


def test_the_control_worker_that_keeps_what_it_has_read_lets_half_a_file_be_accepted(
    client: FlaskClient, brought: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.rollback()
    killed(settings, "check unguarded")
    monkeypatch.setattr(staging, "SMALL_ROWS", PEOPLE)
    assert press(client, client.get(brought), "/godta").status_code == 303
    assert (count(Person), count(RegisterImport)) == (PEOPLE // 2, 1)


def test_the_control_worker_that_commits_each_batch_leaves_half_an_import(
    client: FlaskClient, brought: str, settings: Settings
) -> None:
    work_due()
    press(client, client.get(brought), "/godta")
    db.session.rollback()
    killed(settings, "accept unguarded")
    db.session.rollback()
    assert (count(Person), count(RegisterImport), count(StagedExtract)) == (PEOPLE // 2, 0, 1)


def test_the_command_does_what_is_due(app: Flask, brought: str) -> None:
    result = app.test_cli_runner().invoke(args=["register", "work", "--json"])
    assert result.stdout.strip() == '{"done": 1}'
    assert db.session.scalar(select(func.count(RegisterJob.id))) == 0
    assert commands.work_due() == 0
