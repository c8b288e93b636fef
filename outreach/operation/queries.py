"""Looks at the installation: database, migrations, outbox, keys, disk. Reads only."""

import shutil
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.invitations.letters.making import queries as letters
from outreach.operation.check import (
    Check,
    disk_check,
    key_check,
    letters_check,
    queue_check,
    register_check,
    rotation_check,
    schema_check,
)
from outreach.outbox.models import OutboxMessage
from outreach.people.rotating.queries import stale_counts
from outreach.register.jobs import queries as jobs
from outreach.settings import Settings


def readiness(now: datetime) -> list[Check]:
    """Return the checks that decide whether requests should come here: schema, queue, uploads and letters."""
    return [
        _schema(),
        queue_check(oldest_due_at_utc=_oldest_due(now), now=now),
        register_check(oldest_unclaimed_at_utc=jobs.oldest_unclaimed(now), now=now),
        letters_check(oldest_unclaimed_at_utc=letters.oldest_unclaimed(now), now=now),
    ]


def diagnosis(settings: Settings, now: datetime) -> list[Check]:
    """Return every check, for `flask doctor`."""
    keys = [_key(name, settings, now) for name in ("secret_key", "register_key")]
    rotation = rotation_check(sum(stale_counts(key_ring()).values()))
    return [*readiness(now), *keys, rotation, disk_check(shutil.disk_usage(settings.instance_dir).free)]


def messages_by_state() -> dict[tuple[str, str], int]:
    """Return how many outbox rows there are by (channel, state)."""
    rows = db.session.execute(
        select(OutboxMessage.channel, OutboxMessage.state, func.count())
        .group_by(OutboxMessage.channel, OutboxMessage.state)
        .order_by(OutboxMessage.channel, OutboxMessage.state)
    )
    return {(channel, state): count for channel, state, count in rows}


def _schema() -> Check:
    found = MigrationContext.configure(db.session.connection()).get_current_revision()
    folder = current_app.extensions["migrate"].directory
    return schema_check(found=found, wanted=ScriptDirectory(folder).get_current_head())


def _oldest_due(now: datetime) -> datetime | None:
    """Return when the oldest waiting e-mail or SMS fell due. Letters wait for a person, not for the worker."""
    waiting = select(func.min(OutboxMessage.due_at_utc)).where(
        OutboxMessage.state == "queued", OutboxMessage.channel != "letter", OutboxMessage.due_at_utc <= now
    )
    return db.session.scalar(waiting)


def _key(name: str, settings: Settings, now: datetime) -> Check:
    path = Path(settings.instance_dir) / name
    if not path.exists():
        return key_check(name.upper(), mode=None)
    found = path.stat()
    # The file is written when a key is made and never else.
    age_days = max(0, int((now.timestamp() - found.st_mtime) // 86_400))
    return key_check(name.upper(), mode=found.st_mode, age_days=age_days)
