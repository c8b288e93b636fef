"""`flask mailings release` is the second person's yes, for letters and for e-mail and SMS alike; `list` shows them."""

import click

from outreach import clock
from outreach.accounts.roles import Permission
from outreach.audit.actor import Actor
from outreach.events import queries as events
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.commands import staff_with
from outreach.mailings import queries, service
from outreach.mailings.mailing import REFERENCE_PREFIX, purpose
from outreach.outbox.campaigns.queries import standings
from outreach.web.commands import CommandGroup, echo_json

mailings = CommandGroup("mailings", help="Utsendinger: hva som er på vei, og det som må godkjennes.")


@mailings.command("release")
@click.argument("reference")
@click.option("--by", required=True, help="E-postadressen til den som godkjenner. Ikke den som laget utsendingen.")
def release_mailing(reference: str, by: str) -> None:
    """Godkjenn en stor utsending som en annen har laget."""
    user = staff_with(by, Permission.MAILING_RELEASE)
    actor, now = Actor("staff", user.id), clock.now_utc()
    if reference.strip().upper().startswith(REFERENCE_PREFIX):
        mailing = service.release_by_reference(reference, actor=actor, now=now)
        whom = "husstander" if mailing.event_id is not None else "personer"
        click.echo(f"Utsendingen {mailing.reference} til {mailing.household_count} {whom} er godkjent.")
        return
    batch = letters.release(reference, by_id=user.id, actor=actor, now=now)
    click.echo(f"Utsendingen {batch.release_reference} med {batch.letter_count} brev er godkjent.")


@mailings.command("list")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def list_mailings(slug: str, as_json: bool) -> None:
    """Vis utsendingene til arrangementet SLUG og hvor mange meldinger som er hvor."""
    told = [
        {
            "reference": mailing.reference,
            "kind": mailing.kind,
            "wave": mailing.wave,
            "state": mailing.state,
            "households": mailing.household_count,
            "messages": {
                ":".join(filter(None, standing)): number for standing, number in standings(purpose(mailing.id)).items()
            },
        }
        for mailing in queries.all_of_event(events.by_slug(slug).id)
    ]
    if as_json:
        echo_json({"mailings": told})
        return
    for one in told:
        click.echo(f"{one['reference']}  {one['kind']} {one['wave']}  {one['state']}  {one['messages']}")
