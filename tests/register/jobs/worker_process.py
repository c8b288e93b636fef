"""A worker in a process of its own that kills itself by SIGKILL at the point that it is given.

The controls ("… unguarded") are workers without our protection, killed at the same points: one keeps what it has read
so far as if that were all, one stores with a commit for every batch.
"""

import os
import signal
from collections.abc import Callable, Iterable
from itertools import islice

from sqlalchemy import select

from outreach import clock, create_app
from outreach.database import db
from outreach.register.changes import Counts
from outreach.register.jobs import commands, service
from outreach.register.models import StagedExtract
from outreach.register.person_record import PersonRecord
from outreach.register.stages import Stage
from outreach.register.staging import service as staging
from outreach.register.staging.preview import Preview
from outreach.register.storing.service import Storing
from tests.conftest import NOW

# Three batches of BATCH_ROWS are committed by then.
DYING_AT = 40


def die(*_args: object, **_values: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def read_and_die(*, is_guarded: bool) -> None:
    renew = service.renew

    def renewed(*args: object, rows: int, **more: object) -> None:
        if rows >= DYING_AT:
            die()
        renew(*args, rows=rows, **more)
        if not is_guarded:
            staged = db.session.scalars(select(StagedExtract)).one()
            staged.stage = Stage.WAITING.value
            staged.summary_json = Preview({}, Counts(rows=rows, accepted=rows), {}, [], 0, []).to_json()

    service.renew = renewed


def store_and_die(*, is_guarded: bool) -> None:
    note = staging.note_import
    staging.note_import = lambda *args: (note(*args), die())
    if not is_guarded:
        staging.store = store_in_pieces


def store_in_pieces(storing: Storing, records: Iterable[PersonRecord]) -> None:
    remaining, stored = iter(records), 0
    while batch := list(islice(remaining, staging.BATCH_ROWS)):
        stored += len(batch)
        if stored >= DYING_AT:
            die()
        storing.add(batch)
        db.session.commit()


def main(begins: Callable[[], None], point: str) -> None:
    """Work off what is due until the point comes, as `check` or `accept unguarded`."""
    clock.set_clock(lambda: NOW)
    staging.BATCH_ROWS = 10
    kind, _, control = point.partition(" ")
    {"check": read_and_die, "accept": store_and_die}[kind](is_guarded=not control)
    app = create_app()
    with app.app_context():
        begins()
        commands.work_due()
