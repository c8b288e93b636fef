"""`flask messages read-bounces`: from a file, a Maildir and an IMAP server, into outbox and suppression list."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from outreach.database import db
from outreach.messages.queries import purposes_against, suppression_counts
from outreach.messages.service import address_hash, address_hashes
from outreach.messages.suppression import UNREACHABLE
from outreach.outbox.models import OutboxMessage
from tests.factories.imap import ImapServer
from tests.factories.outbox import queue_messages, rows
from tests.factories.reports import SHAPES, report

ADDRESS = "guest@gjest.example"


@pytest.fixture
def row_id(app: Flask) -> int:
    """Return an e-mail that was handed over to ADDRESS."""
    queue_messages(1)
    values = {"state": "handed_over", "attempts": 1, "subject_hash": address_hash(ADDRESS)}
    db.session.execute(db.update(OutboxMessage).values(**values))
    db.session.commit()
    return rows()[0].id


def _run(app: Flask, *arguments: str, exit_code: int = 0) -> dict[str, int]:
    result = app.test_cli_runner().invoke(args=["messages", "read-bounces", *arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    found: dict[str, int] = json.loads(result.stdout) if exit_code == 0 else {}
    return {name: number for name, number in found.items() if number}


def _file(folder: Path, raw: bytes) -> str:
    path = folder / "retur.eml"
    path.write_bytes(raw)
    return str(path)


def _maildir(folder: Path, *messages: bytes) -> Path:
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True)
    for number, raw in enumerate(messages):
        (folder / "new" / f"176400000{number}.M1P1.mx").write_bytes(raw)
    return folder


@pytest.mark.parametrize("shape", SHAPES)
def test_a_permanent_bounce_stops_all_further_mail_to_the_address(
    app: Flask, row_id: int, tmp_path: Path, shape: str
) -> None:
    source = _file(tmp_path, report(shape, row_id))
    assert _run(app, source) == {"read": 1, "bounced_permanent": 1}
    assert [(row.state, row.reason) for row in rows()] == [("bounced", "bounced_permanent")]
    assert purposes_against(address_hashes(ADDRESS)) == [UNREACHABLE]
    assert suppression_counts() == {(UNREACHABLE, "bounce"): 1}
    assert _run(app, source) == {"read": 1, "repeated": 1}
    assert suppression_counts() == {(UNREACHABLE, "bounce"): 1}


@pytest.mark.parametrize(
    ("values", "counted", "state"),
    [
        ({"status": "4.4.7"}, "bounced_temporary", ("bounced", "bounced_temporary")),
        ({"status": "5.7.1"}, "bounced_permanent", ("bounced", "bounced_permanent")),
        ({"action": "delayed", "status": "4.4.1"}, "on_its_way", ("handed_over", "")),
        ({"action": "delivered", "status": "2.0.0"}, "delivered", ("delivered", "")),
    ],
)
def test_what_is_not_the_addresses_fault_stops_nothing_else(
    app: Flask, row_id: int, tmp_path: Path, values: dict[str, str], counted: str, state: tuple[str, str]
) -> None:
    assert _run(app, _file(tmp_path, report("postfix", row_id, **values))) == {"read": 1, counted: 1}
    assert [(row.state, row.reason) for row in rows()] == [state]
    assert suppression_counts() == {}


def test_a_report_about_a_message_that_we_never_sent_changes_nothing(app: Flask, row_id: int, tmp_path: Path) -> None:
    """Whoever the report says it is from: without a Message-ID of ours that was handed over it is not believed."""
    assert _run(app, _file(tmp_path, report("postfix", row_id + 1))) == {"read": 1, "unknown": 1}
    db.session.execute(db.update(OutboxMessage).values(state="queued", attempts=0))
    db.session.commit()
    assert _run(app, _file(tmp_path, report("postfix", row_id))) == {"read": 1, "unknown": 1}
    assert [row.state for row in rows()] == ["queued"]
    assert suppression_counts() == {}


def test_a_maildir_keeps_unread_what_a_person_must_see(app: Flask, row_id: int, tmp_path: Path) -> None:
    question = b"From: kari@gjest.example\r\nSubject: Hei\r\n\r\nKan jeg ta med hunden?\r\n"
    folder = _maildir(tmp_path / "Maildir", report("gmail", row_id), question, report("gmail", 77))
    assert _run(app, str(folder)) == {"read": 3, "bounced_permanent": 1, "other": 1, "unknown": 1}
    assert [path.name for path in (folder / "cur").iterdir()] == ["1764000000.M1P1.mx:2,S"]
    assert len(list((folder / "new").iterdir())) == 2
    assert _run(app, str(folder)) == {"read": 2, "other": 1, "unknown": 1}


def _use(app: Flask, monkeypatch: pytest.MonkeyPatch, mailbox_url: str) -> None:
    settings = app.extensions["treffpunkt.settings"]
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, mailbox_url=mailbox_url))


def test_reads_the_mailbox_of_the_settings_by_imap(app: Flask, row_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    big = report("gmail", row_id, filling="QUFB" * 19 + "\n" * 150_000)
    with ImapServer(b"Subject: Hei\r\n\r\nHei\r\n", big).running() as server:
        _use(app, monkeypatch, server.url)
        assert _run(app) == {"read": 2, "bounced_permanent": 1, "other": 1}
        assert server.seen == {102}
        assert len([piece for piece in server.fetched if piece.startswith("102:")]) > 2, "in pieces"
        assert _run(app) == {"read": 1, "other": 1}
    assert [row.state for row in rows()] == ["bounced"]


@pytest.mark.parametrize("fault", ["LOGIN", "UID SEARCH", "UID FETCH", "UID STORE"])
def test_a_server_that_hangs_up_ends_in_words_and_the_next_run_goes_on(
    app: Flask, row_id: int, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with ImapServer(report("exchange", row_id)).running() as server:
        _use(app, monkeypatch, server.url)
        server.fault = fault
        result = app.test_cli_runner().invoke(args=["messages", "read-bounces"])
        assert result.exit_code == 1
        assert "MAILBOX_URL" in result.stderr
        server.fault = ""
        after = _run(app)
    assert after == {"read": 1, "repeated" if fault == "UID STORE" else "bounced_permanent": 1}
    assert [row.state for row in rows()] == ["bounced"]


@pytest.mark.parametrize("url", ["maildir:/nowhere/at/all", "imap://a:b@127.0.0.1:1/?tls=none", ""])
def test_without_a_mailbox_it_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    _use(app, monkeypatch, url)
    result: Any = app.test_cli_runner().invoke(args=["messages", "read-bounces"])
    assert result.exit_code == 1
    assert "MAILBOX_URL" in result.stderr


def test_a_source_that_is_not_there_is_wrong_usage(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["messages", "read-bounces", "/nowhere"]).exit_code == 2


def test_an_imap_password_never_travels_in_the_clear_unless_told_to(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ImapServer().running() as server:
        _use(app, monkeypatch, server.url.replace("?tls=none", ""))
        result = app.test_cli_runner().invoke(args=["messages", "read-bounces"])
    assert result.exit_code == 1
