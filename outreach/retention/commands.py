"""`flask retention …`: what falls due, and the erasure itself. Safe to run each night and to run twice."""

import json
from datetime import date, datetime

import click

from outreach import clock
from outreach.database import db
from outreach.database.compaction import scrub_free_space
from outreach.retention import queries, service
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("retention", help="Sletting av personopplysninger når tiden er ute.")


def _today(value: datetime | None) -> date:
    return value.date() if value else clock.today_oslo()


@group.command("plan")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Regn som om det var denne dagen.")
@click.option("--json", "as_json", is_flag=True, help="Ett JSON-objekt.")
def plan(today: datetime | None, as_json: bool) -> None:
    """Vis hva som skal slettes."""
    due = service.plan(clocks=queries.clocks_in_force(), today=_today(today), now=clock.now_utc())
    rows = [
        {"rule": item.rule.value, "due_on": item.due_on.isoformat(), "event": item.slug, "count": count}
        for item, count in due
    ]
    if as_json:
        echo_json({"due": rows})
        return
    for row in rows or [{"rule": "Ingenting skal slettes nå.", "due_on": "", "event": "", "count": ""}]:
        click.echo(f"{row['rule']:<18} {row['due_on']:<12} {row['event']:<32} {row['count']}".rstrip())


@group.command("run")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Regn som om det var denne dagen.")
@click.option("--json", "as_json", is_flag=True, help="Ett JSON-objekt.")
def run(today: datetime | None, as_json: bool) -> None:
    """Slett det som har gått ut på dato, og skriv kvittering."""
    receipts = service.run(clocks=queries.clocks_in_force(), today=_today(today), now=clock.now_utc())
    erased = [
        {"rule": receipt.rule, "event_id": receipt.event_id, "counts": json.loads(receipt.counts_json)}
        for receipt in receipts
    ]
    db.session.commit()
    scrub_free_space(db.engine)
    if as_json:
        echo_json({"erased": erased})
        return
    for item in erased:
        rows = ", ".join(f"{table} {count}" for table, count in sorted(item["counts"].items()) if count)
        click.echo(f"{item['rule']}: {rows}")
    if not erased:
        click.echo("Ingenting skulle slettes.")
