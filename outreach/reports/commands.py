"""`flask reports …`: the funnel of one event, for a person or as one JSON object."""

import click

from outreach.events import queries as event_queries
from outreach.reports.funnel_words import FIGURE_WORDS
from outreach.reports.funnels import queries as funnels
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("reports", help="Tall og trakt for et arrangement.")


@group.command("funnel")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Ett JSON-objekt.")
def funnel(slug: str, as_json: bool) -> None:
    """Vis trakten i personer: invitert, levert, svart, kommer, kom."""
    figures = funnels.funnel(event_queries.by_slug(slug).id).figures()
    if as_json:
        echo_json({"slug": slug, **figures})
        return
    for name, value in figures.items():
        click.echo(f"{FIGURE_WORDS[name]:<34}{value:>8}")
