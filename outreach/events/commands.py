"""`flask events …`: make, change and cancel events. Times are typed local to Europe/Oslo, as 2026-11-26T18:00."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from outreach import clock
from outreach.events import queries, service
from outreach.events.event import (
    USUAL_LENGTH,
    Brings,
    City,
    EventDetails,
    Kind,
    one_line,
    oslo_moment,
    text_block,
    usual_answer_by,
)
from outreach.events.models import Event
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("events", help="Arrangementer.")

_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
_OPTIONS = (
    click.option("--venue-address", help="Adressen til stedet."),
    click.option("--access", "access_information", help="Hvordan det er å komme inn."),
    click.option("--stop", "nearest_stop", help="Nærmeste stopp for buss eller tog."),
    click.option("--parking", help="Hvor det er plass til biler."),
    click.option("--city", type=click.Choice([city.value for city in City])),
    click.option("--capacity", type=int, help="Antall plasser. Uten: ingen grense."),
    click.option("--adults", "capacity_adults", type=int, help="Høyst så mange voksne."),
    click.option("--children", "capacity_children", type=int, help="Høyst så mange barn."),
    click.option("--wheelchairs", "capacity_wheelchairs", type=int, help="Høyst så mange rullestoler."),
    click.option("--brings", type=click.Choice([brings.value for brings in Brings]), help="Hvem gjestene kan ta med."),
    click.option("--open-sign-up/--no-open-sign-up", "is_open_sign_up", default=None, help="Alle kan melde seg på."),
    click.option("--answer-by", type=click.DateTime(["%Y-%m-%d"]), help="Siste dag for svar. Ellers: tre dager før."),
    click.option("--description", help="Om arrangementet, i Markdown."),
    click.option("--programme", help="Programmet, en linje for hvert punkt: 18.00 Velkommen – ordføreren."),
    click.option("--json", "as_json", is_flag=True),
)


def _detail_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@group.command("copy")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True)
def copy(slug: str, as_json: bool) -> None:
    """Make a draft like SLUG for another year: the same weekday, times and texts, none of its guests."""
    _tell(service.copy_event(queries.by_slug(slug), clock.now_utc()), as_json, "lagret som kladd")


@group.command("create")
@click.argument("slug")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), required=True)
@click.option("--title", required=True)
@click.option("--starts", type=_MOMENT, required=True)
@click.option("--ends", type=_MOMENT, help="Ellers: tre timer etter start.")
@click.option("--venue", required=True)
@click.option("--publish", is_flag=True, help="Vis arrangementet for gjestene med en gang.")
@_detail_options
def create(slug: str, publish: bool, as_json: bool, **given: Any) -> None:
    """Make an event, a draft unless --publish."""
    now = clock.now_utc()
    details = _new_details(slug, _typed(given))
    event = service.create_event(details, now, publish=publish)
    _tell(event, as_json, "publisert" if publish else "lagret som kladd")


@group.command("change")
@click.argument("slug")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--title")
@click.option("--starts", type=_MOMENT)
@click.option("--ends", type=_MOMENT, help="Ellers: like lenge som før.")
@click.option("--venue")
@click.option("--publish", is_flag=True, help="Vis arrangementet for gjestene.")
@_detail_options
def change(slug: str, publish: bool, as_json: bool, **given: Any) -> None:
    """Change what is given; guests are told and calendars updated."""
    now = clock.now_utc()
    event = queries.by_slug(slug)
    has_changed = service.change_event(event, _changed_details(event, _typed(given)), now)
    if publish:
        service.publish_event(event, now)
    _tell(event, as_json, "endret" if has_changed else "publisert" if publish else "som før")


@group.command("publish")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True)
def publish(slug: str, as_json: bool) -> None:
    """Show a draft to guests."""
    event = queries.by_slug(slug)
    service.publish_event(event, clock.now_utc())
    _tell(event, as_json, "publisert")


@group.command("cancel")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True)
def cancel(slug: str, as_json: bool) -> None:
    """Call an event off for good; guests are told and calendars updated."""
    event = queries.by_slug(slug)
    service.cancel_event(event, clock.now_utc())
    _tell(event, as_json, "avlyst")


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, under the names of EventDetails, in its types."""
    values = {name: value for name, value in given.items() if value is not None}
    for name in ("starts", "ends"):
        if name in values:
            values[f"{name}_at_utc"] = oslo_moment(values.pop(name))
    makers: dict[str, Callable[[Any], Any]] = {"kind": Kind, "city": City, "brings": Brings}
    makers |= {"answer_by": datetime.date}
    makers |= dict.fromkeys(("title", "venue", "venue_address", "nearest_stop", "parking"), one_line)
    makers |= dict.fromkeys(("description", "programme", "access_information"), text_block)
    return {name: makers[name](value) if name in makers else value for name, value in values.items()}


def _new_details(slug: str, values: dict[str, Any]) -> EventDetails:
    starts = values["starts_at_utc"]
    usual = {"ends_at_utc": starts + USUAL_LENGTH, "answer_by": usual_answer_by(starts, clock.today_oslo())}
    return EventDetails(slug=slug, **{**usual, **values})


def _changed_details(event: Event, values: dict[str, Any]) -> EventDetails:
    """Move the end and the last day for answers along with the start, unless they are given."""
    present = service.details_of(event)
    if starts := values.get("starts_at_utc"):
        moved = starts - present.starts_at_utc
        values = {"ends_at_utc": present.ends_at_utc + moved, **values}
        if starts.date() != present.starts_at_utc.date():
            values = {"answer_by": usual_answer_by(starts, clock.today_oslo()), **values}
    return replace(present, **values)


def _tell(event: Event, as_json: bool, what: str) -> None:
    if as_json:
        echo_json({"slug": event.slug, "id": event.id, "state": event.state, "sequence": event.sequence})
    else:
        click.echo(f"Arrangementet {event.slug} er {what}.")
