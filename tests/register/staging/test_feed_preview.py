"""A feed of events in the browser: what it changes is shown, then accepted or discarded, and nobody protected shows."""

import json
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import Person, ProtectedIdentity
from outreach.register.feed import service as feed_service
from outreach.register.formats.detect import Kind
from outreach.register.jobs import service as jobs
from outreach.register.jobs.commands import work_due
from outreach.register.models import RegisterImport, RegisterJob, StagedChunk, StagedExtract, UploadChunk
from outreach.register.staging import service as staging
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import national_number, ndjson, person_document, residence
from tests.pages import forms_of, links_of
from tests.register.feed.test_service import event, state
from tests.register.staging.test_preview import figures
from tests.register.test_routes import count, press, staged_page, upload

NAMES = ("Død", "Utland", "Venter", "Lik", "Kanarifugl")
NUMBERS = {
    name: national_number(date(1990, 4, 12), serial) for serial, name in enumerate((*NAMES, "Fremmed", "Skygge"))
}
EXTRACT = ndjson(
    [
        person_document(
            NUMBERS[name],
            residence("2015-05-01"),
            navn=[{"erGjeldende": True, "fornavn": "ELEGANT", "etternavn": name.upper()}],
        )
        for name in NAMES
    ]
).encode()
TYPES = {
    "Død": "personErDoed",
    "Utland": "personErUtflyttet",
    "Venter": "endringIBostedsadresse",
    "Lik": "endringISivilstand",
    "Kanarifugl": "endringIAdressebeskyttelse",
    "Fremmed": "endringIBostedsadresse",
}
EVENTS = [event(NUMBERS[name], type_name, at="2026-11-02T09:15:00+01:00") for name, type_name in TYPES.items()]
SHOWN = {"Flyttet til utlandet": "Utland", "Døde": "Død", "Venter på nytt uttrekk": "Venter", "Uendret": "Lik"}


def feed(*events: Any) -> bytes:
    return json.dumps(list(events or EVENTS)).encode()


@pytest.fixture
def previewed(client: FlaskClient) -> str:
    """Return the page of a feed in which each kind of event happens once, after an extract that was accepted."""
    sign_in(client)
    press(client, staged_page(client, EXTRACT, as_of="2026-11-01"), "/godta")
    return str(staged_page(client, feed(), as_of="2026-11-02").request.path)


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(path, follow_redirects=True).get_data(as_text=True)


def test_every_kind_of_change_is_counted_and_shown_by_name_and_nothing_is_marked(
    client: FlaskClient, previewed: str
) -> None:
    text = text_of(client, previewed)
    assert figures(text) == dict.fromkeys(SHOWN, "1")
    for words, name in SHOWN.items():
        part = text.split(f"<summary>{words}:")[1].split("</details>")[0]
        assert re.findall(r"<th[^>]*><div>(\w+) (\w+)</div></th>", part) == [("Elegant", name)]
    assert {name: state(NUMBERS[name]) for name in NAMES} == dict.fromkeys(NAMES, ("bosatt", True, False))
    assert count(ProtectedIdentity) == 0


def test_accepting_marks_those_whom_it_concerns_and_leaves_nothing_waiting(client: FlaskClient, previewed: str) -> None:
    answer = press(client, client.get(previewed), "/godta")
    assert (answer.status_code, answer.location) == (303, previewed)
    page = client.get(previewed, follow_redirects=True)
    assert page.request.path == f"{previewed}/hendelser"
    assert figures(page.get_data(as_text=True)) == {
        "Flyttet til utlandet": "1",
        "Døde": "1",
        "Venter på nytt uttrekk": "1",
        "Avvist": "0",
    }
    assert "/admin/register/ny" in links_of(page)
    assert state(NUMBERS["Død"]) == ("doed", False, False)
    assert state(NUMBERS["Utland"]) == ("utflyttet", False, False)
    assert state(NUMBERS["Venter"]) == ("bosatt", True, True)
    assert state(NUMBERS["Lik"]) == ("bosatt", True, False)
    assert (count(Person), count(ProtectedIdentity)) == (4, 1)
    assert [count(model) for model in (StagedExtract, StagedChunk, UploadChunk, RegisterJob)] == [0, 0, 0, 0]


def test_a_feed_is_no_extract_so_the_register_is_as_old_as_before(client: FlaskClient, previewed: str) -> None:
    press(client, client.get(previewed), "/godta")
    assert [one.as_of for one in db.session.scalars(select(RegisterImport))] == [date(2026, 11, 1)]


def test_a_discarded_feed_changes_nothing(client: FlaskClient, previewed: str) -> None:
    answer = press(client, client.get(previewed), "/forkast")
    assert "Uttrekket er forkastet" in text_of(client, answer.location)
    assert client.get(f"{previewed}/hendelser").status_code == 404
    assert {name: state(NUMBERS[name]) for name in NAMES} == dict.fromkeys(NAMES, ("bosatt", True, False))
    assert [count(model) for model in (StagedExtract, StagedChunk, UploadChunk, ProtectedIdentity)] == [0, 0, 0, 0]


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN])
def test_nothing_that_others_see_tells_how_many_are_protected(client: FlaskClient, previewed: str, role: Role) -> None:
    """With a protected person more in the file, held or not, every page that others see is the same."""
    sign_in(client)
    more = [*EVENTS, event(NUMBERS["Skygge"], "endringIAdressebeskyttelse")]
    other = str(staged_page(client, feed(*more), as_of="2026-11-02").request.path)
    pages = []
    for path in (previewed, other):
        sign_in(client, role=role)
        text = text_of(client, path)
        assert "Kanarifugl" not in text
        assert "beskytt" not in text.casefold().replace("noen kan ha fått beskyttet adresse", "")
        pages.append((figures(text), re.findall(r"\d+ (?:person|rad|hendelse)\w*", text)))
    assert pages[0] == pages[1]
    press(client, client.get(previewed), "/godta")
    assert "Kanarifugl" not in text_of(client, previewed)
    details = db.session.scalars(select(AuditEntry.details).where(AuditEntry.act == "register.feed")).one()
    assert json.loads(details) == {"died": 1, "emigrated": 1, "waits": 1, "rejected": 0}


def test_privacy_sees_how_many_are_protected_and_nobody_by_name(client: FlaskClient, previewed: str) -> None:
    sign_in(client, role=Role.PRIVACY)
    page = client.get(previewed)
    shown = figures(page.get_data(as_text=True))
    only = ("Hendelser i filen", "Godtatte hendelser", "Gjelder andre", "Beskyttet", "Nye beskyttede")
    assert [shown[name] for name in only] == ["6", "6", "1", "1", "1"]
    assert "Kanarifugl" not in page.get_data(as_text=True)
    assert not any(form.action.endswith(("/godta", "/forkast")) for form in forms_of(page))


def test_who_is_protected_already_is_not_news(client: FlaskClient, previewed: str) -> None:
    press(client, client.get(previewed), "/godta")
    again = staged_page(client, feed(), as_of="2026-11-02").request.path
    sign_in(client, role=Role.PRIVACY)
    shown = figures(text_of(client, again))
    assert (shown["Beskyttet"], shown["Nye beskyttede"]) == ("1", "0")


def test_who_became_protected_after_the_file_was_read_is_not_shown(client: FlaskClient, previewed: str) -> None:
    assert "Venter</div></th>" in text_of(client, previewed)
    mark = key_ring().identity_hash(NUMBERS["Venter"])
    db.session.add(ProtectedIdentity(identity_hash=mark, marked_at_utc=NOW))
    db.session.commit()
    assert "Venter</div></th>" not in text_of(client, previewed)


def test_how_the_file_was_read_shows_no_event_of_protection(client: FlaskClient, previewed: str) -> None:
    protected_first = [EVENTS[4], *EVENTS[:2]]
    path = staged_page(client, feed(*protected_first)).request.path
    text = text_of(client, f"{path}/kolonner")
    assert "personErDoed" in text
    assert "beskyttelse" not in text.casefold()
    assert NUMBERS["Død"] not in text


def test_what_waits_is_sealed_and_holds_nobody_of_whom_nothing_can_change(previewed: str) -> None:
    raw = b"".join(db.session.scalars(select(StagedChunk.rows_sealed)))
    summary = db.session.scalars(select(StagedExtract.summary_json)).one()
    assert not any(number.encode() in raw or number in summary for number in NUMBERS.values())
    told = [
        one.number for one in staging.contents.rows_of(int(previewed.rsplit("/", 1)[1]), staging.feeds.Told.from_list)
    ]
    assert sorted(told) == sorted(NUMBERS[name] for name in TYPES if name != "Lik")


def test_an_extract_that_comes_between_is_reckoned_with(client: FlaskClient) -> None:
    """Nobody is held when the feed is read; when it is accepted an extract from before the events has been."""
    sign_in(client)
    waiting = staged_page(client, feed(), as_of="2026-11-02")
    assert figures(waiting.get_data(as_text=True)) == dict.fromkeys(SHOWN, "0")
    press(client, staged_page(client, EXTRACT, as_of="2026-11-01"), "/godta")
    press(client, waiting, "/godta")
    assert state(NUMBERS["Død"]) == ("doed", False, False)
    assert state(NUMBERS["Venter"]) == ("bosatt", True, True)
    assert count(Person) == 4


def test_problems_are_shown_with_row_and_column_and_without_values(client: FlaskClient, previewed: str) -> None:
    path = staged_page(client, feed(EVENTS[0], event("12345678901", "personErDoed"), 7)).request.path
    text = text_of(client, path)
    assert "2 rader er utelatt." in text
    assert "Fødselsnummeret er ikke gyldig" in text
    assert "Raden er ikke en hendelse" in text
    assert "12345678901" not in text
    rows = client.get(f"{path}/problemer.csv").get_data().decode("utf-8-sig")
    assert "2;hendelse.folkeregisteridentifikator;national_id_invalid;" in rows


def test_a_feed_without_a_usable_event_can_only_be_discarded(client: FlaskClient) -> None:
    sign_in(client)
    page = staged_page(client, feed(event("12345678901", "personErDoed")))
    assert [form.action.rsplit("/", 1)[-1] for form in forms_of(page) if "/register/" in form.action] == ["forkast"]
    token = next(form for form in forms_of(page) if form.action.endswith("/forkast")).values["csrf_token"]
    assert client.post(f"{page.request.path}/godta", data={"csrf_token": token}).status_code == 422


def test_a_broken_feed_is_explained_and_not_kept(client: FlaskClient) -> None:
    sign_in(client)
    answer = upload(client, feed()[:-40])
    assert answer.status_code == 422
    assert "ikke hel" in answer.get_data(as_text=True)
    assert (count(StagedExtract), count(StagedChunk)) == (0, 0)


@pytest.fixture
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SMALL_BYTES", dict.fromkeys(Kind, 0))
    monkeypatch.setattr(staging, "SMALL_ROWS", 0)
    monkeypatch.setattr(feed_service, "PROGRESS_EVENTS", 2)


@pytest.mark.usefixtures("_everything_is_large")
def test_a_large_feed_is_read_and_applied_by_the_worker(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client)
    extract = staged_page(client, EXTRACT, as_of="2026-11-01").request.path
    work_due()
    press(client, client.get(extract), "/godta")
    work_due()
    path = staged_page(client, feed(), as_of="2026-11-02").request.path
    assert "Filen står i kø." in text_of(client, path)
    seen: list[int] = []
    renew = jobs.renew

    def renewed(*args: Any, rows: int, **more: Any) -> None:
        renew(*args, rows=rows, **more)
        seen.append(rows)

    monkeypatch.setattr(jobs, "renew", renewed)
    work_due()
    assert seen == [0, 2, 4, 6, 6]
    assert figures(text_of(client, path)) == dict.fromkeys(SHOWN, "1")
    press(client, client.get(path), "/godta")
    assert state(NUMBERS["Død"]) == ("bosatt", True, False)
    work_due()
    assert "Hendelsene er tatt i bruk" in text_of(client, path)
    assert state(NUMBERS["Død"]) == ("doed", False, False)
    assert db.session.scalar(select(func.count(RegisterJob.id))) == 0


@pytest.mark.parametrize("role", [Role.DOOR_LEAD, Role.READER])
def test_other_roles_are_refused(client: FlaskClient, previewed: str, role: Role) -> None:
    press(client, client.get(previewed), "/godta")
    sign_in(client, role=role)
    assert client.get(f"{previewed}/hendelser").status_code == 403
