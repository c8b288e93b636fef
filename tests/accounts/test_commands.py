"""`flask staff …`: accounts are made, listed, closed and opened again; a fault is one line and exit 1."""

import json

import pytest
from flask import Flask

from outreach.accounts import passwords, queries
from tests.factories.accounts import PASSWORD, make_staff

EMAIL = "ola@modum.example"


def run(app: Flask, *args: str, stdin: str | None = None):  # type: ignore[no-untyped-def]
    return app.test_cli_runner().invoke(args=["staff", *args], input=stdin)


def test_create_reads_the_password_from_stdin(app: Flask) -> None:
    result = run(app, "create", EMAIL.upper(), "--role", "door-lead", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (result.exit_code, result.output) == (0, f"Konto for {EMAIL} er laget med rollen door-lead.\n")
    user = queries.user_by_email(EMAIL)
    assert user
    assert passwords.matches(PASSWORD, user.password_hash)


def test_create_makes_up_a_password_and_prints_it_once(app: Flask) -> None:
    result = json.loads(run(app, "create", EMAIL, "--role", "admin", "--json").stdout)
    user = queries.user_by_email(EMAIL)
    assert user
    assert passwords.matches(result["password"], user.password_hash)
    assert len(result["password"]) == 23


@pytest.mark.parametrize(
    ("args", "stdin", "line"),
    [
        ((EMAIL,), "kort\n", "Passordet må ha minst 12 tegn og ikke være lett å gjette."),
        ((EMAIL,), "", "Passordet må ha minst 12 tegn og ikke være lett å gjette."),
        ((EMAIL,), "aaaaaaaaaaaaaaaa\n", "Passordet må ha minst 12 tegn og ikke være lett å gjette."),
        (("ingen-adresse",), f"{PASSWORD}\n", "E-postadressen er ikke gyldig."),
        (("tatt@modum.example",), f"{PASSWORD}\n", "Det finnes allerede en konto med denne e-postadressen."),
    ],
)
def test_create_refuses_with_one_line(app: Flask, args: tuple[str, ...], stdin: str, line: str) -> None:
    make_staff(email="tatt@modum.example")
    result = run(app, "create", *args, "--role", "reader", "--password-stdin", stdin=stdin)
    assert (result.exit_code, result.stderr) == (1, f"{line}\n")
    assert queries.user_by_email(args[0] + "x") is None


def test_an_unknown_role_is_wrong_usage(app: Flask) -> None:
    assert run(app, "create", EMAIL, "--role", "sjef").exit_code == 2


def test_disable_and_enable(app: Flask) -> None:
    make_staff("reader", EMAIL)
    assert run(app, "disable", EMAIL).exit_code == 0
    assert run(app, "list").output == f"{EMAIL}\treader\tstengt\n"
    assert run(app, "enable", EMAIL).exit_code == 0
    listed = json.loads(run(app, "list", "--json").stdout)
    assert listed == {"staff": [{"email": EMAIL, "role": "reader", "disabled": False}]}
    result = run(app, "disable", "ukjent@modum.example")
    assert (result.exit_code, result.stderr) == (1, "Det finnes ingen konto med denne e-postadressen.\n")


def test_password_gives_a_new_one(app: Flask) -> None:
    make_staff("reader", EMAIL)
    assert run(app, "password", EMAIL, "--password-stdin", stdin="ti-elger-i-tjernet\n").exit_code == 0
    user = queries.user_by_email(EMAIL)
    assert user
    assert passwords.matches("ti-elger-i-tjernet", user.password_hash)
