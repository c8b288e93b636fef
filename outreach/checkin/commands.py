"""`flask checkin …`."""

import click

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import service
from outreach.checkin.pairing import pairing_link
from outreach.events import queries as events
from outreach.web.commands import CommandGroup, echo_json
from outreach.web.headers import settings_of_app

group = CommandGroup("checkin", help="Doors and the phones that scan at them.")


@group.command("pair")
@click.argument("slug")
@click.option("--door", required=True, help="Name of the door, such as Hovedinngang.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def pair_door(slug: str, door: str, as_json: bool) -> None:
    """Print the pairing link of one shift at DOOR of the event SLUG."""
    opened = service.open_door(events.by_slug(slug), door, actor=COMMAND, now=clock.now_utc())
    link = pairing_link(settings_of_app().public_url, opened.secret)
    if as_json:
        echo_json({"link": link, "door": opened.door, "expires_at_utc": opened.expires_at_utc.isoformat()})
    else:
        click.echo(link)
