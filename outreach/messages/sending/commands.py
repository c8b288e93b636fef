"""The worker: claims due messages in small batches, sends them one by one, commits between the steps.

One commit a message: the outcome of one and the attempt of the next go in together, so a crash leaves at most one
message whose outcome is not known. Nothing is held open while a transport works.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from flask import current_app
from sqlalchemy.exc import DBAPIError

from outreach import clock
from outreach.database import db
from outreach.database.downward import announce
from outreach.messages.delivery import Outcome, Verdict
from outreach.messages.sending import service
from outreach.messages.sending.service import LEASE_SECONDS, Ready
from outreach.messages.sending.tally import Tally
from outreach.messages.shipments.commands import look_after
from outreach.messages.transports import Transport, email_transport, sms_transport, svarut_transport
from outreach.outbox import service as outbox
from outreach.outbox.states import Channel, State
from outreach.outbox.worker_lock import held_lock
from outreach.settings import Settings
from outreach.web.workers import committed

BATCH = 50
T = TypeVar("T")
log = structlog.get_logger()


def send_due(*, is_stopping: Callable[[], bool] = lambda: False) -> Tally:
    """Send what is due by e-mail, SMS and SvarUt until nothing is left, a server is down, or `is_stopping` says so."""
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    committed(lambda: service.require_permit(clock.now_utc()))
    # Later capabilities queue what has become due, and see what has come to its end.
    committed(lambda: announce("sending_begins", now=clock.now_utc()))
    tally = Tally()
    ways: list[tuple[Channel, Transport]] = [
        (Channel.EMAIL, email_transport(settings.mail_url)),
        (Channel.SMS, sms_transport(settings.sms_url)),
    ]
    if settings.services.svarut:
        ways.append((Channel.SVARUT, svarut_transport(settings.services)))
    for channel, transport in ways:
        try:
            Worker(channel, transport, tally, is_stopping).run()
        finally:
            transport.close()
    if settings.services.svarut and not is_stopping():
        look_after(svarut_transport(settings.services))
    return tally


class Worker:
    """Sends one channel through one transport under a name of its own."""

    def __init__(self, channel: Channel, transport: Transport, tally: Tally, is_stopping: Callable[[], bool]) -> None:
        self._channel = channel
        self._transport = transport
        self._tally = tally
        self._is_stopping = is_stopping
        self._name = secrets.token_hex(12)
        self._waiting: tuple[Ready, Verdict] | None = None
        self._prepared: Mapping[int, Any] = {}

    def run(self) -> None:
        """Settle what dead workers left, then send until there is nothing to send."""
        with held_lock(service.lock_folder(), self._name):
            self._run()

    def _run(self) -> None:
        self._recover()
        try:
            while ids := self._claimed():
                if not self._send_all(ids):
                    return
        finally:
            committed(self._stop)

    def _recover(self) -> None:
        """Settle what dead workers left."""
        for state, number in (self._asked() if self._transport.can_be_asked else self._unasked()).items():
            self._tally.add(state, number)

    def _asked(self) -> dict[State, int]:
        """Settle what dead workers left by what the transport tells, which is asked with no transaction open."""
        tried = committed(lambda: service.take_over(self._channel, asker=self._name, now=clock.now_utc()))
        told = {row_id: self._told(row_id, tried_at) for row_id, tried_at in tried.items()}
        return committed(lambda: service.settle_told(tried, told, clock.now_utc()))

    def _told(self, row_id: int, tried_at: datetime) -> bool | None:
        """Return what the transport tells; None too for what is not there and may still be on its way."""
        there = self._transport.has(row_id)
        is_settled = clock.now_utc() - tried_at >= timedelta(seconds=self._transport.settling_seconds)
        return there if there or is_settled else None

    def _unasked(self) -> dict[State, int]:
        now = clock.now_utc()
        return committed(lambda: service.settle_told(service.take_over(self._channel, now=now), {}, now))

    def _claimed(self) -> list[int]:
        if self._is_stopping():
            return []
        claim = committed(
            lambda: outbox.claim(
                self._channel, worker=self._name, now=clock.now_utc(), lease_seconds=LEASE_SECONDS, limit=BATCH
            )
        )
        if claim and not self._transport.ready():
            log.error("transport down", channel=self._channel)
            return []
        return claim

    def _send_all(self, ids: list[int]) -> bool:
        """Send the messages of one claim; False when there is no point in going on."""
        self._prepared = service.work(committed(lambda: service.gather(ids, worker=self._name)))
        for message_id in ids:
            if self._is_stopping():
                return False
            begun = committed(lambda i=message_id: self._begin(i))  # type: ignore[misc]
            if isinstance(begun, Ready):
                verdict = self._sent(begun)
                self._waiting = (begun, verdict)
                if not self._may_go_on(verdict):
                    return False
            else:
                self._tally.add(begun)
        return True

    def _sent(self, begun: Ready) -> Verdict:
        """Hand over a message; ask first about one that was tried before, whoever decided to send it again."""
        if begun.attempts > 1 and self._transport.asks_before_repeat:
            there = self._transport.has(begun.row_id)
            if there is not False:
                return Verdict(Outcome.HANDED_OVER if there else Outcome.TEMPORARY)
        return self._transport.send(begun.row_id, begun.content, sender=begun.sender, recipient=begun.recipient)

    def _may_go_on(self, verdict: Verdict) -> bool:
        """Say whether the next message has a chance: connects anew after a broken connection."""
        if verdict.outcome is Outcome.DOWN:
            return False
        return verdict.outcome is Outcome.HANDED_OVER or self._transport.ready()

    def _begin(self, message_id: int) -> Ready | State | None:
        """Conclude the message before and begin this one, in one transaction."""
        before = self._waiting
        concluded = self._conclude(before)
        try:
            begun = service.begin(message_id, worker=self._name, now=clock.now_utc(), prepared=self._prepared)
        except DBAPIError:
            raise
        except Exception as error:  # one message that cannot be written must not stop the others
            log.error("cannot compose", message_id=message_id, fault=type(error).__name__)  # noqa: TRY400
            # Whatever its composer may have written is undone, and the message before is concluded anew.
            db.session.rollback()
            concluded = self._conclude(before)
            begun = service.fail(message_id, worker=self._name, now=clock.now_utc())
        self._count(concluded)
        return begun

    def _stop(self) -> None:
        self._count(self._conclude(self._waiting))
        outbox.release_unattempted(worker=self._name)

    def _count(self, concluded: State | None) -> None:
        self._waiting = None
        self._tally.add(concluded)

    def _conclude(self, waiting: tuple[Ready, Verdict] | None) -> State | None:
        if waiting is None:
            return None
        sent, verdict = waiting
        if verdict.outcome is Outcome.UNKNOWN and self._transport.can_be_asked:
            # Not at once: what is still on its way through the gateway would be "not there", and go out twice.
            log.warning("asked about later", message_id=sent.row_id, reply_code=verdict.code)
            return None
        return service.conclude(sent, verdict, worker=self._name, now=clock.now_utc())
