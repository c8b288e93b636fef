"""`flask staff …`: accounts are made and closed where only those who run the installation can reach."""

import sys

import click

from outreach import clock
from outreach.accounts import passwords, queries, service
from outreach.accounts.models import StaffUser
from outreach.accounts.roles import Role
from outreach.errors import N_, NotFoundError
from outreach.web.commands import CommandGroup, echo_json

group = CommandGroup("staff", help="Kontoer for ansatte.")

_password_stdin = click.option("--password-stdin", is_flag=True, help="Les passordet fra standard inn.")


@group.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@_password_stdin
@click.option("--json", "as_json", is_flag=True)
def create(email: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Make an account; without --password-stdin a password is made up and printed once."""
    password = _password(password_stdin)
    user = service.create_staff(email, role=Role(role), password=password, now=clock.now_utc())
    if as_json:
        made = {} if password_stdin else {"password": password}
        echo_json({"id": user.id, "email": user.email, "role": user.role, **made})
    else:
        click.echo(f"Konto for {user.email} er laget med rollen {user.role}.")
        _tell(password, password_stdin)


@group.command("password")
@click.argument("email")
@_password_stdin
def set_password(email: str, password_stdin: bool) -> None:
    """Give an account a new password and sign it out everywhere."""
    password = _password(password_stdin)
    service.set_password(_user(email), password, now=clock.now_utc())
    click.echo("Passordet er byttet.")
    _tell(password, password_stdin)


@group.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_staff(as_json: bool) -> None:
    """List every account with its role."""
    staff = queries.all_staff()
    if as_json:
        echo_json({"staff": [{"email": one.email, "role": one.role, "disabled": one.is_disabled} for one in staff]})
        return
    for one in staff:
        click.echo(f"{one.email}\t{one.role}\t{'stengt' if one.is_disabled else 'åpen'}")


@group.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Close an account; it is signed out everywhere at once."""
    user = service.disable_staff(_user(email), now=clock.now_utc())
    click.echo(f"Kontoen {user.email} er stengt.")


@group.command("enable")
@click.argument("email")
def enable(email: str) -> None:
    """Open a closed account again."""
    user = service.enable_staff(_user(email), now=clock.now_utc())
    click.echo(f"Kontoen {user.email} er åpen igjen.")


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else passwords.made_up()


def _tell(password: str, from_stdin: bool) -> None:
    if not from_stdin:
        click.echo(f"Passord: {password}")
        click.echo("Passordet vises bare nå. Gi det til den som skal bruke kontoen, og be om at det blir byttet.")


def _user(email: str) -> StaffUser:
    user = queries.user_by_email(email)
    if user is None:
        raise NotFoundError(N_("Det finnes ingen konto med denne e-postadressen."))
    return user
