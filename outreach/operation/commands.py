"""`flask doctor`: looks at settings, database, keys, queue and disk, and says what to do."""

import click
from flask.cli import with_appcontext

from outreach import clock
from outreach.operation import queries
from outreach.web.headers import settings_of_app


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Se etter om alt står bra til med innstillinger, database, nøkler, utboks og disk."""
    checks = queries.diagnosis(settings_of_app(), clock.now_utc())
    for check in checks:
        click.echo(f"{'ok ' if check.holds else 'FEIL'} {check.words}")
    if not all(check.holds for check in checks):
        raise SystemExit(1)
