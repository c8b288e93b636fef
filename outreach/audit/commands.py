"""`flask audit …`: links new rows into the chain, and says whether the trail is as it was written."""

import time

import click
import structlog
from sqlalchemy.exc import DBAPIError

from outreach import clock
from outreach.audit import queries, service
from outreach.audit.chain import Fault, FaultKind, Head
from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("audit", help="Loggen over hvem som gjorde hva.")

log = structlog.get_logger()
# Rows are linked within ten seconds of the act.
_PAUSE_SECONDS = 5
_WORDS = {
    FaultKind.EDITED: "endret",
    FaultKind.MISSING: "mangler",
    FaultKind.MOVED: "flyttet eller satt inn",
    FaultKind.CUT: "slutten er kuttet",
    FaultKind.UNANCHORED: "ankeret utenfor databasen mangler",
}


class TrailChangedError(OutreachError):
    """The trail is not as it was written."""

    message = N_("Loggen er endret. Antall feil: %(count)s. Den første: %(first)s.")


@group.command("link")
@click.option("--loop", is_flag=True, help="Fortsett hvert femte sekund.")
def link(loop: bool) -> None:
    """Link new rows into the chain and anchor its head."""
    head, count = _link()
    click.echo(f"Kjedet {count} nye rader. Kjeden har {head.sequence}.")
    while loop:
        time.sleep(_PAUSE_SECONDS)
        try:
            _link()
        except DBAPIError as error:
            log.error("linking failed", fault=type(error.orig).__name__)  # noqa: TRY400 - traces hold values
        db.session.remove()


def _link() -> tuple[Head, int]:
    head, count = service.link_due()
    db.session.commit()
    service.anchor(head)
    return head, count


@group.command("verify")
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> None:
    """Check every row, the chain and its anchored head."""
    faults = service.find_faults()
    figures = {"entries": queries.entry_count(), "linked": queries.head().sequence}
    if as_json:
        echo_json({**figures, "faults": [vars(fault) for fault in faults]})
    if faults:
        raise TrailChangedError(count=len(faults), first=_words(faults[0]))
    if not as_json:
        click.echo(f"Loggen er hel: {figures['entries']} rader, {figures['linked']} i kjeden.")


@group.command("accept-head")
def accept_head() -> None:
    """Anchor the present head anew, after a restored backup: the act is written in the trail."""
    head = service.accept_head(clock.now_utc())
    db.session.commit()
    service.anchor(head)
    click.echo(f"Kjeden er forankret på nytt ved rad {head.sequence}.")


def _words(fault: Fault) -> str:
    place = f"rad {fault.sequence}" if fault.sequence else f"post {fault.entry_id}"
    return f"{place} {_WORDS[fault.kind]}"
