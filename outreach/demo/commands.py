"""`flask demo …`: a made-up municipality as an extract, or as a filled application to try things in."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import click
from flask import current_app
from flask_babel import gettext

from outreach import clock
from outreach.accounts.passwords import made_up
from outreach.demo.certificates.service import ensure_certificate
from outreach.demo.expected import Expected
from outreach.demo.extract_writers import MOST_XLSX_ROWS, ExtractFormat, write_extract
from outreach.demo.loading.queries import is_empty
from outreach.demo.loading.service import STAFF, Loading, load
from outreach.demo.population import DEFAULT_PEOPLE, DEFAULT_SEED, households
from outreach.web.commands import CommandGroup, echo_json

# How to sign in to the demo, kept beside its database so that the next start can say it again. Made-up people only.
SIGN_IN_NOTE = "demo_sign_in"
group = CommandGroup("demo", help="Oppdiktede innbyggere til utprøving og test.")


class DateOption(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return `value` as a date, or fail with the right form."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail("skriv datoen som ÅÅÅÅ-MM-DD", param, ctx)


@group.command("extract")
@click.option("--people", type=click.IntRange(1, 5_000_000), default=DEFAULT_PEOPLE, show_default=True)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True)
@click.option("--format", "kind", type=click.Choice([kind.value for kind in ExtractFormat]), default="ndjson")
@click.option("--encoding", type=click.Choice(["utf-8-sig", "utf-8", "cp1252"]), default="utf-8-sig", help="For CSV.")
@click.option("--as-of", type=DateOption(), help="Uttrekkets dato; i dag når den mangler.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--expected", is_flag=True, help="Skriv også FIL.expected.json med tallene en import skal finne.")
@click.option("--json", "as_json", is_flag=True)
def extract(
    people: int,
    seed: int,
    kind: str,
    encoding: str,
    as_of: date | None,
    out: Path,
    expected: bool,
    as_json: bool,
) -> None:
    """Write a made-up municipality's extract to a file; the same seed gives the same bytes."""
    if kind == ExtractFormat.XLSX and people >= MOST_XLSX_ROWS:
        raise click.BadParameter(f"et regneark har plass til {MOST_XLSX_ROWS - 1} personer", param_hint="--people")
    day = as_of or clock.today_oslo()
    out.parent.mkdir(parents=True, exist_ok=True)
    counts = Expected(since=day - timedelta(days=365), until=day)
    with out.open("wb") as stream:
        everybody = counts.watch(households(people=people, seed=seed, as_of=day))
        count = write_extract(everybody, stream, kind=ExtractFormat(kind), as_of=day, encoding=encoding)
    if expected:
        out.with_name(f"{out.name}.expected.json").write_text(json.dumps(counts.result(), indent=1) + "\n")
    if as_json:
        echo_json({"people": count, "format": kind, "file": str(out), "as_of": day.isoformat()})
    else:
        click.echo(f"Skrev {count} oppdiktede personer til {out}")


@group.command("load")
@click.option("--people", type=click.IntRange(200, 1_000_000), default=DEFAULT_PEOPLE, show_default=True)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True)
@click.option("--if-empty", is_flag=True, help="Gjør ingenting når databasen er i bruk.")
def load_demo(people: int, seed: int, if_empty: bool) -> None:
    """Fill an empty database with made-up people, staff and two evenings. DEMO_PASSWORD sets the password."""
    settings = current_app.extensions["treffpunkt.settings"]
    note = Path(settings.instance_dir) / SIGN_IN_NOTE
    if if_empty and not is_empty():
        click.echo("Databasen er i bruk fra før; demoen er ikke lastet på nytt.")
        if note.exists():
            click.echo(note.read_text(encoding="utf-8"))
        return
    password = os.environ.get("DEMO_PASSWORD") or made_up()
    loading = Loading(people=people, seed=seed, now=clock.now_utc(), settings=settings, tell=_tell)
    event = load(loading, password=password)
    note.unlink(missing_ok=True)
    note.touch(mode=0o600)
    note.write_text(_sign_in_note(settings.public_url, event.slug, password), encoding="utf-8")
    click.echo(note.read_text(encoding="utf-8"))


def _sign_in_note(public_url: str, slug: str, password: str) -> str:
    return (
        f"Forsiden:        {public_url}/\n"
        f"Arrangementet:   {public_url}/arrangement/{slug}\n"
        f"Logg inn:        {public_url}/admin/ som en av {', '.join(STAFF)}\n"
        f"Passord for alle: {password}\n"
        f"Neste steg: logg inn, åpne arrangementet og velg «Lag og skriv ut brev»."
    )


def _tell(step: str) -> None:
    click.echo(gettext(step))


@group.command("certificate")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def certificate(folder: Path) -> None:
    """See that FOLDER holds a certificate of this machine's own, for trying the door's camera from a phone."""
    addresses = ensure_certificate(folder, now=clock.now_utc())
    click.echo(f"Sertifikat for {', '.join(addresses)} i {folder}. Nettleseren vil advare; det er ventet.")
