import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from outreach.database import db
from outreach.messages.composers import Composer, Withheld
from outreach.messages.email import ComposedEmail
from outreach.messages.sending.commands import send_due
from outreach.messages.service import address_hash, suppress, unsubscribe_url
from outreach.messages.sms import ComposedSms
from outreach.messages.suppression import ALL, UNREACHABLE
from outreach.outbox import service
from outreach.outbox.models import OutboxMessage, SendingPermit
from outreach.outbox.states import Channel, Decision, Reason, State
from outreach.settings import Settings
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.outbox import KIND, MailServer, compose, new_message, queue_messages, rows, states


@pytest.fixture
def composers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Composer]:
    known = {KIND: Composer(compose), "after": Composer(compose, after_event=True)}
    monkeypatch.setitem(app.extensions, "treffpunkt.composers", known)
    return known


@pytest.fixture
def outbox(app: Flask, composers: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use(app, monkeypatch, mail_url=f"file:{tmp_path}", sms_url=f"file:{tmp_path}", instance_dir=tmp_path / "instance")
    return tmp_path


@pytest.fixture
def server(app: Flask, outbox: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer().running() as running:
        use(app, monkeypatch, mail_url=running.url)
        yield running


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    settings = app.extensions["treffpunkt.settings"]
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, **changes))


def _run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["messages", "send-due", *arguments])


def test_prints_the_contracts_object_and_leaves_what_is_not_due(app: Flask, outbox: Path) -> None:
    queue_messages(3)
    queue_messages(1, due_at_utc=NOW + timedelta(days=1))
    queue_messages(1, channel=Channel.LETTER)
    result = _run(app, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"handed_over": 3, "failed": 0, "uncertain": 0, "withheld": 0, "left": 1}
    assert {file.stem for file in outbox.glob("*.eml")} == {str(row.id) for row in rows() if row.state == "handed_over"}
    assert json.loads(_run(app, "--json").stdout)["handed_over"] == 0


def test_hands_each_message_to_a_real_server_once(app: Flask, server: MailServer) -> None:
    queue_messages(120)
    assert "Sendt: 120" in _run(app).stdout
    assert set(server.message_ids()) == {f"<{row.id}@modum.example>" for row in rows()}
    assert set(server.message_ids().values()) == {1}
    assert server.connections == 1
    assert server.taken[0].get_payload(decode=True) == "Hei!\r\n.punktum først på linja\r\n".encode()


def test_a_poison_recipient_stops_nobody_else(app: Flask, server: MailServer, composers: dict[str, Composer]) -> None:
    def fail(row: OutboxMessage) -> ComposedEmail:
        db.session.execute(db.update(OutboxMessage).where(OutboxMessage.id == row.id).values(language="xx"))
        raise RuntimeError

    composers["poison"] = Composer(fail)
    queue_messages(5)
    queue_messages(1, kind="poison", due_at_utc=NOW - timedelta(hours=1))
    queue_messages(1, kind="nobody writes this", due_at_utc=NOW - timedelta(hours=1))
    queue_messages(1, recipient="guest:dead", due_at_utc=NOW - timedelta(hours=1))
    queue_messages(1, recipient="guest:\r\nBcc", due_at_utc=NOW - timedelta(hours=1))
    server.reply = lambda stage, address: "550 no" if stage == "rcpt" and "dead" in address else None
    assert json.loads(_run(app, "--json").stdout) == {
        "handed_over": 5, "failed": 4, "uncertain": 0, "withheld": 0, "left": 0,
    }  # fmt: skip
    assert {row.reason for row in rows() if row.state == "failed"} == {
        Reason.CANNOT_COMPOSE, Reason.NO_COMPOSER, Reason.REFUSED,
    }  # fmt: skip
    assert {row.language for row in rows()} == {"nb"}


def test_a_temporary_refusal_waits_and_then_succeeds(app: Flask, server: MailServer) -> None:
    queue_messages(2)
    server.reply = lambda stage, address: "450 later" if stage == "rcpt" else None
    assert json.loads(_run(app, "--json").stdout)["left"] == 2
    assert {(row.attempts, row.reason, row.due_at_utc > NOW) for row in rows()} == {(1, "temporary", True)}
    server.reply = lambda stage, address: None
    db.session.execute(db.update(OutboxMessage).values(due_at_utc=NOW - timedelta(days=5)))
    db.session.commit()
    assert json.loads(_run(app, "--json").stdout)["handed_over"] == 2


def test_a_reset_after_data_is_uncertain_and_never_sent_again_by_itself(app: Flask, server: MailServer) -> None:
    queue_messages(3)
    doubtful = rows()[1].recipient.replace(":", ".")
    server.reply = lambda stage, address: "reset" if stage == "taken" and doubtful in address else None
    assert json.loads(_run(app, "--json").stdout) == {
        "handed_over": 2, "failed": 0, "uncertain": 1, "withheld": 0, "left": 0,
    }  # fmt: skip
    server.reply = lambda stage, address: None
    _run(app)
    assert set(server.message_ids().values()) == {1}
    assert states() == {"handed_over": 2, "uncertain": 1}


def test_a_server_that_is_down_costs_nobody_their_message(app: Flask, outbox: Path, monkeypatch: Any) -> None:
    use(app, monkeypatch, mail_url="smtp://127.0.0.1:1")
    queue_messages(3)
    result = _run(app, "--json")
    assert json.loads(result.stdout)["left"] == 3
    assert {(row.state, row.attempts) for row in rows()} == {("queued", 0)}


@pytest.mark.parametrize(
    ("purpose", "is_outreach", "stopped"),
    [(ALL, True, True), (ALL, False, False), (KIND, True, True), ("other", True, False), (UNREACHABLE, False, True)],
)
def test_a_suppressed_address_is_checked_at_hand_over(
    app: Flask, outbox: Path, composers: dict[str, Composer], purpose: str, is_outreach: bool, stopped: bool
) -> None:
    composers[KIND] = Composer(
        lambda row: ComposedEmail(to="Per@Gjest.example", subject="x", text="x", is_outreach=is_outreach)
    )
    queue_messages(1)
    assert suppress(address_hash("per@gjest.example "), purpose=purpose, source="guest", now=NOW)
    assert not suppress(address_hash("per@gjest.example"), purpose=purpose, source="guest", now=NOW)
    db.session.commit()
    assert json.loads(_run(app, "--json").stdout)["withheld"] == stopped


def test_what_we_begin_never_leaves_without_a_way_to_say_no(
    app: Flask, server: MailServer, composers: dict[str, Composer]
) -> None:
    composers[KIND] = Composer(
        lambda row: ComposedEmail(to="per@gjest.example", subject="x", text="x", is_outreach=True, topic="invitation")
    )
    queue_messages(1)
    _run(app)
    [mail] = server.taken
    url = unsubscribe_url("per@gjest.example", "invitation")
    assert mail["List-Unsubscribe"] == f"<{url}>"
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in server.raw[0], "whole, in no code that readers must undo"


def test_what_the_composer_withholds_is_withheld_with_its_reason(
    app: Flask, outbox: Path, composers: dict[str, Composer]
) -> None:
    composers[KIND] = Composer(lambda row: Withheld(Reason.ERASED))
    queue_messages(1)
    _run(app)
    assert [(row.state, row.reason) for row in rows()] == [("withheld", "erased")]


def test_nothing_about_a_past_event_leaves_but_what_belongs_after_it(app: Flask, outbox: Path) -> None:
    event = make_event()
    over = replace(new_message(), event_id=event.id)
    service.queue([over, replace(new_message(kind="after"), event_id=event.id)], NOW)
    event.ends_at_utc, event.starts_at_utc = NOW - timedelta(hours=1), NOW - timedelta(hours=4)
    db.session.commit()
    assert json.loads(_run(app, "--json").stdout) == {
        "handed_over": 1, "failed": 0, "uncertain": 0, "withheld": 1, "left": 0,
    }  # fmt: skip
    assert {row.reason for row in rows()} == {"", "event_over"}


def test_a_message_long_past_due_asks_first(app: Flask, outbox: Path) -> None:
    queue_messages(1, due_at_utc=NOW - timedelta(days=4))
    _run(app)
    assert [(row.state, row.reason) for row in rows()] == [("withheld", "too_late")]
    assert service.decide([rows()[0].id], Decision.DELIVERED, now=NOW) == 0, "it was never sent"
    assert service.decide([rows()[0].id], Decision.RESEND, now=NOW) == 1
    db.session.commit()
    assert json.loads(_run(app, "--json").stdout)["handed_over"] == 1


def test_text_messages_go_to_their_own_file(app: Flask, outbox: Path, composers: dict[str, Composer]) -> None:
    composers["sms"] = Composer(lambda row: ComposedSms(to="+4791234567", text="Hei fra Modum"))
    queue_messages(1, kind="sms", channel=Channel.SMS)
    _run(app)
    assert (outbox / f"{rows()[0].id}.sms.txt").read_text() == "+4791234567\n\nHei fra Modum\n"


def test_two_workers_at_once_send_each_message_once(app: Flask, server: MailServer) -> None:
    queue_messages(150)

    def work() -> None:
        with app.app_context():
            send_due()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(server.message_ids().values()) == len(server.message_ids()) == 150
    assert states() == {"handed_over": 150}


def test_a_restored_copy_sends_nothing_and_says_how_to_go_on(app: Flask, outbox: Path) -> None:
    db.session.add(SendingPermit(instance_id="another-installation", confirmed_at_utc=NOW))
    db.session.commit()
    queue_messages(1)
    result = _run(app)
    assert result.exit_code == 1
    assert "confirm-sending" in result.stderr
    assert states() == {"queued": 1}
    assert app.test_cli_runner().invoke(args=["messages", "confirm-sending"]).exit_code == 0
    assert _run(app).exit_code == 0
    assert states() == {"handed_over": 1}


def test_a_worker_that_is_told_to_stop_gives_back_what_it_did_not_begin(app: Flask, server: MailServer) -> None:
    queue_messages(20)
    send_due(is_stopping=lambda: len(server.taken) >= 5)
    assert states() == {"handed_over": 5, "queued": 15}
    assert State.UNCERTAIN not in states()


def test_the_loop_sends_what_comes_and_ends_in_good_order(app: Flask, settings: Settings) -> None:
    environ = {"INSTANCE_DIR": str(settings.instance_dir), "DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "messages", "send-due", "--loop"]
    with subprocess.Popen(command, env={**os.environ, **environ}, stderr=subprocess.DEVNULL) as loop:
        queue_messages(1, kind="nobody writes this")
        deadline = time.monotonic() + 60
        while states() != {"failed": 1} and time.monotonic() < deadline:
            db.session.rollback()
            time.sleep(0.2)
        loop.terminate()
        assert loop.wait(30) == 0
    assert states() == {"failed": 1}
