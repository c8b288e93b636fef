"""How `flask …` commands end: 0 done, 1 a domain error in one line on stderr, 2 wrong usage; `--json` is one object."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError

from outreach.database import db
from outreach.errors import OutreachError
from outreach.web.error_pages import message_of


class CommandGroup(AppGroup):
    """A group of commands, each in one transaction: committed when it returns, rolled back when it fails."""

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """Like click's, with the transaction and the error line around the function."""
        decorate = super().command(*args, **kwargs)
        return lambda function: decorate(_in_transaction(function))


def echo_json(value: dict[str, Any]) -> None:
    """Print `value` as the one JSON object on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def _in_transaction(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with force_locale("nb"):
            try:
                result = function(*args, **kwargs)
                db.session.commit()
                return result
            except OutreachError as error:
                db.session.rollback()
                raise _Fault(message_of(error)) from error
            except OperationalError as error:
                db.session.rollback()
                raise _Fault(f"Databasen svarer ikke: {error.orig}") from error

    return run


class _Fault(click.ClickException):
    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)
