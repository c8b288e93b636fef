"""`flask people find|export|erase`: one person's access and erasure, for whoever has the machine."""

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
from outreach.retention.holding.held_words import PART_WORDS, lines_of
from outreach.web.commands import echo_json

# `flask people` is of the register copy; with what all capabilities hold on one person it is whole.
__all__ = ["group"]


@group.command("find")
@click.argument("text")
@click.option("--birth-year", type=int, help="Fødselsår.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def find(text: str, birth_year: int | None, as_json: bool) -> None:
    """Finn en person på navn, koden i et brev, fødselsnummer eller nummeret hos oss."""
    found = queries.find(text, birth_year=birth_year)
    service.note("person.find", None, actor=COMMAND, now=clock.now_utc())
    if as_json:
        people = [{"ref": str(one.id), "name": one.full_name, "birth_year": one.birth_year} for one in found.people]
        echo_json({"people": people, "has_more": found.has_more})
        return
    for one in found.people:
        click.echo(f"{one.id}  {one.full_name}  {one.birth_year or '–'}  {one.address_line}".rstrip())
    if not found.people:
        click.echo("Vi har ingen opplysninger om noen som passer med det du skrev.")


@group.command("export")
@click.argument("ref")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Mappa filene legges i.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def export(ref: str, out: Path, as_json: bool) -> None:
    """Skriv alt som er lagret om personen REF, som innsyn.json og innsyn.html."""
    person, now = queries.one(ref), clock.now_utc()
    held = service.held_on(person)
    parts = [(PART_WORDS[part], [lines_of(row) for row in rows]) for part, rows in held.items()]
    with force_locale("nb"):
        page = render_template("retention/print_held.html", parts=parts, now=now)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = {"innsyn.json": service.as_json(held, now=now), "innsyn.html": page}
    for name, text in files.items():
        path = out / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    service.note("person.export", person.id, actor=COMMAND, now=now)
    if as_json:
        echo_json({"ref": str(person.id), "folder": str(out.resolve()), "files": sorted(files)})
    else:
        click.echo(f"Skrev {' og '.join(files)} i {out}.")


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
