"""A worker in a process of its own that kills itself by SIGKILL at the point that its argument names."""

import os
import signal
import sys

from outreach import clock, create_app
from outreach.register.jobs import commands, service
from outreach.register.staging import service as staging
from tests.conftest import NOW


def die(*_args: object, **_values: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    clock.set_clock(lambda: NOW)
    staging.BATCH_ROWS = 10
    if sys.argv[1] == "check":
        renew = service.renew
        # Three batches are committed by then.
        service.renew = lambda *args, rows, **more: die() if rows >= 40 else renew(*args, rows=rows, **more)
    else:
        note = staging.note_import
        staging.note_import = lambda *args: (note(*args), die())
    app = create_app()
    with app.app_context():
        commands.work_due()


main()
