"""`flask letters`: `build` prints what waits, `post` gives it to SvarUt instead, `work` makes what the page asked for,
`returned` notes what came back."""

from pathlib import Path

import click
from flask_babel import gettext

from outreach import clock
from outreach.accounts.models import StaffUser
from outreach.accounts.queries import user_by_email
from outreach.accounts.roles import Permission, may
from outreach.audit.actor import COMMAND, Actor
from outreach.database.downward import announce
from outreach.errors import N_, OutreachError
from outreach.events import queries as events
from outreach.invitations.letters.building.commands import Built, build
from outreach.invitations.letters.making.work.commands import work_due, work_until_stopped
from outreach.invitations.letters.posting import service as posting
from outreach.invitations.letters.returning import service as returning
from outreach.invitations.letters.returning.returned import OUTCOME_WORDS, Outcome, ReturnReason
from outreach.outbox.message import REMINDER_WAVE
from outreach.web.commands import CommandGroup, echo_json
from outreach.web.workers import committed

letters = CommandGroup("letters", help="Brev til utskrift.")


class NotAllowedError(OutreachError):
    """The one named by --by does not exist, is disabled, or lacks the right."""

    message = N_("%(email)s har ikke en konto som kan gjøre dette.")
    http_status = 403


@letters.command("build")
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Mappa filene legges i.")
@click.option("--reprint", is_flag=True, help="Skriv ut på nytt det som er levert til utskrift før.")
@click.option("--wave", type=click.IntRange(1, 2), default=1, help="1: invitasjonen, 2: påminnelsen.")
@click.option("--by", default="", help="E-postadressen til den som lager utsendingen.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def build_letters(slug: str, out: Path, reprint: bool, wave: int, by: str, as_json: bool) -> None:
    """Lag utskriftsfiler av brevene som venter, til arrangementet SLUG."""
    event = events.by_slug(slug)
    maker_id, actor = _maker(by)
    if wave == REMINDER_WAVE and not reprint:
        committed(lambda: announce("reminders_asked_for", event=event, actor=actor, now=clock.now_utc()))
    built = build(
        event,
        out=out,
        is_reprint=reprint,
        made_by_id=maker_id,
        actor=actor,
        wave=wave,
        tell=lambda done, total: click.echo(f"{done} av {total} brev er satt.", err=True),
    )
    if as_json:
        echo_json(built.as_json(out.resolve()))
    else:
        _say(built, out)


@letters.command("post")
@click.argument("slug")
@click.option("--by", default="", help="E-postadressen til den som lager utsendingen.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def post_letters(slug: str, by: str, as_json: bool) -> None:
    """Gi brevene som venter, til arrangementet SLUG, til KS SvarUt i stedet for å skrive dem ut."""
    event, (maker_id, actor) = events.by_slug(slug), _maker(by)
    # The batch is kept before it is refused, so that another person can release it.
    batch = committed(lambda: posting.batch_to_post(event, made_by_id=maker_id, now=clock.now_utc()))
    number = posting.hand_over(event, batch, actor=actor, now=clock.now_utc()) if batch else 0
    if as_json:
        echo_json({"count": number, "reference": batch.release_reference if batch else None})
    elif batch:
        click.echo(f"{number} brev er på vei til SvarUt. «flask messages send-due» leverer dem.")
    else:
        click.echo("Ingen brev venter.")


@letters.command("work")
@click.option("--loop", is_flag=True, help="Fortsett til prosessen blir stoppet.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def work(loop: bool, as_json: bool) -> None:
    """Lag brevene og bildene som noen har bedt om på siden for brev."""
    if loop:
        work_until_stopped()
        return
    done = work_due()
    echo_json({"done": done}) if as_json else click.echo(f"Jobber gjort: {done}.")


@letters.command("returned")
@click.argument("code")
@click.option("--reason", required=True, type=click.Choice([reason.value for reason in ReturnReason]), help="Hvorfor.")
@click.option("--by", default="", help="E-postadressen til den som registrerer.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def return_letter(code: str, reason: str, by: str, as_json: bool) -> None:
    """Registrer at brevet med koden CODE kom i retur."""
    _, actor = _maker(by)
    done = returning.register(code, reason=ReturnReason(reason), actor=actor, now=clock.now_utc())
    if as_json:
        echo_json({"slug": done.event.slug, "reason": done.row.reason, "outcome": done.row.outcome})
        return
    words = gettext(OUTCOME_WORDS[Outcome(done.row.outcome)])
    click.echo(f"Registrert: {done.event.title}. {words}.")


def staff_with(email: str, permission: Permission) -> StaffUser:
    """Return the member of staff with `email`. Raises NotAllowedError without an account in use or the permission."""
    user = user_by_email(email)
    if user is None or user.is_disabled or not may(user.role, permission):
        raise NotAllowedError(email=email)
    return user


def _maker(email: str) -> tuple[int | None, Actor]:
    """Return who acts: staff by `email` who may make letters, else the command. Raises NotAllowedError."""
    if not email:
        return None, COMMAND
    user = staff_with(email, Permission.LETTER_BUILD)
    return user.id, Actor("staff", user.id)


def _say(built: Built, out: Path) -> None:
    facts = built.as_json(out)
    if number := facts["recovered"].get("handed_over"):
        click.echo(f"{number} brev var ferdige fra forrige kjøring og er nå regnet som levert til utskrift.")
    if number := facts["recovered"].get("uncertain"):
        click.echo(
            f"{number} brev er usikre: forrige kjøring ble avbrutt, og filene er borte. Avgjør dem på siden for brev."
        )
    if facts["count"]:
        click.echo(f"{facts['count']} brev i {len(facts['files'])} filer er lagt i {out}.")
    else:
        click.echo("Ingen brev venter på utskrift.")
    for reason, number in facts["left_out"].items():
        click.echo(f"  {number} ikke skrevet ut: {reason}")
    for letter in facts["not_printable"]:
        click.echo(f"  Skriv for hånd: {letter['reference']} (tegn uten skrift: {letter['reason']})")
