"""`flask people rotate-key`: a new register key, and everything that the old ones made brought under it."""

import click
from flask import Flask, current_app

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.service import record
from outreach.database import db
from outreach.database.key_file import add_key, followed_key_file, use_keys
from outreach.database.keys import KeyRing
from outreach.database.sealed import key_ring
from outreach.errors import N_, OutreachError
from outreach.people.rotating import queries, service
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("people")


class KeyInEnvironmentError(OutreachError):
    """The installation gets its keys from outside, so no new one can be made here."""

    message = N_(
        "REGISTER_KEY kommer fra miljøet. Sett en ny nøkkel først der, slik: %(key_id)s:NY,GAMMEL. "
        "Start Treffpunkt på nytt, og kjør kommandoen igjen."
    )


@group.command("rotate-key")
@click.option("--json", "as_json", is_flag=True)
def rotate_key(*, as_json: bool) -> None:
    """Bytt registernøkkelen: lag en ny, og legg alt under den. En avbrutt kjøring blir gjort ferdig."""
    service.lock_everything()
    ring, is_new = _newest_ring()
    done = service.wrap_all(ring, _show_progress)
    key_id = ring.register_keys[0].key_id
    now = clock.now_utc()
    record("key.rotate", subject_kind="instance", actor=COMMAND, now=now, key_id=key_id, values=sum(done.values()))
    db.session.flush()
    if as_json:
        echo_json({"key_id": key_id, "is_new": is_new, "changed": done})
        return
    click.echo(f"Nøkkel {key_id} er i bruk. {sum(done.values())} verdier er lagt under den.")


def _newest_ring() -> tuple[KeyRing, bool]:
    """Return the keys to bring everything under, and whether the first is made now.

    A rotation that was begun and not ended is ended before another is begun.
    """
    ring = key_ring()
    if queries.stale_counts(ring):
        return ring, False
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    path = followed_key_file(app)
    if path is None:
        raise KeyInEnvironmentError(key_id=ring.register_keys[0].key_id + 1)
    return use_keys(app, add_key(path)), True


def _show_progress(column: str, done: int) -> None:
    click.echo(f"{column}: {done} …", err=True)
