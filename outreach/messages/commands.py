"""`flask messages …`: send what is due, read what came back, confirm that this installation is the one that sends."""

from pathlib import Path

import click
from flask import current_app

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.service import record
from outreach.errors import N_, OutreachError
from outreach.messages.bounces.commands import read_bounces
from outreach.messages.bounces.service import Taken
from outreach.messages.reading.commands import mailbox_named
from outreach.messages.sending.commands import send_due
from outreach.messages.service import gateway_token
from outreach.messages.transports import answering
from outreach.outbox import queries, service
from outreach.outbox.states import SENT_BY_WORKER
from outreach.settings import Settings
from outreach.web.commands import CommandGroup, echo_json
from outreach.web.headers import settings_of_app
from outreach.web.workers import run_until_stopped

_LONGEST_PAUSE_SECONDS = 30.0
group = CommandGroup("messages", help="Meldinger som skal sendes.")


class ServiceClosedError(OutreachError):
    """A national service that is switched on does not let us in."""

    message = N_("En tjeneste som er slått på, svarer ikke slik den skal.")


@group.command("send-due")
@click.option("--loop", is_flag=True, help="Fortsett til prosessen blir stoppet.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def send_due_messages(loop: bool, as_json: bool) -> None:
    """Send e-post, SMS og brev gjennom SvarUt som skal ut nå."""
    if loop:
        run_until_stopped(
            lambda is_stopping: send_due(is_stopping=is_stopping),
            pause_after_fault=lambda pause: min(pause * 2, _LONGEST_PAUSE_SECONDS),
        )
        return
    counts = send_due().as_json(queries.count_left(SENT_BY_WORKER))
    if as_json:
        echo_json(counts)
        return
    click.echo(
        "Sendt: {handed_over}. Feilet: {failed}. Usikre: {uncertain}. "
        "Holdt tilbake: {withheld}. Venter: {left}.".format(**counts)
    )


@group.command("read-bounces")
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def read_bounced_messages(source: Path | None, as_json: bool) -> None:
    """Les e-post som kom i retur: fra SOURCE (en fil eller en Maildir), ellers fra MAILBOX_URL."""
    found = read_bounces(mailbox_named(source))
    counts = {"read": found.total(), **{taken.value: found[taken] for taken in Taken}}
    if as_json:
        echo_json(counts)
        return
    click.echo(
        "Lest: {read}. Framme: {delivered}. I retur for godt: {bounced_permanent}. I retur denne gangen: "
        "{bounced_temporary}. Underveis: {on_its_way}. Kjent fra før: {repeated}. Ikke våre: {unknown}. "
        "Annet: {other}.".format(**counts)
    )


@group.command("gateway-token")
def show_gateway_token() -> None:
    """Vis nøkkelen som SMS-tjenesten må bruke når den melder fra til oss."""
    click.echo(gateway_token())


@group.command("try-services")
def try_national_services() -> None:
    """Prøv om vi slipper inn hos KRR og SvarUt. Ingen personer blir slått opp."""
    found = answering(settings_of_app().services)
    for name, is_open in found.items():
        click.echo(f"{name}: {'slipper oss inn' if is_open else 'slipper oss ikke inn, se loggen'}.")
    if not found:
        click.echo("Ingen av tjenestene er slått på.")
    if not all(found.values()):
        raise ServiceClosedError


@group.command("confirm-sending")
def confirm_sending() -> None:
    """Bekreft at denne installasjonen skal sende det som ligger i databasen."""
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    now = clock.now_utc()
    service.permit(settings.instance_id, now, confirmed=True)
    record("message.confirm_sending", subject_kind="instance", actor=COMMAND, now=now, instance=settings.instance_id)
    click.echo("Denne installasjonen sender fra nå av.")
