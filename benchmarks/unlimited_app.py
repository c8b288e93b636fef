"""The application with the slowing of guesses at codes turned off, for the control of `guesses`."""

from outreach import create_app
from outreach.invitations import access
from outreach.settings import Settings


def _let_everybody_try(_selector: str, *, is_right: bool) -> None:
    del is_right


access._slow_down = _let_everybody_try  # noqa: SLF001 - the control takes a protection away
app = create_app(Settings.from_env())
