"""`flask audience …`."""

from datetime import date, datetime

import click

from outreach.audience import service
from outreach.audience.exclusions import words
from outreach.events import queries as events
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("audience")


@group.command("count")
@click.argument("segment")
@click.option("--event", "slug", required=True, help="Arrangementet utvalget er til.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Første dag i perioden.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Siste dag i perioden.")
@click.option("--json", "as_json", is_flag=True, help="Skriv ett JSON-objekt.")
def count_segment(segment: str, slug: str, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Count the people and households of SEGMENT, and who is left out for which reason."""
    event = events.by_slug(slug)
    counted = service.count(event, segment=segment, since=_day(since), until=_day(until))
    if as_json:
        echo_json(counted.as_json())
        return
    click.echo(f"{counted.people} personer i {counted.households} husstander, {counted.already_invited} er invitert")
    for reason, number in counted.excluded.items():
        if number:
            click.echo(f"  {number} utelatt: {words(reason)}")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
