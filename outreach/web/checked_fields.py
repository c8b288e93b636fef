"""Form fields whose text is judged by a pure check, which also gives it as it is stored."""

from collections.abc import Callable
from typing import Any

from wtforms import Field, ValidationError

from outreach.errors import OutreachError
from outreach.web.error_pages import message_of


def keep_checked(field: Field, check: Callable[[str], Any]) -> None:
    """Keep what `check` makes of the text of `field` as `field.kept`; what it raises stands at the field."""
    field.kept = None
    try:
        field.kept = check(field.data or "")
    except OutreachError as error:
        raise ValidationError(message_of(error)) from error
