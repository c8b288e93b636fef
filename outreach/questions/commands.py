"""`flask questions archive`: what the archive keeps of questions, without anybody in it."""

import json
from typing import TextIO

import click

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.service import record
from outreach.questions import queries
from outreach.questions.archive import FreeText, archive_of
from outreach.web.commands import CommandGroup

group = CommandGroup("questions", help="Spørsmål fra gjester.")


@group.command("archive")
@click.option("--out", required=True, type=click.File("w", encoding="utf-8"), help="Fila som skal skrives, eller -.")
def archive(out: TextIO) -> None:
    """Skriv arkivutdraget: antall etter status, og tekstene som er merket fri for personopplysninger."""
    texts = [
        FreeText(row.asked_at_utc.astimezone(clock.OSLO).date().isoformat(), row.text or "", row.answer or "")
        for row in queries.free_texts()
    ]
    found = archive_of(queries.status_counts(erased_too=True), texts)
    record("question.archive", subject_kind="question", actor=COMMAND, now=clock.now_utc(), texts=len(texts))
    json.dump(found, out, ensure_ascii=False, indent=1)
    out.write("\n")
