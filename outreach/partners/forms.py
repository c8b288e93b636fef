"""What the forms of partners share: a field that keeps what a check made of it, or says the check's fault."""

from collections.abc import Callable
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from outreach.errors import OutreachError
from outreach.people.person import clean_text
from outreach.web.error_pages import message_of


def keep(field: Field, check: Callable[[str], Any]) -> None:
    """Put what `check` makes of the field's text into `field.kept`. Raises ValidationError in the check's words."""
    field.kept = None
    try:
        field.kept = check(field.data or "")
    except OutreachError as error:
        raise ValidationError(message_of(error)) from error


def one_line(field: Field) -> str:
    """Return the text of `field` on one line, without characters that cannot be seen."""
    return clean_text(field.data or "")


def lines(field: Field) -> str:
    """Return the text of `field` line by line, without characters that cannot be seen."""
    return "\n".join(clean_text(line) for line in (field.data or "").splitlines()).strip()


def add_error(field: Field, error: OutreachError) -> None:
    """Show `error` at `field`, with what was typed kept."""
    field.errors = [*field.errors, message_of(error)]
