"""`flask people find|export|erase`: one person's access and erasure, for whoever has the machine."""

from datetime import datetime
from pathlib import Path

import click
from flask import render_template
from flask_babel import force_locale

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.database.compaction import scrub_free_space
from outreach.people.commands import group
from outreach.retention.holding import queries, service
from outreach.retention.holding.search_text import SearchKind, understood
from outreach.web.commands import echo_json
from outreach.web.headers import settings_of_app
from outreach.web.static_files import static_content

# `flask people` is of the register copy; with what all capabilities hold on one person it is whole.
__all__ = ["group"]

PAPER = "css/paper.css"


@group.command("find")
@click.argument("text")
@click.option("--birth-year", type=int, help="Fødselsår.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def find(text: str, birth_year: int | None, as_json: bool) -> None:
    """Finn en person på navn, koden i et brev, fødselsnummer eller nummeret hos oss."""
    now = clock.now_utc()
    found, waiting = (
        queries.find(text, birth_year=birth_year),
        queries.find_waiting(text, birth_year=birth_year, now=now),
    )
    service.note("person.find", None, actor=COMMAND, now=now)
    if as_json:
        people = [{"ref": str(one.id), "name": one.full_name, "birth_year": one.birth_year} for one in found.people]
        rows = [{"ref": row.reference, "name": row.name, "birth_year": row.record.birth_year} for row in waiting]
        echo_json({"people": people, "has_more": found.has_more, "waiting": rows})
        return
    for one in found.people:
        click.echo(f"{one.id}  {one.full_name}  {one.birth_year or '–'}  {one.address_line}".rstrip())
    for row in waiting:
        click.echo(f"{row.reference}  {row.name}  {row.record.birth_year or '–'}  (i en fil som venter på ja)")
    if not found.people and not waiting:
        click.echo("Vi har ingen opplysninger om noen som passer med det du skrev.")


@group.command("export")
@click.argument("ref")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Mappa filene legges i.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def export(ref: str, out: Path, as_json: bool) -> None:
    """Skriv alt som er lagret om personen REF, som innsyn.json og innsyn.html. REF er det første på linja fra find."""
    now = clock.now_utc()
    held = _exported(ref, now)
    parts = service.in_words(held, settings_of_app().municipality_numbers)
    name = _name_in(held)
    with force_locale("nb"):
        sheet = static_content(PAPER).decode()
        page = render_template("retention/print_held.html", name=name, parts=parts, now=now, sheet=sheet)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = {"innsyn.json": service.as_json(held, now=now), "innsyn.html": page}
    for name, text in files.items():
        path = out / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    if as_json:
        echo_json({"ref": ref, "folder": str(out.resolve()), "files": sorted(files)})
    else:
        click.echo(f"Skrev {' og '.join(files)} i {out}.")


def _name_in(held: dict[str, service.Part]) -> str:
    rows = [*held.get("register", []), *held["waiting_files"]]
    return next((row["name"] for row in rows if row.get("name")), "")


def _exported(ref: str, now: datetime) -> dict[str, service.Part]:
    """Return what is held under `ref`, and write down that it was exported."""
    if understood(ref).kind is SearchKind.WAITING:
        row = queries.one_waiting(ref, now=now)
        service.note_waiting("person.export", row, actor=COMMAND, now=now)
        return service.held_in(row)
    person = queries.one(ref)
    service.note("person.export", person.id, actor=COMMAND, now=now)
    return service.held_on(person, now=now)


@group.command("erase")
@click.argument("ref")
@click.option("--forget", is_flag=True, help="Slett også kjennetegnet som gjør at vi ikke skriver igjen.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def erase(ref: str, forget: bool, as_json: bool) -> None:
    """Slett personen REF. Et kjennetegn blir igjen, så vi ikke skriver igjen, hvis du ikke velger --forget."""
    receipt = service.erase(queries.one(ref), keeps_mark=not forget, actor=COMMAND, now=clock.now_utc())
    counts = receipt.counts_json
    db.session.commit()
    scrub_free_space(db.engine)
    if as_json:
        echo_json({"keeps_mark": not forget, "receipt": counts})
    else:
        click.echo("Personen er slettet. Kvitteringen står under Sletting.")
