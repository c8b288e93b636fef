"""`flask register …`: an extract of any size from the command line, streamed; the worker for uploads."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask import current_app
from flask_babel import gettext

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.register.changes import Counts
from outreach.register.checking import FILE_WARNINGS, FileWarning
from outreach.register.feed.service import apply_feed
from outreach.register.formats.detect import Kind
from outreach.register.formats.encoding import NAMES
from outreach.register.formats.extract import ReadOptions, kind_in
from outreach.register.jobs.commands import work_due, work_until_stopped
from outreach.register.problems import Problem
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, ImportResult, context_for, import_extract
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("register")
_PROGRESS_ROWS = 20_000
_SHOWN_PROBLEMS = 20
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "kind", type=click.Choice(["auto", *Kind]), default="auto", show_default=True)
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: felt til kolonne.")
@click.option("--encoding", type=click.Choice(NAMES), help="Tegnsettet. Uten valget finner vi det ut.")
@click.option("--as-of", type=_DAY, help="Dagen uttrekket ble laget. Uten valget: i dag.")
@click.option("--protection-checked-by", "checked_by", default="", help="Hvem som svarer for at ingen er beskyttet.")
@click.option("--dry-run", is_flag=True, help="Vis hva som ville skje, og lagre ingenting.")
@click.option("--json", "as_json", is_flag=True)
def import_file(
    *,
    file: Path,
    kind: str,
    mapping: Path | None,
    encoding: str | None,
    as_of: datetime | None,
    checked_by: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read an extract of the population register into the register copy."""
    today = clock.today_oslo()
    chosen_kind = None if kind == "auto" else Kind(kind)
    options = ReadOptions(chosen_kind, _mapping(mapping), bool(checked_by.strip()), encoding or "")
    act = Act(
        as_of=as_of.date() if as_of else today,
        actor=COMMAND,
        now=clock.now_utc(),
        checked_by=checked_by.strip(),
        is_dry_run=dry_run,
        progress=_show_progress,
    )
    context = context_for(current_app.extensions["treffpunkt.settings"], as_of=act.as_of, today=today)
    with file.open("rb") as stream:
        if kind_in(stream, options) is Kind.FEED:
            _update_by_feed(stream, options, context, act, as_json=as_json)
            return
        result = import_extract(stream, options=options, context=context, act=act)
    echo_json(_as_dict(result)) if as_json else _show(result, as_of=act.as_of)
    result.summary.refuse_fruitless()


def _update_by_feed(
    stream: BinaryIO, options: ReadOptions, context: ExtractContext, act: Act, *, as_json: bool
) -> None:
    found = apply_feed(stream, options=options, context=context, act=act)
    counts = {name: number for name, number in vars(found).items() if name not in ("problems", "problems_left_out")}
    if as_json:
        # The same shape as for an extract: a feed makes nobody new, and those who left are those who emigrated.
        same = {**Counts().to_dict(), **counts, "moved_out": found.emigrated}
        errors = [_problem_dict(problem) for problem in found.problems]
        left_out = {"errors_left_out": found.problems_left_out, "warnings": [], "columns": {}}
        echo_json({"import_id": None, "format": Kind.FEED, "encoding": "", **same, "errors": errors, **left_out})
    else:
        click.echo(f"{found.rows} hendelser: {found.accepted} brukt, {found.rejected} avvist.")
        click.echo(f"Døde {found.deceased}, utflyttet {found.emigrated}, venter på nytt uttrekk {found.held_back}.")
    found.refuse_fruitless()


@group.command("work")
@click.option("--loop", is_flag=True, help="Fortsett til prosessen blir stoppet.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def work(loop: bool, as_json: bool) -> None:
    """Read and store the large uploads that wait."""
    if loop:
        work_until_stopped()
        return
    done = work_due()
    echo_json({"done": done}) if as_json else click.echo(f"Jobber gjort: {done}.")


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise click.BadParameter("er ikke JSON", param_hint="--mapping") from error
    if not isinstance(mapping, dict) or not all(isinstance(header, str) for header in mapping.values()):
        raise click.BadParameter('må være {"felt": "kolonne"}', param_hint="--mapping")
    return mapping


def _show_progress(rows: int) -> None:
    if rows >= _PROGRESS_ROWS and rows % _PROGRESS_ROWS < 2_000:
        click.echo(f"{rows} …", err=True)


def _as_dict(result: ImportResult) -> dict[str, Any]:
    problems = result.summary.problems
    return {
        "import_id": result.import_id,
        "format": result.file.kind,
        "encoding": result.file.encoding,
        **result.counts.to_dict(),
        "errors": [_problem_dict(problem) for problem in problems if not problem.is_warning],
        "errors_left_out": result.summary.problems_left_out,
        "warnings": [_problem_dict(problem) for problem in problems if problem.is_warning]
        + [_warning_dict(warning) for warning in result.warnings],
        "columns": dict(result.file.columns),
    }


def _problem_dict(problem: Problem) -> dict[str, Any]:
    return {"row": problem.row, "column": problem.column, "code": problem.code, "message": _words(problem)}


def _warning_dict(warning: FileWarning) -> dict[str, Any]:
    return {"row": None, "column": "", "code": warning, "message": gettext(FILE_WARNINGS[warning])}


def _words(problem: Problem) -> str:
    return str(gettext(problem.message, first_row=problem.first_row))


def _show(result: ImportResult, *, as_of: date) -> None:
    counts = result.counts
    click.echo(f"{counts.rows} rader per {as_of:%d.%m.%Y}: {counts.accepted} brukt, {counts.rejected} avvist.")
    click.echo(f"Nye {counts.new}, endret {counts.changed}, uendret {counts.unchanged}.")
    click.echo(f"Innflyttet {counts.moved_in}, utflyttet {counts.moved_out}, døde {counts.deceased}.")
    for warning in result.warnings:
        click.echo(gettext(FILE_WARNINGS[warning]))
    for problem in result.summary.problems[:_SHOWN_PROBLEMS]:
        click.echo(f"Rad {problem.row}, {problem.column}: {_words(problem)}")
    hidden = len(result.summary.problems) - _SHOWN_PROBLEMS + result.summary.problems_left_out
    if hidden > 0:
        click.echo(f"… og {hidden} problemer til. Bruk --json for å se alle.")
    if result.import_id is None:
        click.echo("Ingenting er lagret.")
