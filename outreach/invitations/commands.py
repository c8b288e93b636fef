"""`flask invitations …`."""

from datetime import date, datetime

import click

from outreach import clock
from outreach.audience.exclusions import words
from outreach.audit.actor import COMMAND
from outreach.events import queries as events
from outreach.invitations import service
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("invitations")


@group.command("create")
@click.argument("slug")
@click.option("--segment", required=True, help="moved-in, young-away, contact-point eller et lagret utvalg.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Første dag i perioden.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Siste dag i perioden.")
@click.option("--json", "as_json", is_flag=True, help="Skriv ett JSON-objekt.")
def create(slug: str, segment: str, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Invite everybody in a segment to the event SLUG, one letter for each household."""
    made = service.create_invitations(
        events.by_slug(slug),
        segment=segment,
        since=_day(since),
        until=_day(until),
        now=clock.now_utc(),
        actor=COMMAND,
    )
    if as_json:
        echo_json(made.as_json())
        return
    click.echo(
        f"{made.invitations} nye invitasjoner. Utvalget har {made.people} personer i {made.households} husstander."
    )
    for reason, number in made.excluded.items():
        if number:
            click.echo(f"  {number} utelatt: {words(reason)}")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
