"""A sending worker in a process of its own, to be killed by `kill_send`.

`again`: the control, the re-queue design: what a dead worker left is simply sent again. `slow`: hand-over by file takes
a while and knows no keys, so that a kill between the provider's yes and our note is likely.
"""

import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any

from outreach import create_app
from outreach.messages.composers import register_composer
from outreach.messages.delivery import Outcome, Verdict
from outreach.messages.sending.commands import send_due
from outreach.messages.transports.folder import FolderTransport
from outreach.outbox import service
from outreach.outbox.states import State
from tests.factories.outbox import KIND, compose

_SLOW_SECONDS = 0.02


def _requeue(ids: Any, *, now: Any, **_decided: Any) -> int:
    return _settle(ids, state=State.QUEUED, now=now)


def _send_without_key(transport: FolderTransport, row_id: int, content: bytes, **_envelope: str) -> Verdict:
    folder: Path = transport._folder  # noqa: SLF001 - the control reaches in where nobody else may
    (folder / f"{row_id}.{secrets.token_hex(6)}.eml").write_bytes(content)
    time.sleep(_SLOW_SECONDS)
    return Verdict(Outcome.HANDED_OVER)


_settle = service.settle
if "again" in sys.argv:
    service.settle = _requeue
    FolderTransport.send = _send_without_key  # type: ignore[method-assign,assignment]

app = create_app()
register_composer(app, KIND, compose)
with app.app_context():
    os.write(1, b"working\n")
    send_due()
